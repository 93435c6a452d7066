"""Rules about notes and the sources they cite, as they stand in the case: one finding a case for
what many sources have in common."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sources.dates import years_of
from sources.needs import lacks_in

from .finding import Found
from .reading import GAP, Reading

_LEAST = 200  # characters of a paragraph that needs a note
_PAGED = frozenset({"book", "chapter", "article-journal", "report", "thesis", "paper-conference"})
_NAMED = 6  # sources that are named
_YEAR = re.compile(r"(?<![\d.,/-])(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d)")
_COPIES = re.compile(
    r"^https?://(?:[\w-]+\.)*(?:studylib|scribd|documents\.pub|docplayer|lawsdocbox|slideshare|"
    r"copyrightland|vdocuments|coursehero|pdfcoffee|dokumen|redorbit|bizland|faqs|blogspot|"
    r"academia|kupdf|yumpu|issuu)\b",
    re.IGNORECASE,
)
_DOI_ADDRESS = re.compile(r"^https?://(?:dx\.)?doi\.org/10\.", re.IGNORECASE)
_FIELDS = {
    "contributors": gettext_lazy("author or editor"),
    "title": gettext_lazy("title"),
    "publisher": gettext_lazy("publisher"),
    "publisher_place": gettext_lazy("place"),
    "issued": gettext_lazy("date"),
    "container_title": gettext_lazy("what it is in"),
    "page": gettext_lazy("pages"),
    "volume": gettext_lazy("volume"),
    "url": gettext_lazy("address"),
    "genre": gettext_lazy("kind of thesis"),
}

Item = Mapping[str, Any]


def no_notes(reading: Reading) -> Iterator[Found]:
    """A text that rests on nothing."""
    if reading.case.body.strip() and not reading.rendered.notes:
        yield Found(_("No claim carries a note."), "body")


def unnoted_paragraphs(reading: Reading) -> Iterator[Found]:
    """Long paragraphs without a note."""
    for text in reading.texts.values():
        for paragraph in text.paragraphs:
            typed = paragraph.typed
            noted = GAP in text.bare[paragraph.start : paragraph.start + len(typed)]
            has_note = noted and ("[@" in typed or "[^" in typed or "@" in typed)
            if paragraph.is_prose and len(typed) > _LEAST and not has_note and "^[" not in typed:
                message = _("This paragraph carries no note.")
                yield Found(message, text.field, paragraph.line, typed)


def no_places(reading: Reading) -> Iterator[Found]:
    """Citations of books and the like that do not say where in them: one finding for all."""
    types = {item["id"]: item["type"] for item in reading.rendered.sources}
    paged = [
        cite
        for note in reading.rendered.notes
        for cite in note.citations
        if types.get(cite.key) in _PAGED
    ]
    bare = [cite for cite in paged if not cite.locator]
    if bare:
        message = ngettext(
            "%(bare)s of %(all)s citation of books, articles and reports does not say where in "
            "them: %(keys)s.",
            "%(bare)s of %(all)s citations of books, articles and reports do not say where in "
            "them: %(keys)s.",
            len(paged),
        )
        keys = sorted({cite.key for cite in bare})
        words = {"bare": len(bare), "all": len(paged), "keys": _some(keys)}
        yield Found(message % words, "body", place=" ".join(keys))


def _some(keys: Iterable[str]) -> str:
    """The first of these, and how many more there are."""
    names = list(keys)
    more = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED])
    return _("%(names)s and %(n)s more") % {"names": shown, "n": more} if more > 0 else shown


def about_sources(
    message: str | Any, is_so: Callable[[Item], object]
) -> Callable[[Reading], Iterator[Found]]:
    """The rule that finds, once for all of them, the sources of which something is so."""
    return partial(_about_sources, message, is_so)


def _about_sources(message: Any, is_so: Callable[[Item], object], reading: Reading) -> Iterator:
    keys = [item["id"] for item in reading.rendered.sources if is_so(item)]
    if keys:
        yield Found(str(message) % _some(keys), "body", place=" ".join(sorted(keys)))


def lacking_sources(reading: Reading) -> Iterator[Found]:
    """Sources without what their type needs (`sources.needs`); the day of access has a rule of its
    own."""
    found = []
    for item in reading.rendered.sources:
        lacks = [str(_FIELDS.get(name, name)) for name in lacks_in(item) if name != "accessed"]
        if lacks:
            found.append(f"{item['id']} ({', '.join(lacks)})")
    if found:
        message = _("Sources lack what their type needs: %s.")
        yield Found(message % _some(found), "body", place=" ".join(sorted(found)))


def is_undated(item: Item) -> bool:
    """Without a date, where its type needs none."""
    return not item.get("issued") and "issued" not in lacks_in(item)


def is_unsigned(item: Item) -> bool:
    """Without an author, where its type needs none."""
    is_law = item["type"] in ("treaty", "legislation")
    return not item.get("author") and not is_law and "contributors" not in lacks_in(item)


def is_not_accessed(item: Item) -> bool:
    """With an address, and without the day on which it was read."""
    return bool(item.get("URL")) and not item.get("accessed")


def is_accessed_in_future(item: Item) -> bool:
    """Read on a day that is still to come."""
    day = _accessed(item)
    return day is not None and day > timezone.localdate()


def is_accessed_too_soon(item: Item) -> bool:
    """Read in a year before it was published."""
    day, issued = _accessed(item), years_of(item.get("issued"))
    return day is not None and bool(issued) and day.year < min(issued)


def has_doi_as_address(item: Item) -> bool:
    """A DOI typed as an address."""
    return bool(_DOI_ADDRESS.match(item.get("URL", ""))) and not item.get("DOI")


def is_a_copy(item: Item) -> bool:
    """Read on a site where anybody puts copies."""
    return bool(_COPIES.match(item.get("URL", "")))


def _accessed(item: Item) -> date | None:
    parts = (item.get("accessed") or {}).get("date-parts", [[]])[0]
    return date(*parts) if len(parts) == 3 else None


def days_to_come(reading: Reading) -> Iterator[Found]:
    """A day of access in a citation that is still to come."""
    today = timezone.localdate().isoformat()
    for note in reading.rendered.notes:
        for cite in note.citations:
            if cite.accessed > today:
                message = _("Note %(number)s says that %(key)s was read on %(day)s.")
                words = {"number": note.number, "key": cite.key, "day": cite.accessed}
                yield Found(message % words, "body", place=f"{cite.key} {cite.accessed}")


def sources_before_events(reading: Reading) -> Iterator[Found]:
    """A sentence that names a year later than all the sources of its note."""
    issued = {item["id"]: years_of(item.get("issued")) for item in reading.rendered.sources}
    for text in reading.texts.values():
        for sentence in text.sentences:
            years = [int(year[0]) for year in _YEAR.finditer(sentence.bare)]
            end = sentence.start + len(sentence.bare)
            keys = re.findall(r"@([\w-]+)", text.typed[sentence.start : end]) if years else []
            known = [max(issued[key]) for key in keys if issued.get(key)]
            if known and len(known) == len(keys) and max(known) < max(years):
                message = _("The sentence tells of %(year)s; its sources are of %(issued)s.")
                words = {"year": max(years), "issued": max(known)}
                line = text.line_at(sentence.start)
                place = text.typed[sentence.start : end].strip()
                yield Found(message % words, text.field, line, place)
