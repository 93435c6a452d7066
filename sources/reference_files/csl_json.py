"""CSL-JSON, written and read: lists of items after the CSL 1.0.2 data schema."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from .clean_values import address, clean, shortened
from .csl_types import ALIKE, TYPES, UNINTERESTING, UNLIKE
from .dates import dated
from .names import folded, uninverted
from .reading import ROLES, Reading, grouped
from .references import MOST_FIELDS, MOST_PEOPLE, MOST_RECORDS, Item, NotReadable, ReadReference

_TEXTS = {  # what it is called in files: the field of ours
    **{"title": "title", "title-short": "title-short", "shortTitle": "title-short"},
    **{"container-title": "container-title", "publisher": "publisher", "volume": "volume"},
    **{"container-title-short": "container-title-short", "issue": "issue", "number": "number"},
    **{"journalAbbreviation": "container-title-short", "edition": "edition", "genre": "genre"},
    **{"short-container-title": "container-title-short", "archive_location": "archive_location"},
    **{"publisher-place": "publisher-place", "publisher-location": "publisher-place"},
    **{"call-number": "call-number"},
}
_BLANKS = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?[0-9]{1,6}")
_LONG = 20_000  # characters of an item; in a longer one the lines of its fields are not looked for
_DATES = ("issued", "original-date", "accessed")


def as_csl_json(items: Iterable[Item]) -> str:
    """A list of the items, as they are."""
    return json.dumps(list(items), ensure_ascii=False, indent=2) + "\n"


def read_csl_json(text: str) -> list[ReadReference]:
    """The references of a list of items, or of one item. Raises NotReadable."""
    found: list[ReadReference] = []
    for item, start, end, line in _items(text):
        if not isinstance(item, dict) or not {"type", "title"} & set(item):
            _refuse(
                _("This is JSON, but no list of references: an item has neither type nor title."),
                line,
            )
        if len(item) > MOST_FIELDS:
            _refuse(_("This reference has more than %s fields; none has.") % MOST_FIELDS, line)
        if len(found) == MOST_RECORDS:
            _refuse(_("A file may have %s references at most; divide it.") % MOST_RECORDS, line)
        found.append(_ItemReader(item, text, start, end, line).read())
    if not found:
        _refuse(_("This is JSON without a reference in it."), 1)
    return found


def _refuse(reason: str, line: int) -> NoReturn:
    raise NotReadable(reason, line)


def _not_json(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


# Numbers stay as they are written: no number is too long, and 1.10 is not 1.1.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=_not_json)


def _items(text: str) -> Iterable[tuple[Any, int, int, int]]:
    """Each item with the places where it begins and ends and its line. Raises NotReadable."""
    place, line = _blanks(text, 0), 1 + text.count("\n", 0, _blanks(text, 0))
    many = text[place : place + 1] == "["
    place = place + 1 if many else place
    first = True
    while True:
        before, place = place, _blanks(text, place)
        line += text.count("\n", before, place)
        if many and text[place : place + 1] == "]" and first:
            break
        item, end = _decoded(text, place, line)
        yield item, place, end, line
        line += text.count("\n", place, end)
        first, before, place = False, end, _blanks(text, end)
        line += text.count("\n", before, place)
        if not many or text[place : place + 1] == "]":
            break
        if text[place : place + 1] != ",":
            _broken(text, place, line)
        place += 1
    rest = _blanks(text, place + many)
    if rest != len(text):
        _refuse(_("Something follows after the end of the list of references."), line)


def _decoded(text: str, place: int, line: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, place)
    except json.JSONDecodeError as error:
        unterminated = error.msg.startswith("Unterminated string")
        _broken(text, len(text) if unterminated else error.pos, error.lineno)
    except RecursionError:
        _refuse(_("This reference has lists within lists without end."), line)
    except ValueError as error:
        _refuse(_("This reference cannot be read: %s.") % shortened(error), line)


def _broken(text: str, place: int, line: int) -> NoReturn:
    if place >= len(text.rstrip()):
        _refuse(_("The file breaks off here; was it saved or sent whole?"), line)
    near = shortened(text[place : place + 20], 20)
    _refuse(_("The JSON cannot be read here: “%s”. Save it anew from its program.") % near, line)


def _blanks(text: str, place: int) -> int:
    found = _BLANKS.match(text, place)
    return found.end() if found else place


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _numbers(date_parts: Any) -> list[list[int]]:
    """The numbers of date-parts, without the zeros that stand for nothing; empty where one of them
    is no number."""
    found = []
    for parts in date_parts if isinstance(date_parts, list) else []:
        numbers = [str(part) for part in parts] if isinstance(parts, list) else []
        if not numbers or not all(_NUMBER.fullmatch(number) for number in numbers):
            return []
        while len(numbers) > 1 and not int(numbers[-1]):
            numbers.pop()
        found.append([int(number) for number in numbers])
    return found


def _orcids(said: dict[str, Any]) -> Iterable[tuple[str, int, str]]:
    for role, known in said.items():
        for place, one in enumerate(known if isinstance(known, list) else [known]):
            if one is not None:
                yield role, place, _shown(one)


class _ItemReader:
    """One item of a file."""

    def __init__(self, item: dict[str, Any], text: str, start: int, end: int, line: int) -> None:
        self.source = item
        self.text, self.start, self.end = text, start, end
        self.reading = Reading(line)

    def read(self) -> ReadReference:
        reading, uninteresting = self.reading, []
        self._type()
        for name, value in self.source.items():
            if name in ("type", "subtitle") or value in (None, "", [], {}):
                continue
            if name in UNINTERESTING:
                uninteresting.append(name)
            elif name in _DATES:
                self._date(name, value)
            elif name in ROLES:
                self._people(name, value)
            elif name == "custom" and isinstance(value, dict):
                continue
            elif isinstance(value, dict) or not self._single(name, self._one(name, value)):
                reading.leave(self._line(name), name, _shown(value))
        if isinstance(custom := self.source.get("custom"), dict):
            self._custom(custom)  # after the people whose ORCIDs it has
        grouped(reading, reading.line, uninteresting)
        return reading.reference()

    def _line(self, name: str) -> int:
        """The line of a field, where its name is found as it is."""
        if self.end - self.start > _LONG:
            return self.reading.line
        place = self.text.find(json.dumps(name, ensure_ascii=False), self.start, self.end)
        return self.reading.line + self.text.count("\n", self.start, max(place, self.start))

    def _type(self) -> None:
        written = clean(self.source.get("type") or "")
        kind = written if written in TYPES else (ALIKE | UNLIKE).get(written, "document")
        self.reading.item["type"] = kind
        if kind != written and written not in ALIKE:
            reason = _("taken as %s") % kind
            self.reading.leave(self._line("type"), "type", written, reason)

    def _one(self, name: str, value: Any) -> str:
        """A text or number; of several, as Crossref has them, the first."""
        several = value if isinstance(value, list) else [value]
        texts = [one for one in several if isinstance(one, str) and one]
        for one in texts[1:]:
            self.reading.leave(self._line(name), name, one)
        return texts[0] if texts else ""

    def _single(self, name: str, value: str) -> bool:
        """Takes a field of one value; whether it has a place."""
        reading, line = self.reading, self._line(name)
        if not value:
            return False
        if name == "id" or name == "citation-key":
            if name == "id" and self.source.get("citation-key") not in (None, "", value):
                return True  # Zotero's own address; its citation-key is what people cite
            reading.key(value, line, name)
        elif name == "title":
            subtitle = self._one("subtitle", self.source.get("subtitle"))
            reading.text(name, f"{value}: {subtitle}" if subtitle else value, line, name)
        elif name in _TEXTS:
            reading.text(_TEXTS[name], value, line, name)
        elif name == "page":
            reading.page(value, line, name)
        elif name == "language":
            reading.language(value)
        elif name == "URL":
            reading.address(value, line, name)
        elif name in ("DOI", "ISBN"):
            reading.checked(name, value, line, name)
        elif name == "archive":
            if address(value):  # as our own files once had it
                reading.archived(value, line, name)
            else:
                reading.text(name, value, line, name)
        else:
            return False
        return True

    def _date(self, name: str, value: Any) -> None:
        reading, line = self.reading, self._line(name)
        if isinstance(value, str):
            reading.date(name, value, line, name)
            return
        if not isinstance(value, dict):
            reading.leave(line, name, _shown(value), _("is no date that is understood"))
            return
        circa = value.get("circa") not in (None, False, "", "0", "false")
        if parts := _numbers(value.get("date-parts")):
            date = dated(*parts, circa=circa)
            if not date:
                reading.leave(line, name, _shown(value), _("there is no such date"))
            reading.date_read(name, date, line, name)
        elif isinstance(said := value.get("raw") or value.get("literal"), str):
            if reading.date(name, said, line, name) and circa and name in reading.item:
                reading.item[name]["circa"] = True
        elif value.get("date-parts") not in (None, [], [[]], [[None]]):
            reading.leave(line, name, _shown(value), _("is no date that is understood"))
        if season := value.get("season"):
            reading.leave(line, f"{name} season", _shown(season))

    def _people(self, role: str, value: Any) -> None:
        reading, line = self.reading, self._line(role)
        people = value if isinstance(value, list) else [value]
        for person in people[: MOST_PEOPLE + 1]:
            if isinstance(person, str):
                reading.person(role, uninverted(person))
            elif isinstance(person, dict) and (name := folded(person)):
                place = reading.person(role, name)
                if isinstance(known := person.get("ORCID"), str):
                    reading.orcid(role, place, known, line, "ORCID")
            else:
                reading.leave(line, role, _shown(person), _("is no name"))

    def _custom(self, value: Mapping[str, Any]) -> None:
        reading, line = self.reading, self._line("custom")
        for name, said in value.items():
            if name == "archive-url" and isinstance(said, str):
                reading.archived(said, line, name)
            elif name == "urls" and isinstance(said, list):
                for one in said:
                    reading.address(_shown(one), line, name, other=True)
            elif name == "orcid" and isinstance(said, dict):
                for role, place, known in _orcids(said):
                    reading.orcid(role, place, known, line, f"orcid {role}")
            else:
                reading.leave(line, f"custom {name}", _shown(said))
