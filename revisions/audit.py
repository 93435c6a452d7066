"""Writes the audit trail: who did what, when, from which state to which, and why."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from .models import AuditEvent, UntoldEvent

Action = AuditEvent.Action
_LONGEST = 300
_TOLD: ContextVar[bool] = ContextVar("told", default=True)


def record(
    about: Model,
    action: str,
    *,
    by: User | None,
    before: str = "",
    after: str = "",
    note: str = "",
) -> AuditEvent:
    """One line of the trail about a stored thing; call it in the transaction of what it tells.

    `action` is one of AuditEvent.Action; `before` and `after` are states. Whom it
    concerns is told by mail (`desk.staff_mail`). Two queries.
    """
    event = AuditEvent(
        by=by,
        action=action,
        about_type=ContentType.objects.get_for_model(about),
        about_id=str(about.pk),
        label=str(about)[:_LONGEST],
        before=before,
        after=after,
        note=note,
    )
    event.save()
    if _TOLD.get():
        UntoldEvent.objects.create(event=event)
    return event


@contextmanager
def nobody_is_told() -> Iterator[None]:
    """What is recorded inside stands in the trail, and no mail tells of it: for loading many."""
    token = _TOLD.set(False)
    try:
        yield
    finally:
        _TOLD.reset(token)
