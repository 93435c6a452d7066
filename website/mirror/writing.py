"""Writes the mirror: what changed and no more, each file whole, the stamp last.

First goes what may not be read any more; then come cases, what rests on them, and lists; then the
stamp. Exports and search, which take long, follow, and another stamp. A run that is ended at any
moment leaves files that are each as the site said them, and the next one goes on from there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.utils import timezone

from editions.log.appending import head
from serving.site_version import version
from website import mirror_stamp
from website.mirror_stamp import Stamp

from . import own_pages, search_index
from .alone import MOMENT, Alone
from .asking import Answer, ask
from .files import Folder, file_of
from .ledger import Kept, Ledger, opened
from .parts import Part, exports, parts
from .states import States

_EVERY_TIME = ("lists", "own", "exports")  # some of these say when they were made


class AnotherMirror(Exception):
    """The folder holds something else: another site's mirror, the other form, or other files."""


@dataclass
class Run:
    """What came of a run: files asked for, written and dropped; whether it was through; of a full
    pass, the addresses whose change nothing had told of (`states`)."""

    asked: int = 0
    written: int = 0
    dropped: int = 0
    finished: bool = False
    unseen: list[str] = field(default_factory=list)
    search: str = ""  # why there is none
    ends: float = field(default=float("inf"))

    @property
    def is_over(self) -> bool:
        """Whether its time is."""
        return monotonic() > self.ends


def write(
    root: Path,
    *,
    alone: bool = False,
    anew: bool = False,
    seconds: float | None = None,
    exports_after: timedelta = timedelta(0),
) -> Run:
    """Bring the mirror in that folder up to date, for so many seconds at most; then the next run
    goes on. With `anew` everything is asked for again, and compared. Exports and search are made
    where they are older than `exports_after` and the site has changed.

    Raises `ledger.Busy` where another run is at it, AnotherMirror, and `asking.NotAnswered`."""
    _refuse_others(root, alone)
    folder = Folder(root, squeeze=not alone)
    folder.writing.mkdir(parents=True, exist_ok=True)
    with opened(folder.writing.parent) as ledger:
        folder.prepare()
        run = Run(ends=monotonic() + seconds if seconds else float("inf"))
        return _Writing(folder, ledger, run, alone=alone, anew=anew).through(exports_after)


def _refuse_others(root: Path, alone: bool) -> None:
    stamp = mirror_stamp.read(root)
    if stamp and (stamp.site != settings.SITE_URL or stamp.alone != alone):
        raise AnotherMirror(f"{root} holds another mirror, of {stamp.site}. Name another folder.")
    if root.exists() and any(root.iterdir()) and not (root / ".mirror").exists():
        raise AnotherMirror(f"{root} is not empty, and no mirror. Name another folder.")


