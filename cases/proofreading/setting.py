"""Rules about what cannot be set or stored: each stops publication."""

from collections.abc import Callable, Iterator
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.rendering import RenderedNote
from sources.models import LONGEST_LOCATOR, LONGEST_PASSAGE

from .finding import Found
from .reading import Reading

_MISSING = {
    "title": gettext_lazy("The title is missing."),
    "standfirst": gettext_lazy("The standfirst is missing."),
    "body": gettext_lazy("The text is missing."),
    "authors": gettext_lazy("Nobody is credited as author."),
}


def problem(code: str) -> Callable[[Reading], Iterator[Found]]:
    """The rule that passes on what rendering calls a problem."""
    return partial(_problems, code)


def _problems(code: str, reading: Reading) -> Iterator[Found]:
    for one in reading.rendered.problems:
        if one.code == code:
            yield Found(one.message, one.field, one.line)


def missing(field: str) -> Callable[[Reading], Iterator[Found]]:
    """The rule that a text is not blank."""
    return partial(_missing, field)


def _missing(field: str, reading: Reading) -> Iterator[Found]:
    if not getattr(reading.case, field).strip():
        yield Found(str(_MISSING[field]), field)


def long_locators(reading: Reading) -> Iterator[Found]:
    """Places in a source that the record has no room for."""
    for note in reading.rendered.notes:
        if any(len(cite.locator) > LONGEST_LOCATOR for cite in note.citations):
            message = _("Note %(number)s has a locator of more than %(most)s characters.")
            yield _of_note(note, message, LONGEST_LOCATOR)


def long_passages(reading: Reading) -> Iterator[Found]:
    """Quotations that are longer than the law lets one quote."""
    for note in reading.rendered.notes:
        if any(len(cite.passage) > LONGEST_PASSAGE for cite in note.citations):
            message = _("Note %(number)s has a passage of more than %(most)s characters.")
            yield _of_note(note, message, LONGEST_PASSAGE)


def _of_note(note: RenderedNote, message: str, most: int) -> Found:
    return Found(message % {"number": note.number, "most": most}, "body", place=note.text)
