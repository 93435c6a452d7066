"""Stores changes as one revision in one transaction, with who made them and why."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import reversion
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, prefetch_related_objects
from django.utils.translation import gettext as _

from serving.site_version import bump

from . import audit
from .models import Revised

_CHANGED: ContextVar[list[Revised]] = ContextVar("changed")  # in this block, and readers see it


class ReasonMissing(ValueError):
    """A revision was asked for without a reason."""


class StaleLock(RuntimeError):
    """The object was saved by somebody else since the caller read it."""


@contextmanager
def recorded(*, by: User | None, reason: str) -> Iterator[None]:
    """Everything saved inside is one revision by `by`, kept with `reason`.

    The site version is bumped with it where readers see as it stands what was changed
    (`Revised.is_shown_as_it_stands`); once, by the outermost of nested blocks.
    Raises ReasonMissing when the reason is blank; on any error nothing is stored.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say in a few words why: the reason is kept with the revision."))
    with transaction.atomic(), reversion.create_revision(atomic=False):
        if by is not None:
            reversion.set_user(by)
        reversion.set_comment(reason.strip())
        if _CHANGED.get(None) is not None:
            yield
            return
        changed: list[Revised] = []
        token = _CHANGED.set(changed)
        try:
            yield
        finally:
            _CHANGED.reset(token)
        if changed:
            bump()


@contextmanager
def taken_once(obj: Revised, rows: Mapping[str, Sequence[Model]] | None = None) -> Iterator[None]:
    """What is stored inside of `obj` and its rows goes into the revision once, at the end: with
    every row by itself, reversion reads and writes all of them each time. `rows` are, by
    relation, all that `obj` has by then: they are not read again."""
    with reversion.create_revision(manage_manually=True, atomic=False):
        yield
        known = getattr(obj, "_prefetched_objects_cache", {})
        obj._prefetched_objects_cache = {**known, **(rows or {})}  # type: ignore[attr-defined]
        reversion.add_to_revision(obj)
        obj._prefetched_objects_cache = known  # type: ignore[attr-defined]


@contextmanager
def read_once(row: Model, *relations: str) -> Iterator[None]:
    """These relations of a row are read once for all that asks inside, where none of them may
    change."""
    prefetch_related_objects([row], *relations)
    try:
        yield
    finally:
        row._prefetched_objects_cache = {}  # type: ignore[attr-defined]


def store(row: Model, *, trusted: Collection[str] = ()) -> None:
    """Validate and store a row (inside `recorded`); raises ValidationError with all that is wrong.

    What the database holds by itself, that a value is unique or a condition met, is asked in words
    only where it has refused the row: a row costs one statement, not one more for each constraint.
    `trusted` names the fields that the caller itself has set.
    """
    try:
        row.full_clean(exclude=trusted, validate_unique=False, validate_constraints=False)
        with transaction.atomic():
            row.save()
    except (ValidationError, IntegrityError):
        row.full_clean(exclude=trusted)
        raise


def save(obj: Revised, *, audited: bool = True) -> None:
    """Validate and store `obj` as its next revision (inside `recorded`); raises ValidationError.

    The audit trail gets a line, unless the caller writes a better one.
    """
    action = audit.Action.CREATED if obj._state.adding else audit.Action.CHANGED
    if obj.is_shown_as_it_stands and not obj._state.adding:
        _CHANGED.get().append(obj)
    obj.lock += 1
    store(obj)
    if audited:
        audit.record(obj, action, by=reversion.get_user(), note=reversion.get_comment())
