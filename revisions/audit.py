"""Writes the audit trail: who did what, when, from which state to which, and why."""

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from .models import AuditEvent

Action = AuditEvent.Action
_LONGEST = 300


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

    `action` is one of AuditEvent.Action; `before` and `after` are states. One query.
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
    return event
