"""The rules about notes and the sources that they cite."""

from django.utils.translation import gettext_lazy as _

from . import kept, notes, typography
from .finding import Grade, Rule

_W, _H = Grade.WARNING, Grade.HINT
_LONG = "The elders met under the tree and spoke for a long time about herds and wells. " * 3
_PAGE = {"type": "webpage", "url": "https://example.org/a", "accessed": "2020-11-17"}


def _cites(**source: object) -> dict[str, object]:
    """A case that cites one source, described so."""
    return {"body": "They met.[@made]", "sources": ({"key": "made", **source},)}


NOTES = (
    Rule(
        "no-notes", _W, _("A text without notes"), _("Every claim rests on a source."),
        notes.no_notes, {"body": "They met."}, {"body": "They met.[@author, p. 3]"},
    ),
    Rule(
        "paragraph-without-note", _W, _("A paragraph without a note"),
        _("Every claim rests on a source."), notes.unnoted_paragraphs,
        {"body": _LONG}, {"body": f"{_LONG.strip()}[@author, p. 3]"},
    ),
    Rule(
        "no-place", _W, _("Citations of books that do not say where in them"),
        _("A reader cannot look for a sentence in a book. One warning a case."), notes.no_places,
        {"body": "They met.[@author]"}, {"body": "They met.[@author, p. 3]"},
    ),
    Rule(
        "locator-spelling", _W, _("“p.” in a spelling that is not read"),
        _("“pg. 5” is printed as typed; “p. 5” and “pp. 5-6” are read as pages."),
        typography.locator_spellings, {"body": "They met.[@author, pg. 5]"},
        {"body": "They met.[@author, pp. 5-6; @author, para. 5]"}, typography.page_mark,
    ),
    Rule(
        "source-lacks", _W, _("A source that lacks what its type needs"),
        _("A reader cannot find it again."), notes.lacking_sources,
        _cites(type="chapter"),
        _cites(type="chapter", container_title="A book", page="3-9"),
    ),
    Rule(
        "source-not-accessed", _W, _("An address without the day on which it was read"),
        _("Pages change."),
        notes.about_sources(
            _("Sources have an address, and no day on which it was read: %s."),
            notes.is_not_accessed,
        ),
        _cites(type="webpage", url="https://example.org/a"), _cites(**_PAGE),
    ),
    Rule(
        "source-accessed-in-future", _W, _("A day of reading that is still to come"),
        _("A slip of the pen."),
        notes.about_sources(
            _("Sources were read on a day that is still to come: %s."), notes.is_accessed_in_future
        ),
        _cites(**_PAGE | {"accessed": "2997-01-01"}), _cites(**_PAGE),
    ),
    Rule(
        "source-accessed-too-soon", _W, _("Read before it was published"),
        _("One of the two dates is a slip of the pen."),
        notes.about_sources(
            _("Sources were read before the year in which they were published: %s."),
            notes.is_accessed_too_soon,
        ),
        _cites(**_PAGE, issued="2021"), _cites(**_PAGE, issued="2020-12-01"),
    ),
    Rule(
        "citation-accessed-in-future", _W, _("A day of reading in a note that is still to come"),
        _("A slip of the pen."), notes.days_to_come,
        {"body": "They met.[@author, accessed 2997-01-01]"},
        {"body": "They met.[@author, accessed 2020-01-01]"},
    ),
    Rule(
        "source-undated", _H, _("A source without a date"), _("Notes print “n.d.”."),
        notes.about_sources(_("Sources have no date: %s."), notes.is_undated),
        _cites(**_PAGE, issued=""), _cites(**_PAGE, issued="2020"),
    ),
    Rule(
        "source-unsigned", _H, _("A source without an author"),
        _("Much of the news is unsigned; look whether it is."),
        notes.about_sources(_("Sources have no author: %s."), notes.is_unsigned),
        _cites(**_PAGE, authors=()), _cites(**_PAGE, authors=(("Ana", "Doe"),)),
    ),
    Rule(
        "doi-as-address", _W, _("A DOI that stands as an address"),
        _("In its own field it is checked, and finds doubles."),
        notes.about_sources(
            _("The DOI of these sources stands as their address: %s."), notes.has_doi_as_address
        ),
        _cites(url="https://doi.org/10.1000/182", accessed="2020-11-17"),
        _cites(url="https://example.org/10.1000/182", accessed="2020-11-17"),
    ),
    Rule(
        "source-copy", _H, _("A copy on a site where anybody puts them"),
        _("Cite the original, and keep an archived address."),
        notes.about_sources(
            _("Sources were read on sites where anybody puts copies: %s."), notes.is_a_copy
        ),
        _cites(**_PAGE | {"url": "https://studylib.net/doc/1"}), _cites(**_PAGE),
    ),
    Rule(
        "source-before-event", _H, _("A year later than the sources of its note"),
        _("What was printed before cannot tell of it."), notes.sources_before_events,
        {"body": "They met in 2005.[@author, p. 3]"}, {"body": "They met in 1997.[@author, p. 3]"},
    ),
    Rule(
        "names-apart", _W, _("Names of authors a letter apart"),
        _("“Don Lynch” and “Dov Lynch” are one author, or two: look."), kept.names_apart,
        {**_cites(authors=(("Dov", "Lynchman"),)), "known_sources": (
            {"key": "other", "authors": (("Don", "Lynchman"),)},)},
        {**_cites(authors=(("D.", "Lynchman"),)), "known_sources": (
            {"key": "other", "authors": (("Don", "Lynchman"),)},)},
        kept=True,
    ),
    Rule(
        "source-double", _W, _("A source that is here twice"),
        _("One of the two is merged into the other by a moderator."), kept.doubles,
        {**_cites(title="The long war", authors=(("Dov", "Lynch"),)), "known_sources": (
            {"key": "other", "title": "The long war", "authors": (("Dov", "Lynch"),)},)},
        {**_cites(title="The long war", authors=(("Dov", "Lynch"),)), "known_sources": (
            {"key": "other", "title": "The long peace", "authors": (("Dov", "Lynch"),)},)},
        kept=True,
    ),
)  # fmt: skip
