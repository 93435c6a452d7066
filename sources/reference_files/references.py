"""What reading a file of references gives, and how it is refused; the limits of such files."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

Item = Mapping[str, Any]

LARGEST_FILE = 20_000_000  # bytes, or characters
MOST_RECORDS = 20_000
LONGEST_LINE = 1_000_000  # characters; of BibTeX and RIS, as JSON may well be one line
DEEPEST = 50  # braces within braces in BibTeX
MOST_FIELDS = 10_000  # of one reference
MOST_PEOPLE = 5_000  # in one role of one reference
MOST_ADDRESSES = 50  # of one reference, beside its own
MOST_NOTES = 200  # of what was not taken of one reference


class ReadReference(NamedTuple):
    """One reference of a file: its CSL item with clean values only, the line on which it begins
    (from 1), and what of it was not taken over, each with its line."""

    item: dict[str, Any]
    line: int
    unread: list[tuple[int, str]]


class NotReadable(ValueError):
    """The file is broken: nothing of it is taken. `line` says where (from 1), `reason` what is
    wrong and what to do, in a sentence."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line

    def __str__(self) -> str:
        return _("Line %(line)s: %(reason)s") % {"line": self.line, "reason": self.reason}