class _Writing:
    def __init__(
        self, folder: Folder, ledger: Ledger, run: Run, *, alone: bool, anew: bool
    ) -> None:
        self.folder, self.ledger, self.run = folder, ledger, run
        self.alone, self.anew = alone, anew
        self.began, self.version = timezone.now(), version().pages
        self.has_search = search_index.is_there()
        self.states = States()
        self.wanted = {p.name: p for p in self._parts()}
        self.old = ledger.states()
        self.own = own_pages.pages(alone=alone, has_search=self.has_search)
        self.page = Alone(set().__contains__, has_search=self.has_search)

    def _parts(self) -> Iterable[Part]:
        yield from parts(self.states, version=self.version, with_removed=self.alone)
        yield Part("own", self.version, lambda: [*self.own])

    def through(self, exports_after: timedelta) -> Run:
        before = mirror_stamp.read(self.folder.root)
        self._drop_what_is_removed()
        changed = [p for p in self.wanted.values() if self.anew or self.old.get(p.name) != p.state]
        known = self._drop_what_is_gone(changed)
        self.page = Alone(known.__contains__, has_search=self.has_search)
        for done, part in enumerate(changed):
            if done and self.run.is_over:  # one at least, or a slow machine would never be through
                return self.run
            self._write(part)
        stamp = self._stamp(before)
        mirror_stamp.write(self.folder.root, stamp)
        if self._is_due(before, exports_after):
            stamp = self._write_what_is_dear(stamp)
            mirror_stamp.write(self.folder.root, stamp)
        self.run.finished = True
        return self.run

    def _drop_what_is_removed(self) -> None:
        """Where an edition was removed since, whatever repeats many editions goes at once."""
        removed = self.states.removed
        if self.old.get("removed", removed) != removed:
            search_index.drop(self.folder)
            for name in ("exports", "lists"):
                self._drop(name, set())
        self.ledger.written("removed", removed, [])

    def _drop_what_is_gone(self, changed: list[Part]) -> set[str]:
        """Drop what no part has any more; returns all addresses that the mirror will have."""
        for name in self.old.keys() - self.wanted.keys() - {"exports", "removed"}:
            self._drop(name, set())
        for part in changed:
            addresses = part.addresses()
            self._drop(part.name, set(addresses))
            self.ledger.intend(part.name, addresses)
        return self.ledger.addresses() | set(exports(self.states, self.version).addresses())

    def _drop(self, part: str, but: set[str]) -> None:
        gone = [address for address in self.ledger.files(part) if address not in but]
        for address in gone:
            self.folder.drop(file_of(address))
        if gone:
            self.ledger.forget(part)
            self.ledger.dropped(gone)
            self.run.dropped += len(gone)

    def _write(self, part: Part) -> None:
        known, written, gone = self.ledger.files(part.name), [], []
        for address in part.addresses():
            digest = self._write_one(address, known.get(address, ""))
            if digest:
                written.append(Kept(address, digest))
                if self._is_unseen(part) and digest != known.get(address):
                    self.run.unseen.append(address)
            else:
                gone.append(address)
        self.ledger.dropped(gone)
        self.ledger.written(part.name, part.state, written)

    def _is_unseen(self, part: Part) -> bool:
        """Whether nothing told that it has changed: lists are made anew with every version."""
        return self.old.get(part.name) == part.state and part.name not in _EVERY_TIME

    def _write_one(self, address: str, known: str) -> str:
        """The digest of what stands there now; "" where there is nothing, and no file."""
        self.run.asked += 1
        answer = self._answer(address)
        if answer.status != 200 and not (self.alone and answer.status == 410):
            self.folder.drop(file_of(address))
            return ""
        pieces = answer.pieces
        if self.alone and answer.is_page:
            page = self.page.page(address, b"".join(pieces))
            digest = self._put_dated(address, page, known)
        else:
            digest = self.folder.put(file_of(address), pieces, known)
        self.run.written += digest != known
        return digest

    def _answer(self, address: str) -> Answer:
        if address in self.own:
            return Answer(200, {"content-type": "text/html"}, [self.own[address]()])
        return ask(address)

    def _put_dated(self, address: str, page: bytes, known: str) -> str:
        """A page that says when it was written; for that alone it is not written again."""
        digest = Folder.digest(page)
        if digest != known or not (self.folder.root / file_of(address)).exists():
            moment = f"{self.began:%-d %B %Y, %H:%M} UTC"
            self.folder.put(file_of(address), [page.replace(MOMENT.encode(), moment.encode())])
        return digest

    def _is_due(self, before: Stamp | None, exports_after: timedelta) -> bool:
        part = exports(self.states, self.version)
        if self.anew or before is None or self.old.get("exports") is None:
            return True
        if self.old["exports"] == part.state:
            return False
        return before.seconds_since_exports >= exports_after.total_seconds()

    def _write_what_is_dear(self, stamp: Stamp) -> Stamp:
        part = exports(self.states, self.version)
        self.ledger.intend(part.name, part.addresses())
        self._write(part)
        try:
            if self.has_search:
                search_index.make(self.folder)
            else:
                self.run.search = "Pagefind is not installed"
        except search_index.SearchFailed as error:
            self.run.search = str(error)
        return replace(
            stamp,
            exports_version=self.version,
            exports_as_of=self.began.isoformat(),
            has_search=not self.run.search,
            files=self.ledger.count(),
        )

    def _stamp(self, before: Stamp | None) -> Stamp:
        found: Any = head()
        return Stamp(
            site=settings.SITE_URL,
            name=settings.SITE_NAME,
            site_version=self.version,
            as_of=self.began.isoformat(),
            checked_at=self.began.isoformat(),
            exports_version=before.exports_version if before else "",
            exports_as_of=before.exports_as_of if before else "",
            head=found.as_dict() if found else {},
            files=self.ledger.count(),
            alone=self.alone,
            has_search=before.has_search if before else False,
        )
