"""The outbox as administrators see it: what waits, what got stuck, and what they do about it."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from outbox import services
from outbox.models import OutgoingMail, PeriodicJob
from revisions import audit

State = OutgoingMail.State
_SHOWN = 50
_AT_ONCE = 500


def for_administrator() -> dict[str, Any]:
    """What of the outbox needs a person, for the dashboard. Two queries."""
    return {
        "mail_stuck": OutgoingMail.objects.for_a_person().count(),
        "mail_overdue": OutgoingMail.objects.overdue().count(),
    }


def everything() -> dict[str, Any]:
    """All that the page shows, without texts: a fixed number of queries, whatever there is."""
    mails = OutgoingMail.objects.defer("body")
    counted = dict(mails.order_by().values_list("state").annotate(Count("pk")))
    waiting = mails.filter(state__in=(State.WAITING, State.SENDING)).order_by("due_at", "pk")
    over = mails.filter(state__in=(State.SENT, State.GIVEN_UP)).order_by("-changed_at", "-pk")
    return {
        "counts": [(state.label, counted.get(state.value, 0)) for state in State],
        "failed": counted.get(State.FAILED, 0),
        "overdue": mails.overdue().first(),
        "stuck": mails.for_a_person().order_by("changed_at", "pk")[:_SHOWN],
        "waiting": waiting[:_SHOWN],
        "over": over[:_SHOWN],
        "jobs": PeriodicJob.objects.all(),
        "shown": _SHOWN,
        "now": timezone.now(),
    }


def send_again(mail: OutgoingMail, *, by: User) -> OutgoingMail:
    """Raises as `outbox.services.send_again`."""
    with transaction.atomic():
        before = mail.state
        stored = services.send_again(mail)
        audit.record(stored, audit.Action.MOVED, by=by, before=before, after=stored.state)
    return stored


def give_up(mail: OutgoingMail, *, by: User) -> OutgoingMail:
    """Raises as `outbox.services.give_up`."""
    with transaction.atomic():
        before = mail.state
        stored = services.give_up(mail)
        audit.record(stored, audit.Action.MOVED, by=by, before=before, after=stored.state)
    return stored


def send_failed_again(*, by: User) -> int:
    """All that failed, as after a day without a mail server; how many, some hundred at a time. What
    is uncertain is looked at one by one."""
    sent = 0
    for mail in OutgoingMail.objects.filter(state=State.FAILED).order_by("pk")[:_AT_ONCE]:
        try:
            send_again(mail, by=by)
        except services.WrongMailState:  # a colleague was faster
            continue
        sent += 1
    return sent
