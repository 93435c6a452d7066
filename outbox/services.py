"""Writes mails to the outbox, from which a worker sends them, and takes further what got stuck."""

from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import OutgoingMail

State = OutgoingMail.State
KEPT = timedelta(days=30)
_DAY = timedelta(days=1)


class WrongMailState(RuntimeError):
    """This cannot be done with a mail in its state; the message names the state."""


def post(
    key: str, *, to: str, subject: str, body: str, not_before: datetime | None = None
) -> OutgoingMail:
    """Store a mail in the transaction of the caller; a worker sends it once that is committed. The
    same `key` again is the same mail, and changes nothing."""
    now = timezone.now()
    row, _new = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": " ".join(subject.split())[:300],
            "body": body,
            "message_id": f"<{_digest(key)}@{urlsplit(settings.SITE_URL).hostname}>",
            "due_at": max(now, not_before or now),
        },
    )
    return row


def next_turn(to: str, *, per_day: int, of: str) -> datetime:
    """From when one more mail to that address may be sent, so that no day has more than `per_day`
    whose key begins with `of`. Until the transaction ends, nobody else is given that turn."""
    if connection.vendor == "postgresql":  # on SQLite there is one writer at a time
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"mail:{to.lower()}"])
    now = timezone.now()
    theirs = OutgoingMail.objects.filter(to__iexact=to, key__startswith=of)
    turns = sorted(theirs.filter(due_at__gt=now - _DAY).values_list("due_at", flat=True))
    return max(now, turns[-per_day] + _DAY) if len(turns) >= per_day else now


def send_again(mail: OutgoingMail) -> OutgoingMail:
    """Let a worker send what failed, or what may have been sent. Raises WrongMailState for others:
    of two people who press at once, one is told that it waits already."""
    with transaction.atomic():
        stored = _locked(mail, State.FAILED, State.UNCERTAIN)
        stored.state, stored.tries, stored.taken_until = State.WAITING, 0, None
        stored.due_at = stored.changed_at = timezone.now()
        stored.save()
    return stored


def give_up(mail: OutgoingMail) -> OutgoingMail:
    """Send it no more: its text goes. Raises WrongMailState for one that is over, or being sent."""
    with transaction.atomic():
        stored = _locked(mail, State.FAILED, State.UNCERTAIN, State.WAITING)
        stored.state, stored.body, stored.changed_at = State.GIVEN_UP, "", timezone.now()
        stored.save()
    return stored


def forget(address: str, *, of: str = "") -> int:
    """Delete what was written to an address, sent or not, under keys that begin with `of`, and
    return how many: for whoever asks to be erased."""
    return OutgoingMail.objects.filter(to__iexact=address, key__startswith=of).delete()[0]


def clear() -> None:
    """Delete what has been over for KEPT, and give up what nobody took further for as long. A key
    is needed no longer than what it tells can be told."""
    now = timezone.now()
    old = OutgoingMail.objects.filter(changed_at__lt=now - KEPT)
    old.filter(state__in=(State.SENT, State.GIVEN_UP)).delete()
    old.for_a_person().update(state=State.GIVEN_UP, body="", changed_at=now)


def _locked(mail: OutgoingMail, *allowed: str) -> OutgoingMail:
    stored = OutgoingMail.objects.select_for_update().get(pk=mail.pk)
    if stored.state not in allowed:
        said = _("This mail is %(state)s.") % {"state": stored.get_state_display()}
        raise WrongMailState(said)
    return stored


def _digest(key: str) -> str:
    return sha256(f"{settings.SECRET_KEY}{key}".encode()).hexdigest()[:32]
