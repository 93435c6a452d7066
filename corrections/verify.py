"""Proves that notices are those that the log tells of, and that no event was changed or lost."""

from collections.abc import Iterator

from editions.log.verify import Log, Stated, compare

from .models import Correction, CorrectionEvent, Notice
from .statements import digest_of_event, of_notice, withheld


def faults(log: Log) -> Iterator[str]:
    """A sentence for every notice that is not as the log tells, and every event that is not as it
    was."""
    yield from _notices(log)
    yield from _events()


def _notices(log: Log) -> Iterator[str]:
    seen = set()
    found = Notice.objects.public().order_by("pk")
    for notice in found.iterator(chunk_size=500):
        seen.add(notice.reference)
        stated = log.notices.get(notice.reference)
        if stated is None:
            yield f"Notice {notice.reference}: no line of the log tells of it."
        else:
            yield from _notice(notice, stated)
    for reference in log.notices.keys() - seen:
        where = f"line {log.notices[reference].number} of the log"
        yield f"Notice {reference}: it stands in {where}, and it is gone."


def _notice(notice: Notice, stated: Stated) -> Iterator[str]:
    gone = [part for part in _withheld(notice) if part not in stated.salts]
    was = stated.said.get("quotes", {})
    again = of_notice(notice, stated.salts, {part: was.get(part, "") for part in gone})
    said = [part for part in gone if getattr(notice, part) not in _in_its_place(notice, part)]
    for part in said:
        yield f"Notice {notice.reference}: “{part}” was withheld, and something stands there."
    yield from compare(f"Notice {notice.reference}", again, stated)


def _withheld(notice: Notice) -> Iterator[str]:
    """The parts that go with an edition that was removed lawfully."""
    if notice.found_in.is_removed:
        yield "before"
    if notice.mended_in and notice.mended_in.is_removed:
        yield "after"
    if notice.why in _in_its_place(notice, "why"):
        yield "why"


def _in_its_place(notice: Notice, part: str) -> tuple[str, ...]:
    """What may stand where a part was withheld."""
    if part != "why":
        return ("",)
    removed = [e for e in (notice.found_in, notice.mended_in) if e and e.is_removed]
    return tuple(withheld(edition.number) for edition in removed)


def _events() -> Iterator[str]:
    events = CorrectionEvent.objects.select_related("correction").order_by("correction_id", "pk")
    events = events.only(
        *("at", "by", "action", "note", "digest"),
        *("correction__reference", "correction__events_digest"),
    )
    last: CorrectionEvent | None = None
    seen = set()
    for event in events.iterator(chunk_size=2000):
        if last and last.correction_id != event.correction_id:
            yield from _complete(last)
            last = None
        if event.digest != digest_of_event(event, last.digest if last else ""):
            yield (
                f"Correction {event.correction.reference}: its event “{event.action}” was "
                "changed, or one before it is gone."
            )
        seen.add(event.correction_id)
        last = event
    if last:
        yield from _complete(last)
    for pk, reference in Correction.objects.values_list("pk", "reference"):
        if pk not in seen:
            yield f"Correction {reference}: its events are gone."


def _complete(last: CorrectionEvent) -> Iterator[str]:
    if last.correction.events_digest != last.digest:
        yield f"Correction {last.correction.reference}: its last event is gone, or one was added."
