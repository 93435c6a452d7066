"""What a column is, and how its values are written as text."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from editions.record.field import NEVER
from serving.addresses import absolute

JOINED_BY = "; "
TYPES = {
    "text": _("text"),
    "list": _("several values, joined by a semicolon and a blank; in JSON a list"),
    "number": _("whole number"),
    "flag": _("TRUE or FALSE; in JSON true or false"),
    "moment": _("date and time (UTC)"),
    "address": _("web address"),
}
GROUPS = {
    "which": _("Which case, and where to read it"),
    "when": _("When and where"),
    "what": _("What, and what came of it"),
    "who": _("Who"),
    "edition": _("The edition and its evidence"),
    "answer": _("The answer that a file holds"),
}


@dataclass(frozen=True)
class Column:
    """One column: `name` in files, `label` for people, what it means, its type (see TYPES); `value`
    reads it from an edition, or of an answer from the answer: text, int, bool, an aware datetime, a
    list of texts, or None where nothing is known. `vocabulary` is the address of its terms."""

    group: str
    name: str
    label: str | Promise
    explanation: str | Promise
    type: str
    value: Callable[[Any], Any]
    example: str | Promise
    blank: str | Promise = NEVER
    vocabulary: str = ""

    @property
    def type_in_words(self) -> str:
        """Its type, as the codebook says it."""
        return str(TYPES[self.type])

    @property
    def is_never_blank(self) -> bool:
        """Whether every row has a value."""
        return self.blank is NEVER

    @property
    def name_in_codebook(self) -> str:
        """Its name in the codebook, which explains what an answer says of itself too."""
        return f"answer_{self.name}" if self.group == "answer" else self.name

    @property
    def vocabulary_address(self) -> str:
        """The whole address of the list that its values are taken from, or nothing."""
        if not self.vocabulary.startswith("#"):
            return self.vocabulary
        return absolute(reverse("vocabulary") + self.vocabulary)


def as_text(value: Any) -> str:
    """A value as tables and codebooks write it: lists joined, moments as ISO 8601 in UTC. What
    would part a list in the wrong place is written as a comma."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return JOINED_BY.join(part.replace(";", ",") for part in value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"  # what R, pandas and Excel all take for truths
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return "" if value is None else str(value)
