"""The rules about facts and credited names."""

from django.utils.translation import gettext_lazy as _

from . import facts, kept, names
from .finding import Grade, Rule

_W, _H = Grade.WARNING, Grade.HINT
_BLANK = (  # field, grade, title, a value that is none
    ("start_year", _W, _("No start year"), None),
    ("aim", _W, _("No aim"), None),
    ("location", _W, _("No location"), ""),
    ("impact", _W, _("No impact"), ""),
    ("conflict", _H, _("No conflict"), None),
    ("countries", _W, _("No country"), ()),
    ("conflict_types", _W, _("No type of conflict"), ()),
    ("initiative_types", _W, _("No type of initiative"), ()),
    ("organisations", _W, _("No organisation"), ()),
)
_GIVEN = {
    "start_year": 1990,
    "aim": "ending",
    "location": "Wajir",
    "impact": "lasting",
    "conflict": "tajikistan",
    "countries": ("KEN",),
    "conflict_types": ("interstate",),
    "initiative_types": ("mediation",),
    "organisations": ("United Peace",),
}
_WHY_BLANK = _("Readers filter by facts: a blank one hides the case from them.")

FACTS = (
    *(
        Rule(
            f"missing-{field.replace('_', '-')}",
            *(grade, title, _WHY_BLANK, facts.blank(field)),
            *({field: value}, {field: _GIVEN[field]}),
        )
        for field, grade, title, value in _BLANK
    ),
    Rule(
        "missing-end-year", _W, _("No end year"),
        _("An initiative has ended or goes on: one of the two is said."), facts.no_end_year,
        {"end_year": None}, {"end_year": None, "ongoing": True},
    ),
    Rule(
        "conflict-types-exclude", _W, _("Types of conflict that exclude each other"),
        _("A risk says that nothing was fought, the type itself that it was."),
        facts.excluding_types,
        {"conflict_types": ("interstate", "risk-of-relapse")},
        {"conflict_types": ("interstate", "risk-of-horizontal-intrastate")},
    ),
    Rule(
        "aim-against-type", _W, _("An aim that the types of conflict speak against"),
        _("What is to be ended was fought; what is to be prevented is a risk."),
        facts.aim_against_types,
        {"aim": "ending", "conflict_types": ("risk-of-interstate",)},
        {"aim": "ending", "conflict_types": ("interstate",)},
    ),
    Rule(
        "impact-without-ground", _W, _("An impact without a sentence"),
        _("A judgement says on what it rests."), facts.impact_without_ground,
        {"impact": "lasting", "impact_note": ""},
        {"impact": "lasting", "impact_note": "No war since."},
    ),
    Rule(
        "impact-without-note", _H, _("A sentence on the impact without a source"),
        _("A judgement is somebody’s: name the source."), facts.impact_without_note,
        {"impact_note": "No war since."},
        {"impact_note": "No war since.", "impact_citation": "[@author, p. 3]"},
    ),
    Rule(
        "groups-do-not-follow", _W, _("Regional groups that do not follow from the countries"),
        _("They are worked out from the countries and the years; a note says why not."),
        facts.other_groups,
        {"countries": ("TJK",), "stored_groups": ("african",)}, {"countries": ("KEN",)},
    ),
    Rule(
        "standfirst-years", _H, _("Years of the standfirst outside start and end"),
        _("The standfirst tells of the initiative, whose years are facts."),
        facts.standfirst_years,
        {"standfirst": "How the war ended in 2005.", "start_year": 1993, "end_year": 1997},
        {"standfirst": "How the war ended in 1997.", "start_year": 1993, "end_year": 1997},
    ),
    Rule(
        "text-years", _H, _("Years of the text outside start and end"),
        _("Most are of what was before and after: look for the one that is a slip."),
        facts.text_years,
        {"body": "It ended in 1979.", "start_year": 1993, "end_year": 1997},
        {"body": "It ended in 1997 with 1,979 dead.", "start_year": 1993, "end_year": 1997},
    ),
    Rule(
        "years-not-in-text", _W, _("A start or an end of which the text does not tell"),
        _("What is a fact is told, with its note."), facts.unnamed_years,
        {"body": "It began in 1993.", "start_year": 1993, "end_year": 1997},
        {"body": "It began in 1993 and ended in 1997.", "start_year": 1993, "end_year": 1997},
    ),
    Rule(
        "date-in-future", _W, _("A year or a day that is still to come"),
        _("Most are slips of the pen: 2997 for 1997."), facts.future,
        {"body": "It ended in 2997."}, {"body": "It ended in 1997 for 2,997 people."},
    ),
    Rule(
        "title-ends-in-stop", _W, _("A title that ends in a stop"), _("A title is no sentence."),
        facts.titles_with_a_stop, {"title": "Ending the war."}, {"title": "Ending the war"},
        facts.without_stop,
    ),
    Rule(
        "long-standfirst", _W, _("A standfirst of more than 60 words"),
        _("Lists show it whole; one or two sentences are enough."), facts.long_standfirst,
        {"standfirst": "word " * 61}, {"standfirst": "word " * 60},
    ),
    Rule(
        "credit-unclear", _W, _("A credit that is not read as one name"),
        _("Records and citations need the parts of each name."), facts.unclear_credits,
        {"authors": "Doe, Ana,"}, {"authors": "Doe, Ana\nMinistry of Trade and Development"},
    ),
    Rule(
        "credit-family-first", _H, _("A credit with the family name first"),
        _("Only to show how it is read."), facts.family_first,
        {"authors": "Doe, Ana"}, {"authors": "Ana Doe"},
    ),
    Rule(
        "orcid-of-nobody", _W, _("An ORCID iD after a name that is not credited"),
        _("It would be lost."), facts.orcids_of_nobody,
        {"authors": "Ana Doe", "orcids": "Anna Doe 0000-0002-1825-0097"},
        {"authors": "Ana Doe", "orcids": "Ana Doe 0000-0002-1825-0097"},
    ),
    Rule(
        "organisation-not-named", _W, _("A listed organisation that the text never names"),
        _("What is a fact is told, with its note."), names.unnamed_organisations,
        {"body": "The elders met.", "organisations": ("United Peace",)},
        {"body": "The elders met United Peace.", "organisations": ("United Peace",)},
    ),
    Rule(
        "organisation-out-of-its-years", _W, _("An organisation outside its years"),
        _("It had a predecessor or has a successor, or a year is a slip."),
        names.out_of_their_years,
        {"body": "They met United Peace.[@author, p. 3]", "start_year": 1990, "end_year": 1992,
         "organisations": ("United Peace",), "organisation_years": (1993, None)},
        {"body": "They met United Peace.[@author, p. 3]", "start_year": 1990, "end_year": 1993,
         "organisations": ("United Peace",), "organisation_years": (1993, None)},
    ),
    Rule(
        "organisation-not-listed", _H, _("An organisation in the text that is not listed"),
        _("It may be a main one; often it is only mentioned."), kept.organisations_not_listed,
        {"body": "The elders met United Peace.", "known_organisations": ("United Peace",)},
        {"body": "The elders met United People.", "known_organisations": ("United Peace",)},
        kept=True,
    ),
    Rule(
        "organisation-spelling", _W, _("An organisation spelled as none of its names"),
        _("It is found under its names alone."), kept.odd_organisations,
        {"body": "They met the Council for Lastng Peace.",
         "known_organisations": ("Council for Lasting Peace",)},
        {"body": "They met the Council for Lasting Peace.",
         "known_organisations": ("Council for Lasting Peace",)},
        kept=True,
    ),
    Rule(
        "related-one-way", _W, _("A related case that does not relate back"),
        _("Readers of the other one do not find this case."), kept.related_one_way,
        {"related_to": {"title": "The other war"}},
        {"related_to": {"title": "The other war"}, "related_back": True},
        kept=True,
    ),
)  # fmt: skip
