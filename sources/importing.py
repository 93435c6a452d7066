"""Takes references in: what a file says, what of it is here already, and what is stored of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from revisions import revision_block

from .formats import NotCsl, csl_json, from_csl
from .keys import proposed_key
from .likeness import Known, Likeness
from .models import Contributor, Source
from .reference_files import ReadReference
from .services import create_source, take_over


class Choice(Enum):
    """What is done with a reference."""

    ADD = "add"
    KEEP = "keep"  # what is here stays as it is
    FILL = "fill"  # what is here is filled where it is blank
    LEAVE = "leave"


@dataclass
class Understood:
    """A reference of a file. `key` is what it would be cited by, `likes` what it resembles: sources
    that are here, or references before it in the file, by their keys. `problem` says why it cannot
    be stored, "" where it can; `source` and `contributors` are not stored yet."""

    number: int
    read: ReadReference
    key: str
    likes: list[Likeness]
    problem: str = ""
    source: Source | None = None
    contributors: list[Contributor] = field(default_factory=list)

    @property
    def proposed(self) -> Choice | None:
        """What is done unless one chooses otherwise; None where one has to choose."""
        if self.problem:
            return Choice.LEAVE
        if not self.likes:
            return Choice.ADD
        return Choice.KEEP if self.likes[0].sure else None


@dataclass
class Imported:
    """What became of references: by their number in the file, the key of what was added, or of what
    was kept or filled, or "" for what was left out."""

    added: dict[int, str] = field(default_factory=dict)
    filled: dict[int, str] = field(default_factory=dict)
    kept: dict[int, str] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)


def understand(
    references: Iterable[ReadReference], other_names: Mapping[str, str] | None = None
) -> list[Understood]:
    """What each reference is, and what it resembles; a few queries. `other_names` are those of
    bodies, each with the name by which it goes. Stores nothing."""
    sources = Source.objects.prefetch_related("contributors")
    taken = {key.casefold() for key in Source.objects.values_list("key", flat=True)}
    known = Known((csl_json(source) for source in sources.kept().iterator(500)), other_names)
    found = []
    for number, read in enumerate(references, start=1):
        item = {**read.item, "id": proposed_key(read.item, taken)}
        one = Understood(number, read, item["id"], known.like(item))
        try:
            one.source, one.contributors = from_csl(item)
            _check(one.source, one.contributors)
        except NotCsl as error:
            one.problem = str(error)
        except ValidationError as error:
            one.problem = _sentence(error)
        else:
            taken.add(one.key.casefold())
            known.add(item)
        found.append(one)
    return found


def _check(source: Source, contributors: list[Contributor]) -> None:
    """Raises ValidationError for what the database would refuse, but for a key that is taken."""
    source.clean_fields()
    source.clean()
    for row in contributors:
        row.clean_fields(exclude=["source"])
        row.clean()
        row.validate_constraints(exclude=["source"])


def _sentence(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    meta = Source._meta
    fields = {f.name: str(f.verbose_name) for f in meta.fields} | {"__all__": ""}
    said = [
        f"{fields.get(name, name)}: {' '.join(messages)}".removeprefix(": ")
        for name, messages in error.message_dict.items()
    ]
    return " ".join(said)


class Unchosen(ValueError):
    """References for which one has to choose; `numbers` are theirs."""

    def __init__(self, numbers: list[int]) -> None:
        super().__init__(
            _("Say what is to be done with each of these: %s.") % ", ".join(map(str, numbers))
        )
        self.numbers = numbers


def store(
    understood: list[Understood],
    choices: Mapping[int, tuple[Choice, str]],
    *,
    by: User | None,
    reason: str,
) -> Imported:
    """Do what was chosen for each reference, by its number: the choice, and the key of the source
    that it is, for KEEP and FILL. What nobody chose is done as proposed. One revision.

    Raises Unchosen where one has to choose, ValidationError and ReasonMissing; then nothing is
    stored.
    """
    chosen = {one.number: choices.get(one.number) or _as_proposed(one) for one in understood}
    if unchosen := [number for number, choice in chosen.items() if choice is None]:
        raise Unchosen(unchosen)
    done = Imported()
    same: dict[str, str] = {}  # a reference of this file that was not added: what it is
    with revision_block.recorded(by=by, reason=reason):
        for one in understood:
            choice, key = chosen[one.number] or (Choice.LEAVE, "")
            key = same.get(key, key)
            if choice is Choice.LEAVE or one.source is None or one.problem:
                done.left.append(one.number)
            elif choice is Choice.ADD:
                create_source(one.source, one.contributors, by=by, reason=reason)
                done.added[one.number] = one.key
            else:
                same[one.key] = key
                if choice is Choice.FILL:
                    _fill(one, key)
                (done.filled if choice is Choice.FILL else done.kept)[one.number] = key
    return done


def _as_proposed(one: Understood) -> tuple[Choice, str] | None:
    choice = one.proposed
    return None if choice is None else (choice, one.likes[0].key if one.likes else "")


def _fill(one: Understood, key: str) -> None:
    assert one.source is not None  # noqa: S101 - store() leaves out what has none
    kept = Source.objects.kept().select_for_update(no_key=True).get(key=key)
    for row in one.contributors:
        row.source = kept
    take_over(one.source, kept, one.contributors)
    revision_block.save(kept)


def report(understood: list[Understood], done: Imported | None = None) -> list[dict[str, Any]]:
    """One object for each reference: `number`, `line`, `status`, `key`, `item` (CSL-JSON), `unread`
    (line and words), `resembles` (`key`, `sure`, `why`) and `problem`. `status` is new, known,
    resembles or refused; and where it was `done`, added, filled, kept or left."""
    return [
        {
            "number": one.number,
            "line": one.read.line,
            "status": _done(one, done) if done else _status(one),
            "key": one.key,
            "item": one.read.item,
            "unread": [{"line": line, "text": words} for line, words in one.read.unread],
            "resembles": [like._asdict() for like in one.likes],
            "problem": one.problem,
        }
        for one in understood
    ]


def _status(one: Understood) -> str:
    if one.problem:
        return "refused"
    return {Choice.ADD: "new", Choice.KEEP: "known"}.get(one.proposed or Choice.LEAVE, "resembles")


def _done(one: Understood, done: Imported) -> str:
    if one.problem:
        return "refused"
    for name in ("added", "filled", "kept"):
        if one.number in getattr(done, name):
            return name
    return "left"
