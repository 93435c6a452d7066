"""What a field of a record is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from revisions.differences import Value

from .kinds import Kind

Record = dict[str, Any]
Words = str | Promise

NEVER = _("Never blank.")
UNKNOWN = _("Not known, or not recorded.")
NOTHING = _("There is none.")


@dataclass(frozen=True)
class Export:
    """A column of the tables that readers take home. `type` is one of
    `website.exports.columns.TYPES`, `part` what of the field it holds; `vocabulary` is where its
    values are defined: a whole address, or # and the name of one of our vocabularies."""

    name: str
    label: Words
    explanation: Words
    example: Words
    blank: Words = NEVER
    type: str = "text"
    part: str = ""
    vocabulary: str = ""


@dataclass(frozen=True)
class Field:
    """One field. Records have it since format `since`.

    `exports` are its columns in tables. It is compared under `heading`, or else its label, as its
    kind shows it unless `compared` says how; `is_compared` is false where another field shows it
    too. `fact` is the row of the facts beside the text in which it stands, `facet` the facet of the
    catalogue that finds its values.
    """

    name: str
    label: Words
    kind: Kind
    exports: tuple[Export, ...] = ()
    since: int = 1
    heading: Words = ""
    compared: Callable[[Record], Value] | None = None
    is_compared: bool = True
    fact: str = ""
    facet: str = ""

    def shown(self, record: Record) -> Value:
        """As readers see it beside another state of it."""
        return self.compared(record) if self.compared else self.kind.shown(record[self.name])
