"""Asks archives of the web for a copy of a page, and to make one.

Both ways in which archives answer are read: the availability API of the Wayback Machine
(https://archive.org/help/wayback_api.php) and a TimeGate of Memento (RFC 7089). Which archive is
asked, its address says: `{url}` stands for the page, `{timestamp}` for the day.
"""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlencode, urljoin

from .asking import Answer, Door
from .hosts import target_of
from .verdicts import Outcome, Trouble

_STAMP = re.compile(r"/((?:19|20)[0-9]{12})[a-z_]*/")
_MEMENTO = re.compile(r"<([^<>]+)>([^<]*\brel=\"[^\"]*\bmemento\b[^\"]*\"[^<]*)")
_DATED = re.compile(r"\bdatetime=\"([^\"]+)\"")
_LARGEST = 200_000


@dataclass(frozen=True)
class Copy:
    """An archived copy, and the day that it is of, where that is known."""

    url: str
    day: date | None


@dataclass(frozen=True)
class Archive:
    """An archive. `lookup` is asked for copies; `save` to make one: with GET where it has {url}
    in it, else with POST as Save Page Now 2 is. `authorization` goes with the latter."""

    door: Door
    lookup: str = ""
    save: str = ""
    authorization: str = ""

    def nearest(self, address: str, day: date | None) -> Copy | None:
        """The copy nearest to `day`, or the newest; None where there is none. Raises Trouble."""
        if not self.lookup:
            return None
        stamp = f"{day:%Y%m%d}" if day else ""
        asked = _filled(self.lookup, address, stamp)
        headers = {}
        if day:
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            headers["Accept-Datetime"] = format_datetime(noon, usegmt=True)
        answer = self._ask("GET", asked, headers=headers)
        if answer.status == 200 and "json" in answer.media_type:
            return _available(answer.body)
        if answer.status == 429 or answer.status >= 500:
            raise Trouble(Outcome.SERVER_ERROR, connected=True, status=answer.status)
        return _memento(asked, answer)

    def ask_for_copy(self, address: str) -> bool:
        """Ask for a copy to be made; whether the archive took it on. Raises Trouble."""
        if not self.save:
            return False
        headers = {"Accept": "application/json"}
        if self.authorization:
            headers["Authorization"] = self.authorization
        if "{url}" in self.save:
            answer = self._ask("GET", _filled(self.save, address, ""), headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({"url": address, "skip_first_archive": "1"}).encode()
            answer = self._ask("POST", self.save, headers=headers, body=body)
        return 200 <= answer.status < 400

    def _ask(
        self, method: str, address: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> Answer:
        target = target_of(address, loopback=self.door.loopback)
        until = time.monotonic() + self.door.limits.total
        return self.door.ask(method, target, until=until, headers=headers, body=body, most=_LARGEST)


def _filled(form: str, address: str, stamp: str) -> str:
    """In a query the address is one value; in a path it stands as it is."""
    in_query = "?" in form.partition("{url}")[0]
    url = quote(address, safe="" if in_query else ":/?&=%#~!$'()*+,;@")
    return form.replace("{url}", url).replace("{timestamp}", stamp)


def _available(body: bytes) -> Copy | None:
    """What the availability API says: {"archived_snapshots": {"closest": {…}}}, or {} in it."""
    try:
        answer: Any = json.loads(body)
        closest = answer["archived_snapshots"]["closest"]
        if not closest["available"] or not str(closest.get("status", "200")).startswith("2"):
            return None
        return _copy(str(closest["url"]), str(closest["timestamp"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _memento(asked: str, answer: Answer) -> Copy | None:
    """What a TimeGate says: a redirect to the memento, or the memento itself."""
    if answer.status in (301, 302, 303, 307, 308):
        url = answer.headers.get("Location", "")
    elif answer.status == 200 and "Memento-Datetime" in answer.headers:
        url = answer.headers.get("Content-Location", asked)
    else:
        return None
    url = urljoin(asked, url)
    said = answer.headers.get("Memento-Datetime", "")
    for linked, attributes in _MEMENTO.findall(answer.headers.get("Link", "")):
        dated = _DATED.search(attributes)
        if dated and urljoin(asked, linked) == url:
            said = said or dated[1]
    return _copy(url, said)


def _copy(url: str, when: str) -> Copy | None:
    """The copy, if its address is one; the day also stands in most such addresses."""
    if len(url) > 1000 or not re.fullmatch(r"https?://[^\s<>\"]+", url):
        return None
    return Copy(url, _day(when) or day_of(url))


def day_of(url: str) -> date | None:
    """The day that the address of an archived copy names, as most do."""
    stamp = _STAMP.search(url)
    return _day(stamp[1]) if stamp else None


def _day(text: str) -> date | None:
    try:
        if re.fullmatch(r"[0-9]{14}", text):
            return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC).date()
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return None
