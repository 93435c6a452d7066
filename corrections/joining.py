"""Joins a correction to another that says the same."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Correction
from .steps import OPEN, Action, Status, claim, refuse_unless, save_step


class NotJoinable(ValueError):
    """The two cannot be one; the message says why."""


def join(double: Correction, *, into: Correction, by: User, reason: str = "") -> Correction:
    """Close `double` with `into`, whose decision holds for both; its sender is told of that.
    `reason` is for other moderators. `services.undo` takes it back.

    Raises WrongState unless `double` is open, and `into` open or accepted; NotJoinable for two of
    different cases, for one and the same, and for one that has doubles of its own.
    """
    with transaction.atomic():
        keys = (double.pk, into.pk)
        rows = Correction.objects.select_for_update().filter(pk__in=keys).order_by("pk")
        stored = {row.pk: row for row in rows}
        closed, kept = stored[double.pk], stored[into.pk]
        refuse_unless(closed, *OPEN)
        refuse_unless(kept, *OPEN, Status.ACCEPTED)
        _refuse_two_that_differ(closed, kept)
        if closed.status == Status.NEW:
            claim(closed, by=by)
        closed.status, closed.joined_to = Status.JOINED, kept
        closed.decided_by, closed.decided_at = by, timezone.now()
        save_step(closed, Action.JOINED, by=by, note=reason)
    return closed


def _refuse_two_that_differ(closed: Correction, kept: Correction) -> None:
    if closed.pk == kept.pk:
        raise NotJoinable(_("A correction is no double of itself."))
    if closed.edition.case_id != kept.edition.case_id:
        raise NotJoinable(_("Only corrections of the same case are joined."))
    if closed.doubles.exists():
        facts = {"reference": closed.reference, "other": kept.reference}
        said = _("%(reference)s has doubles of its own: join %(other)s to it instead.")
        raise NotJoinable(said % facts)
