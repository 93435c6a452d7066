"""The item that a reader fills: only clean values get in, the rest is noted with its line."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from . import clean_values
from .clean_values import clean, shortened
from .dates import read_date
from .references import MOST_ADDRESSES, MOST_NOTES, MOST_PEOPLE, ReadReference

ROLES = ("author", "editor", "translator", "interviewer")


class Reading:
    """A reference being read. Each method takes a value under the name of a CSL field; `line` and
    `label` say where in the file and under which name it stands there."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.item: dict[str, Any] = {}
        self.unread: list[tuple[int, str]] = []
        self._people: dict[str, list[dict[str, str]]] = {}
        self._orcids: dict[str, list[str]] = {}
        self._crowds: set[str] = set()
        self._urls: list[str] = []
        self._custom: dict[str, Any] = {}

    def leave(self, line: int, label: str, value: object = "", reason: str = "") -> None:
        """Notes what is not taken over; past a certain number, that there is more."""
        if len(self.unread) >= MOST_NOTES:
            if len(self.unread) == MOST_NOTES:
                self.unread.append((line, _("and more that is not taken over")))
            return
        text = ": ".join(filter(None, (shortened(label, 60), shortened(value))))
        self.unread.append((line, f"{text} ({reason})" if reason else text))

    def key(self, value: str, line: int, label: str) -> None:
        if clean_values.key(value):
            self.item["id"] = value
        elif value:
            self.leave(line, label, value, _("cannot be a key here"))

    def text(self, name: str, value: str, line: int, label: str) -> None:
        """A field of text; the first value counts."""
        words = clean(value)
        if words and self.item.setdefault(name, words) != words:
            self.leave(line, label, words)

    def checked(self, name: str, value: str, line: int, label: str) -> None:
        """A DOI or an ISBN."""
        read = clean_values.doi if name == "DOI" else clean_values.isbn
        if known := read(value):
            if self.item.setdefault(name, known) != known:
                self.leave(line, label, value)
        elif clean(value):
            self.leave(line, label, value, _("is no valid %s") % name)

    def address(self, value: str, line: int, label: str, *, other: bool = False) -> None:
        """The first address is the reference's own, unless it is one of the other addresses."""
        if not (known := clean_values.address(value)):
            if clean(value):
                self.leave(line, label, value, _("is no address that begins with http"))
        elif not other and "URL" not in self.item:
            self.item["URL"] = known
        elif known != self.item.get("URL") and known not in (urls := self._urls):
            if len(urls) == MOST_ADDRESSES:
                self.leave(line, label, value)
            else:
                urls.append(known)

    def archived(self, value: str, line: int, label: str) -> None:
        """The address of an archived copy."""
        if (known := clean_values.address(value)) and "archive-url" not in self._custom:
            self._custom["archive-url"] = known
        elif clean(value):
            self.leave(line, label, value)

    def language(self, value: str) -> None:
        if words := clean_values.language(value):
            self.item.setdefault("language", words)

    def page(self, value: str, line: int, label: str) -> None:
        self.text("page", clean_values.page(value), line, label)

    def date(self, name: str, value: str, line: int, label: str) -> bool:
        """A date as words or numbers; whether there was one."""
        date, rest = read_date(value)
        if rest:
            self.leave(line, label, rest, "" if date else _("is no date that is understood"))
        return self.date_read(name, date, line, label)

    def date_read(self, name: str, date: dict[str, Any], line: int, label: str) -> bool:
        """A CSL date; the first counts. What was accessed was so on a day."""
        if not date:
            return False
        parts = date["date-parts"]
        if name == "accessed" and (len(parts) != 1 or len(parts[0]) != 3 or "circa" in date):
            self.leave(line, label, parts, _("is not one full day"))
            return False
        self.item.setdefault(name, date)
        return True

    def person(self, role: str, name: dict[str, str]) -> int:
        """One more person or body in a role; their place there, -1 where the name is empty."""
        people = self._people.setdefault(role, [])
        if len(people) == MOST_PEOPLE and role not in self._crowds:
            self._crowds.add(role)
            self.leave(self.line, role, "", _("only the first %s are taken") % MOST_PEOPLE)
        if not name or len(people) == MOST_PEOPLE:
            return -1
        people.append(name)
        self._orcids.setdefault(role, []).append("")
        return len(people) - 1

    def orcid(self, role: str, place: int, value: str, line: int, label: str) -> None:
        """The ORCID of the person at that place of a role, from 0."""
        known, orcids = clean_values.orcid(value), self._orcids.get(role, [])
        if known and 0 <= place < len(orcids):
            orcids[place] = known
        elif clean(value):
            self.leave(line, label, value, _("is no ORCID of a person here"))

    def reference(self) -> ReadReference:
        """What was read."""
        self.item |= {role: people for role, people in self._people.items() if people}
        known = {
            role: [orcid or None for orcid in orcids]
            for role, orcids in self._orcids.items()
            if any(orcids)
        }
        custom = (
            self._custom
            | ({"urls": self._urls} if self._urls else {})
            | ({"orcid": known} if known else {})
        )
        if custom:
            self.item["custom"] = custom
        return ReadReference(self.item, self.line, self.unread)


def grouped(reading: Reading, line: int, names: Iterable[str]) -> None:
    """Notes in one line what other programs keep for themselves."""
    if names := sorted(set(names)):
        reading.leave(line, ", ".join(names), "", _("of another program"))
