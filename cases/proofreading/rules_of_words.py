"""The rules about signs, words and prose."""

from django.utils.translation import gettext_lazy as _

from . import kept, names, prose, typography
from .finding import Grade, Rule

_W, _H = Grade.WARNING, Grade.HINT
_SEEN = _("Readers would see it.")
_PASSAGE = (
    "In the spring of that year the elders of both valleys met under the old plane tree, and "
    "agreed that no herd would cross the river before the harvest was in and every field counted."
)
_ALIKE = (
    "The negotiators gathered repeatedly during winter, although several commanders threatened "
    "renewed fighting whenever shipments failed, and neighbouring governments quietly offered "
    "transport, medicine, interpreters, guarantees, observers, radios, shelter, blankets, rations, "
    "escorts, letters, money, advice, patience."
)
_WORDED_APART = _ALIKE.replace("during winter", "before spring").replace("renewed", "more")

WORDS = (
    Rule(
        "printed-as-typed", _W, _("Markup that would be printed as typed"), _SEEN,
        typography.printed_as_typed,
        {"standfirst": "Peace *held*.[@author, p. 3]"}, {"standfirst": "Peace held 5 * 3 years."},
    ),
    Rule(
        "entity", _W, _("A sign written for a web page"), _SEEN, typography.entities,
        {"title": "War &amp; peace"}, {"title": "War & peace; AT&T"}, typography.decoded,
    ),
    Rule(
        "doubled-word", _W, _("A word that stands twice"), _("A slip of the pen."),
        typography.doubled_words, {"body": "They left the the town."},
        {"body": "All that they had had was that that one knew."}, typography.said_once,
    ),
    Rule(
        "double-space", _W, _("Several spaces where one is meant"), _("A slip of the pen."),
        typography.double_spaces, {"body": "They left  the town."},
        {"body": "They left the town.  \nThey came back."}, typography.one_space,
    ),
    Rule(
        "space-before-punctuation", _W, _("A space before a stop or a comma"),
        _("A line might begin with the sign."), typography.spaces_before,
        {"body": "They left , and came back ."}, {"body": "They left … and came back."},
        typography.closed_up,
    ),
    Rule(
        "no-space-after", _W, _("No space after a stop or a comma"), _("A slip of the pen."),
        typography.no_spaces_after, {"body": "They left town.They came back."},
        {"body": "They left the U.S.A., see example.org."}, typography.spaced,
    ),
    Rule(
        "straight-quotes", _W, _("Straight quotation marks"), _("The house has “curved” ones."),
        typography.straight_quotes, {"body": "He said \"no\", and wasn't heard."},
        {"body": "He said “no”, and wasn’t heard.[@author: \"They met.\"]"}, typography.curled,
    ),
    Rule(
        "hyphen-for-dash", _H, _("A hyphen between spaces"), _("The house has a dash – this one."),
        typography.hyphens_for_dashes, {"body": "They left - at last."},
        {"body": "They left – at last, in mid-May."}, typography.dashed,
    ),
    Rule(
        "invisible-sign", _W, _("An invisible sign"),
        _("It came with a copy from elsewhere; searching trips over it."),
        typography.invisible_signs, {"body": "They ag\u00adreed."}, {"body": "They agreed."},
        typography.removed,
    ),
    Rule(
        "two-capitals", _W, _("A word that begins with two capitals"), _("A slip of the pen."),
        typography.odd_capitals, {"body": "They met in TAjikistan."},
        {"body": "They met two NGOs in Tajikistan."}, typography.second_letter_small,
    ),
    Rule(
        "mixed-capitals", _W, _("A body with and without its capitals"),
        _("One text has one spelling."), names.mixed_capitals,
        {"body": "The Security Council met. The security council decided."},
        {"body": "The Security Council met. Its security adviser decided."},
    ),
    Rule(
        "lost-marker", _W, _("A digit that sticks to a year or a sentence"),
        _("The marker of a note that lost its form: “in 1993.5”."), typography.lost_markers,
        {"body": "It began in 1993.5 Then it ended."},
        {"body": "It rose by 1.5 in 1993. Version 2.0 had 20,000 words."},
    ),
    Rule(
        "list-starts-late", _W, _("A paragraph that begins like a list"),
        _("“1997. It was over.” is read as entry 1997 of a list by other programs, and “2.” here."),
        typography.lists_that_start_late, {"body": "1997. It was over."},
        {"body": "1. It was over.\n\n2. They left."},
    ),
    Rule(
        "acronym-not-expanded", _W, _("An acronym that is never spelled out"),
        _("A reader may not know it."), names.unexpanded_acronyms,
        {"body": "They met XYZQ."},
        {"body": "They met the Xylem Yard (XYD). XYD met the UN and the Wide Yellow Quay, WYQ."},
    ),
    Rule(
        "same-passage", _W, _("The same passage in another case"),
        _("Fifteen words or more that stand in two cases: a copy, or one of them is enough."),
        kept.same_passages,
        {"body": _PASSAGE, "other": {"body": f"So it was told. {_PASSAGE} So it ended."}},
        {"body": _PASSAGE, "other": {"body": "So it was told: the elders of both valleys met."}},
        kept=True,
    ),
    Rule(
        "paragraph-alike", _H, _("A paragraph much like one of another case"),
        _("Half of its words stand there too."), kept.paragraphs_alike,
        {"body": _ALIKE, "other": {"body": _WORDED_APART}},
        {"body": _ALIKE, "other": {"body": f"{_PASSAGE} {_ALIKE[:90]}"}},
        kept=True,
    ),
    Rule(
        "repeated-openings", _H, _("Sentences in a row that begin alike"),
        _("It reads like a list."), prose.repeated_openings,
        {"body": "They met. They spoke. They left."},
        {"body": "They met. They spoke. Then all left."},
    ),
    Rule(
        "long-sentence", _H, _("A sentence of more than 45 words"), _("One reads it twice."),
        prose.long_sentences, {"body": "word " * 46 + "."}, {"body": "word " * 45 + "."},
    ),
)  # fmt: skip
