"""Proves that the log is whole, and that editions and removals are those that it tells of."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from editions.models import Edition, LogLine, Removal
from editions.record.digest import canonical

from .appending import head_at
from .signing import Head, signing_key
from .statements import Salts, Statement, digest_of, name_of, of_edition, of_removal

Event = LogLine.Event
_OF_A_LINE = ("number", "at", "event", "previous")
_FOUND = {"editions": Event.PUBLICATION, "removals": Event.REMOVAL, "notices": Event.NOTICE}
_MEANT = {"by": "who did it", "quotes": "what it quotes"}
_EDITION = (Event.PUBLICATION, Event.WITHDRAWAL)


@dataclass(frozen=True)
class Stated:
    """What line `number` said about something, and the salts of it."""

    number: int
    event: str
    said: dict[str, Any]
    salts: Salts


@dataclass
class Log:
    """All that the log says, by what it is about, and what is wrong with the log itself. `unsigned`
    counts its lines without a signature."""

    faults: list[str] = field(default_factory=list)
    editions: dict[str, Stated] = field(default_factory=dict)
    removals: dict[str, Stated] = field(default_factory=dict)
    notices: dict[str, Stated] = field(default_factory=dict)
    digests: list[str] = field(default_factory=list)
    unsigned: int = 0

    def __len__(self) -> int:
        return len(self.digests)


def read_log(older: Head | None = None) -> Log:
    """Read the log from its first line to its last. `older` is a head that was kept elsewhere:
    lines that were dropped or worked out anew are found against it."""
    log, last = Log(), None
    for line in LogLine.objects.order_by("number").iterator(chunk_size=2000):
        log.faults += _chained(line, log)
        last = line
    if last is None:
        log.faults.append("The log is empty: it has been deleted, or `migrate` has not been run.")
    else:
        log.faults += _signed(last)
    if older is not None:
        log.faults += _against(older, log)
    return log


def faults(log: Log) -> Iterator[str]:
    """A sentence for every edition and removal that is not as the log tells."""
    rows = Edition.objects.select_related("case").order_by("case_id", "number")
    rows = rows.only("number", "digest", "kind", "published_by", "case__slug")
    seen = set()
    for edition in rows.iterator(chunk_size=2000):
        seen.add(name_of(edition))
        yield from _edition(edition, log.editions.get(name_of(edition)))
    for about in log.editions.keys() - seen:
        case, number = about.split("/")
        where = f"line {log.editions[about].number} of the log"
        yield f"Case {case}, edition {number}: it stands in {where}, and it is gone."
    yield from _removals(log)


def _chained(line: LogLine, log: Log) -> Iterator[str]:
    where, number = f"Line {line.number} of the log", len(log) + 1
    if line.number != number:
        yield f"{where}: line {number} is missing before it."
    before = log.digests[-1] if log.digests else ""
    log.digests.append(line.digest)
    try:
        said = json.loads(line.text)
    except ValueError:
        yield f"{where}: it cannot be read."
        return
    if hashlib.sha256(line.text.encode()).hexdigest() != line.digest:
        yield f"{where}: the digest does not fit what it says."
    if said.get("previous") != before:
        yield f"{where}: it does not follow from the line before it."
    named = (line.number, line.at.isoformat(), line.event)
    if named != tuple(said.get(name) for name in _OF_A_LINE[:3]):
        yield f"{where}: its columns differ from what it says."
    if not line.signature:
        log.unsigned += 1
    elif not head_at(line).holds:
        yield f"{where}: the signature does not fit."
    yield from _take_in(line, said, log)


def _take_in(line: LogLine, said: dict[str, Any], log: Log) -> Iterator[str]:
    of_this = {name: value for name, value in said.items() if name not in _OF_A_LINE}
    if line.event == Event.BEGINNING:
        found = {name: of_this.get(name, []) for name in _FOUND}
        if of_this.get("digest") != digest_of(found):
            yield f"Line {line.number} of the log: its digest is not over what was found."
        statements = [(_FOUND[name], one) for name in _FOUND for one in found[name]]
    else:
        statements = [(Event(line.event), of_this)]
    for event, one in statements:
        kept, about = _where(event, one, log)
        if kept is None:
            continue
        if about in kept:
            yield f"Line {line.number} of the log: line {kept[about].number} tells the same."
        kept[about] = Stated(line.number, event, one, line.salts.get(about, {}))


def _where(event: str, said: dict[str, Any], log: Log) -> tuple[dict[str, Stated] | None, str]:
    name = f"{said.get('case')}/{said.get('edition')}"
    if event in _EDITION:
        return log.editions, name
    if event == Event.REMOVAL:
        return log.removals, f"{name} removed"
    if event == Event.NOTICE:
        return log.notices, said.get("reference", "")
    return None, ""


def _signed(last: LogLine) -> Iterator[str]:
    key = signing_key()
    if key is not None and last.key != key.public:
        yield (
            f"The head of the log (line {last.number}) is not signed with the key of this site: "
            "somebody without it has written there, or the key is newer than the line."
        )


def _against(older: Head, log: Log) -> Iterator[str]:
    if older.signature and not older.holds:
        yield "The older head: its signature does not fit."
    if older.count > len(log):
        yield f"The log has {len(log)} lines, and it had {older.count}: lines were dropped."
    elif log.digests[older.count - 1] != older.digest:
        yield f"Line {older.count} of the log is not the one it was: the log was written anew."


def compare(where: str, again: Statement, stated: Stated) -> Iterator[str]:
    """A sentence for each part of what was stated that does not come out `again`."""
    for name, value in again.said.items():
        if stated.said.get(name) != value:
            meant = _MEANT.get(name, f"its {name}")
            yield f"{where}: {meant} is not as line {stated.number} of the log has it."


def _edition(edition: Edition, stated: Stated | None) -> Iterator[str]:
    where = f"{edition.case.slug}, edition {edition.number}"
    if stated is None:
        yield f"{where}: no line of the log tells of its publication."
        return
    yield from compare(where, of_edition(edition, stated.salts), stated)


def _removals(log: Log) -> Iterator[str]:
    seen = set()
    decided = Removal.objects.exclude(confirmed_at=None).select_related("edition__case")
    for removal in decided.defer("edition__record", "edition__body_html", "edition__notes"):
        where = f"{removal.edition.case.slug}, edition {removal.edition.number}"
        about = f"{name_of(removal.edition)} removed"
        seen.add(about)
        stated = log.removals.get(about)
        if stated is None:
            yield f"{where}: no line of the log tells of its removal."
        else:
            yield from compare(f"{where}, removal", of_removal(removal, stated.salts), stated)
    for about in log.removals.keys() - seen:
        where = f"line {log.removals[about].number} of the log"
        yield f"Case and edition {about}: that stands in {where}, and nobody decided it."


def head_from(text: str) -> Head:
    """The head in a file as `/about/record/head.json` has it. Raises ValueError."""
    try:
        found = json.loads(text)
        return Head(**{name: found[name] for name in Head.__dataclass_fields__})
    except (KeyError, TypeError) as error:
        raise ValueError(f"It is no head of a log: {error}.") from error


def as_text(head: Head) -> str:
    """The head as a file."""
    return canonical(head.as_dict()).decode() + "\n"
