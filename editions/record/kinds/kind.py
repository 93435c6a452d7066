"""What every kind of value can do, as long as it is not said otherwise."""

from typing import Any

from cases.models import Case
from editions.html_text import one_line
from editions.models import Edition
from revisions.differences import Value

from .schema import STRING, Schema


class Kind:
    """A kind of value, as it stands in a record (JSON). `blank` is what a record has where the
    field is blank, or where it is from before there was the field."""

    blank: Any = ""
    schema: Schema = STRING
    is_verified = True  # whether an edition has columns or rows that say the same

    def from_case(self, case: Case, name: str) -> Any:
        """The value to freeze, from the working copy as it stands."""
        return getattr(case, name)

    def shown(self, value: Any) -> Value:
        """As readers see it beside another state of it."""
        return str(value)

    def export(self, value: Any, part: str) -> Any:
        """As a table has it: text, number, flag, None or a list of texts; `part` names one of
        several columns."""
        return one_line(value) if isinstance(value, str) else value

    def completed(self, value: Any) -> Any:
        """A value as an older record has it, in the present form."""
        return value

    def stored(self, edition: Edition, name: str) -> Any:
        """What the columns and rows of an edition say, by what never changes: slugs, codes."""
        return getattr(edition, name)

    def frozen(self, value: Any) -> Any:
        """What its record says, in the same form as `stored`."""
        return value
