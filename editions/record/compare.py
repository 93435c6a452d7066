"""What changed between two records: of two editions, or of an edition and the working copy."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cases.rendering import SECTIONS
from editions.html_text import words_of
from revisions import differences as comparison
from revisions.differences import FieldDifference, Notes, Text, Value

from .field import Record
from .fields import FIELDS
from .read import read

_BY_NAME = {field.name: field for field in FIELDS}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldDifference]:
    """The fields in which two records (or `build.content`) of any format differ, named for readers.
    Two editions are compared as rendered; where one side is a working copy, as editors write."""
    before, after = read(before), read(after)
    old, new = _shown(before), _shown(after)
    if "notes" in before and "notes" in after:  # both are rendered: compare what readers saw
        for side, record in ((old, before), (new, after)):
            side[_("Text")] = Text(words_of(record["body_html"], between="\n\n"))
            side[_("Notes")] = Notes(tuple(map(_note, record["notes"])))
            for name in SECTIONS:  # which the text as rendered holds
                side.pop(str(_BY_NAME[name].label), None)
    return comparison.differences(old, new)


def _note(note: Mapping[str, Any]) -> str:
    """A note as it is printed, without its number, with the passages that bear it out."""
    passages = [f"“{cite['passage']}”" for cite in note["citations"] if cite["passage"]]
    return " ".join([note["text"], *passages])


def _shown(record: Record) -> dict[str, Value]:
    return {
        str(field.heading or field.label): field.shown(record)
        for field in FIELDS
        if field.is_compared
    }
