"""The stamp of a mirror, `mirror.json` in its folder: of when and of what it is. Written last."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone

NAME = "mirror.json"
_PUSHED = ".mirror/pushed.json"


@dataclass(frozen=True)
class Stamp:
    """`as_of` is the moment from which all of it is; `checked_at` when it was last found to be as
    the site is. `head` is that of the log; `exports_as_of` says the same of the exports and the
    search."""

    site: str
    name: str
    site_version: str
    as_of: str
    checked_at: str
    exports_version: str
    exports_as_of: str
    head: dict[str, object]
    files: int
    alone: bool
    has_search: bool

    @property
    def seconds(self) -> float:
        """How long ago it was last found to be as the site is."""
        return _seconds_since(self.checked_at)

    @property
    def seconds_since_exports(self) -> float:
        """The same of the exports and the search; for ever where there are none."""
        return _seconds_since(self.exports_as_of) if self.exports_as_of else float("inf")


def _seconds_since(moment: str) -> float:
    return (timezone.now() - datetime.fromisoformat(moment)).total_seconds()


def read(folder: Path) -> Stamp | None:
    """The stamp of the mirror in that folder; None where no run has been through."""
    try:
        said = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return Stamp(**said)
    except (FileNotFoundError, ValueError, TypeError):
        return None


def write(folder: Path, stamp: Stamp) -> None:
    """Put it in place of the one before, whole."""
    _put(folder / NAME, asdict(stamp))


@dataclass(frozen=True)
class Pushed:
    """What came of the last push: what was pushed (`mark`), when it ended, what was wrong."""

    mark: str
    at: str
    error: str


def last_push(folder: Path) -> Pushed | None:
    """What came of the last one; None where there was none."""
    try:
        return Pushed(**json.loads((folder / _PUSHED).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def write_push(folder: Path, pushed: Pushed) -> None:
    """Keep what came of one."""
    _put(folder / _PUSHED, asdict(pushed))


def _put(file: Path, said: dict[str, object]) -> None:
    beside = file.with_name(f"{file.name}.new")
    with beside.open("w", encoding="utf-8") as new:
        json.dump(said, new, indent=1)
        new.write("\n")
        new.flush()
        os.fsync(new.fileno())
    beside.replace(file)
