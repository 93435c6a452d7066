"""Writes the log: each line in the transaction of what it tells, in the turn of publishing."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from editions.models import LogLine
from editions.record.digest import canonical
from editions.turns import one_at_a_time

from .signing import Head, SigningKey, signing_key
from .statements import Statement, digest_of

FORMAT = 1
Event = LogLine.Event


def append(event: str, statement: Statement) -> LogLine:
    """Write the next line. Call it in the transaction of what it tells, before any row is locked
    that others lock in their turn. Two queries, and one for the lock on PostgreSQL.

    A log that is not there yet begins; a key that is new is announced by a line before."""
    one_at_a_time()
    last = _last() or begin([], [], [])
    key = signing_key()
    return _write(
        LogLine,
        _announced(last, key),
        event,
        statement.said,
        key=key,
        about=statement.about,
        salts={statement.about: statement.salts},
    )


def announce_key() -> LogLine | None:
    """Write a line that says with which key the log is signed from now on, where that is new. Call
    it in a transaction."""
    one_at_a_time()
    last = _last() or begin([], [], [])
    announced = _announced(last, signing_key())
    return announced if announced is not last else None


def begin(
    editions: Iterable[Statement],
    removals: Iterable[Statement],
    notices: Iterable[Statement],
    *,
    model: Any = LogLine,
) -> LogLine:
    """Write the first line: all that there is, as it was found. `model` is for migrations."""
    found = {"editions": list(editions), "removals": list(removals), "notices": list(notices)}
    said: dict[str, Any] = {name: [s.said for s in some] for name, some in found.items()}
    said |= {
        "format": FORMAT,
        "digest": digest_of(said),
        "note": "Found when the log began: not witnessed before.",
    }
    key = signing_key()
    if key is not None:
        said["public_key"] = key.public
    salts = {s.about: s.salts for some in found.values() for s in some}
    return _write(model, None, Event.BEGINNING, said, key=key, about="", salts=salts)


def head() -> Head | None:
    """The newest line, as it is published. One query."""
    last = _last()
    return head_at(last) if last else None


def head_line() -> str:
    """The same as feeds and tables repeat it; blank where the log has not begun."""
    found = head()
    return found.line if found else ""


def head_at(line: Any) -> Head:
    """What the head was when the line was the last."""
    return Head(line.number, line.digest, line.at.isoformat(), line.key, line.signature)


def _last() -> LogLine | None:
    return LogLine.objects.order_by("-number").defer("text", "salts").first()


def _announced(last: LogLine, key: SigningKey | None) -> LogLine:
    if key is None or key.public == last.key:
        return last
    said = {"public_key": key.public, "digest": digest_of({"public_key": key.public})}
    return _write(LogLine, last, Event.KEY, said, key=key, about="", salts={})


def _write(
    model: Any,
    last: Any,
    event: str,
    said: dict[str, Any],
    *,
    key: SigningKey | None,
    about: str,
    salts: dict[str, dict[str, str]],
) -> Any:
    at, number = timezone.now(), last.number + 1 if last else 1
    line = {**said, **_place(number, at, event, last.digest if last else "")}
    text = canonical(line)
    unsigned = Head(number, hashlib.sha256(text).hexdigest(), at.isoformat())
    written = model(
        number=number,
        at=at,
        event=event,
        about=about,
        text=text.decode(),
        digest=unsigned.digest,
        key=key.public if key else "",
        signature=key.signature(unsigned) if key else "",
        salts=salts,
    )
    written.save(force_insert=True)
    return written


def _place(number: int, at: datetime, event: str, previous: str) -> dict[str, Any]:
    return {
        "number": number,
        "at": at.isoformat(),
        "event": str(event),
        "previous": previous,
    }
