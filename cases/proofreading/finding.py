"""What proofreading says of a case: a finding, its grade, and how it is mended in one step."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import FACT_ROWS

if TYPE_CHECKING:
    from .reading import Reading

_ROWS = {name: name for name in FACT_ROWS} | {"organisations": "participations"}
Words = str | Promise
_SHOWN = 110  # characters of an example
_LINES = re.compile(r"\s*\n\s*")


class Grade(TextChoices):
    """An error stops publication; a warning is shown and counted, and needs no act; a hint is off
    until it is asked for."""

    ERROR = "error", _("error")
    WARNING = "warning", _("warning")
    HINT = "hint", _("hint")


ORDER = {grade: number for number, grade in enumerate(Grade)}


class Found(NamedTuple):
    """What a rule noticed. `place` is the text by which the finding is known again, where that is
    not the sentence at `span`: two offsets in the text of `field`."""

    message: str
    field: str = ""
    line: int | None = None
    place: str = ""
    span: tuple[int, int] | None = None


class Mending(NamedTuple):
    """What stands in a field, from which offset on, what would stand there, and as it is shown: a
    few words before and after."""

    field: str
    start: int
    before: str
    after: str
    left: str = ""
    right: str = ""

    def on(self, text: str) -> str | None:
        """The text mended; None where something else stands there by now."""
        end = self.start + len(self.before)
        if text[self.start : end] != self.before:
            return None
        return text[: self.start] + self.after + text[end:]


@dataclass(frozen=True)
class Finding:
    """One thing a proofreader noticed. `fingerprint` stays as long as the text that it is about;
    `dismissed` is who looked at it and let it stand (`cases.models.Dismissal`)."""

    code: str
    message: str
    field: str = ""
    line: int | None = None
    grade: str = Grade.WARNING
    place: str = ""
    mending: Mending | None = None
    dismissed: Any = None

    @property
    def blocks(self) -> bool:
        """Whether publication is refused until it is mended."""
        return self.grade == Grade.ERROR

    @property
    def anchor(self) -> str:
        """The id of what it is about on the form of the case."""
        if self.field in _ROWS:
            return f"{_ROWS[self.field]}-group"
        return f"id_{self.field}" if self.field else ""

    @property
    def fingerprint(self) -> str:
        """Of its rule and of the text that it is about; not of its line, which moves."""
        about = "\n".join((self.code, self.field, " ".join((self.place or self.message).split())))
        return hashlib.sha256(about.encode()).hexdigest()[:32]

    @property
    def name(self) -> str:
        """What a form sends for it."""
        return f"{self.code}:{self.fingerprint}"

    def let_stand(self, dismissed: Any) -> "Finding":
        """The same, dismissed."""
        return replace(self, dismissed=dismissed)


Example = Mapping[str, Any]
"""A case as it would be written: a text by the name of its field, facts by slug or code, and
`sources`, `organisations` and `others` (cases) that are there besides."""


def in_words(example: Example) -> str:
    """An example as a line: “body: They left the the town.”"""
    parts = []
    for name, value in example.items():
        if isinstance(value, str | int | None) and not isinstance(value, bool):
            words = _LINES.sub(" ¶ ", str(value or "–")).strip()
        else:
            words = _flat(value)
        cut = words if len(words) <= _SHOWN else f"{words[:_SHOWN]} …"
        parts.append(f"{name.replace('_', ' ')}: {cut}")
    return "; ".join(parts)


def _flat(value: Any) -> str:
    """Rows and lists without their brackets."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_flat(one)}" for name, one in value.items()) or "–"
    if isinstance(value, list | tuple):
        return ", ".join(map(_flat, value)) or "–"
    return " ".join(str(value).split()) if value is not True else "✓"


@dataclass(frozen=True)
class Rule:
    """What proofreading looks for. `trips` is an example in which it finds something, `misses` one
    that is near it, in which it does not; both are tested. `mend`, where a mending in one step is
    safe, makes of the piece of text that was found the one that should stand there. Findings of a
    rule that is `kept` are made when the case is saved, for they ask the whole collection."""

    code: str
    grade: Grade
    title: Words
    why: Words
    find: Callable[["Reading"], Iterator[Found]]
    trips: Example
    misses: Example
    mend: Callable[[str], str] | None = None
    kept: bool = False

    @property
    def may_be_off(self) -> bool:
        """Whether an administrator may turn it off, and an editor dismiss what it finds. What
        stops publication protects what is published: the text as it was written, and the record."""
        return self.grade != Grade.ERROR
