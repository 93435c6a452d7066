"""Stores changes as one revision in one transaction, with who made them and why."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import reversion
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from serving.site_version import bump

from . import audit
from .models import Revised

_WITHIN: ContextVar[bool] = ContextVar("within", default=False)


class ReasonMissing(ValueError):
    """A revision was asked for without a reason."""


class StaleLock(RuntimeError):
    """The object was saved by somebody else since the caller read it."""


@contextmanager
def recorded(*, by: User | None, reason: str) -> Iterator[None]:
    """Everything saved inside is one revision by `by`, kept with `reason`.

    The site version is bumped with it, since public pages show organisations and sources as they
    stand, not as an edition froze them; once, by the outermost of nested blocks.
    Raises ReasonMissing when the reason is blank; on any error nothing is stored.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say in a few words why: the reason is kept with the revision."))
    with transaction.atomic(), reversion.create_revision():
        if by is not None:
            reversion.set_user(by)
        reversion.set_comment(reason.strip())
        if _WITHIN.get():
            yield
            return
        token = _WITHIN.set(True)
        try:
            yield
        finally:
            _WITHIN.reset(token)
        bump()


@contextmanager
def taken_once(obj: Revised) -> Iterator[None]:
    """What is stored inside of `obj` and its rows goes into the revision once, at the end: with
    every row by itself, reversion reads and writes all of them each time."""
    with reversion.create_revision(manage_manually=True):
        yield
        reversion.add_to_revision(obj)


def save(obj: Revised, *, audited: bool = True) -> None:
    """Validate and store `obj` as its next revision (inside `recorded`); raises ValidationError.

    The audit trail gets a line, unless the caller writes a better one.
    """
    action = audit.Action.CREATED if obj._state.adding else audit.Action.CHANGED
    obj.lock += 1
    obj.full_clean()
    obj.save()
    if audited:
        audit.record(obj, action, by=reversion.get_user(), note=reversion.get_comment())
