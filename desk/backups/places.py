"""What a backup asks of a database, whichever kind it is."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from pathlib import Path

from .facts import Facts, differences


class CannotBackUp(Exception):
    """Why nothing was made or brought back, in words for an operator."""


class Place(ABC):
    """A database: the site's own, or one for a trial. `kind` stands in manifests, `member` is the
    name of its copy in a backup."""

    kind: str
    member: str

    @property
    @abstractmethod
    def name(self) -> str:
        """What an operator calls it; no password is in it."""

    @property
    @abstractmethod
    def url(self) -> str:
        """What DATABASE_URL says to use it."""

    @abstractmethod
    def dump(self, file: Path) -> Facts:
        """Write a copy of one moment into `file` while others read and write, and return what it
        holds. Raises CannotBackUp."""

    @abstractmethod
    def is_empty(self) -> bool:
        """Whether it holds no table, or is not there yet."""

    @abstractmethod
    def restore(self, file: Path, statements: list[str], kept: Facts) -> None:
        """Bring a copy back into this empty database and run the statements: all of it or nothing.
        Raises CannotBackUp, also where it does not hold what is `kept`."""

    @abstractmethod
    def set_aside(self, at: str) -> str:
        """Give it another name, which is returned, so that its own is free. Raises CannotBackUp
        while it is used."""

    @abstractmethod
    def scratch(self, folder: Path) -> AbstractContextManager["Place"]:
        """An empty one of the same kind, which is gone afterwards."""

    def refuse_differences(self, kept: Facts, found: Facts) -> None:
        """Raises CannotBackUp where what was brought back is not what was kept."""
        said = differences(kept, found)
        if said:
            raise CannotBackUp("What was brought back is not the backup. " + " ".join(said))
