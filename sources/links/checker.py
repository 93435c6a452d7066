"""Asks one address, step by step: robots.txt, HEAD, GET, and the same wherever it leads."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.utils.translation import gettext as _

from .asking import Answer, Door
from .hosts import Target, target_of
from .page_text import is_page, look_in, title_of
from .robots import Robots, redirected
from .verdicts import Limits, Outcome, Trouble, Verdict

_FOR_GOOD, _FOR_NOW = (301, 308), (302, 303, 307)
_LONGEST_WAIT = timedelta(days=7)


@dataclass
class _Way:
    """Where redirects have led so far."""

    targets: list[Target]
    for_good: list[bool] = field(default_factory=list)

    @property
    def here(self) -> Target:
        return self.targets[-1]

    def verdict(self, outcome: Outcome, **said: object) -> Verdict:
        """What is said of the first address, of which this is the last."""
        final = self.here.url if self.for_good else ""
        return Verdict(outcome, final=final, **said)  # type: ignore[arg-type]


class Checker:
    """Asks addresses through one door. `agent` says who asks and where that is explained."""

    def __init__(self, agent: str, *, limits: Limits | None = None, door: Door | None = None):
        self.door = door or Door(agent, limits or Limits())
        self.robots = Robots(self.door)

    def check(self, address: str, passages: Sequence[str] = ()) -> Verdict:
        """What comes of asking `address` now; each of `passages` is looked for in the text of the
        page that is found there, and `found` of the verdict answers in their order."""
        until = time.monotonic() + self.door.limits.everything
        try:
            way = _Way([target_of(address, loopback=self.door.loopback)])
        except Trouble as trouble:
            return Verdict(trouble.outcome, detail=trouble.detail)
        try:
            return self._followed(way, passages, until)
        except Trouble as trouble:
            return way.verdict(trouble.outcome, status=trouble.status, detail=trouble.detail)

    def _followed(self, way: _Way, passages: Sequence[str], until: float) -> Verdict:
        while True:
            if not self.robots.allow(way.here, until=until):
                return way.verdict(Outcome.REFUSED, detail="robots.txt")
            answer = self._asked(way.here, until)
            if answer.status not in (*_FOR_GOOD, *_FOR_NOW):
                break
            if len(way.targets) > self.door.limits.redirects:
                raise Trouble(Outcome.ENDLESS, status=answer.status)
            way.targets.append(redirected(way.here, answer.headers.get("Location", ""), self.door))
            way.for_good.append(answer.status in _FOR_GOOD)
        verdict = _judged(way, answer, passages)
        delay = timedelta(seconds=self.robots.delay(way.targets[0], until=until))
        return replace(verdict, leave_alone=max(verdict.leave_alone, delay))

    def _asked(self, target: Target, until: float) -> Answer:
        """The head alone where that says enough, which spares a server a file; else the whole.
        What HEAD denies, GET decides: many a server knows no HEAD, or answers it wrongly."""
        try:
            head = self.door.ask("HEAD", target, until=until)
        except Trouble as trouble:
            if not trouble.connected:
                raise
        else:
            if head.status in (*_FOR_GOOD, *_FOR_NOW):
                return head
            is_file = 200 <= head.status < 300 and head.media_type and not is_page(head.media_type)
            if is_file or head.status == 429 or "Retry-After" in head.headers:
                return head
        return self.door.ask("GET", target, until=until, wanted=_is_worth_reading)


def _is_worth_reading(answer: Answer) -> bool:
    return 200 <= answer.status < 300 and is_page(answer.media_type)


def _judged(way: _Way, answer: Answer, passages: Sequence[str]) -> Verdict:
    status = answer.status
    wait = _retry_after(answer)
    if 200 <= status < 300:
        found = look_in(answer, passages)
        moved = _moved_to(way)
        return way.verdict(
            Outcome.REDIRECTED if moved else Outcome.OK,
            status=status,
            moved_to=moved,
            title=title_of(answer),
            found=found,
            detail="" if answer.is_whole else _("Only the beginning of it was read."),
            leave_alone=wait,
        )
    if status in (404, 410):
        outcome = Outcome.GONE
    elif status >= 500:
        outcome = Outcome.SERVER_ERROR
    elif status >= 400:
        outcome = Outcome.REFUSED  # 401, 403, 429, 451 and the like: not to us, or not now
    else:
        outcome = Outcome.UNREACHABLE
    return way.verdict(outcome, status=status, leave_alone=wait)


def _moved_to(way: _Way) -> str:
    """The new address where all redirects are permanent; not worth a word where http alone became
    https."""
    if not way.for_good or not all(way.for_good):
        return ""
    first, last = way.targets[0], way.here
    same = (first.host, first.path, "https") == (last.host, last.path, last.scheme)
    return "" if same or first == last else last.url


def _retry_after(answer: Answer) -> timedelta:
    """For how long a server that is busy asks to be left alone (RFC 9110, 10.2.3)."""
    said = answer.headers.get("Retry-After", "").strip()
    if answer.status not in (429, 503) or not said:
        return timedelta(0)
    if said.isascii() and said.isdecimal():
        return min(timedelta(seconds=int(said[:9])), _LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError):
        return timedelta(0)
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(timedelta(0), min(at - datetime.now(UTC), _LONGEST_WAIT))
