"""Sends what is due: a worker takes one mail after the other, and stores what became of it."""

import logging
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from .models import OutgoingMail

logger = logging.getLogger(__name__)
State = OutgoingMail.State
LEASE = timedelta(minutes=5)  # a server that answers slowly has EMAIL_TIMEOUT for each step
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720)]
_AT_ONCE = 50  # then the other work of the worker has its turn
_NOT_TAKEN = (SMTPResponseException, SMTPRecipientsRefused, SMTPNotSupportedError)
"""The server, or our side before it, said no: the mail was not sent."""


def send_due() -> int:
    """Send what is due, and return how many; several workers may do so at once.

    The server is called first, and only then is a mail taken: whoever dies until then has taken
    none. Whoever dies with one leaves it “being sent”: nobody knows whether the server has it, so
    after its lease it is uncertain, and sent again by a person only.
    """
    _mark_uncertain()
    if not OutgoingMail.objects.due().exists():
        return 0
    server = get_connection()
    try:
        server.open()
    except Exception as error:  # whatever the back end raises: nothing was sent
        logger.warning("The mail server does not answer: %s", error)
        _postpone_all(error)
        return 0
    try:
        return _send_through(server)
    finally:
        with suppress(Exception):  # what was sent is sent
            server.close()


def _send_through(server: Any) -> int:
    for sent in range(_AT_ONCE):
        mail = _take()
        if mail is None or not _send(mail, server):
            return sent
    return _AT_ONCE


def _take() -> OutgoingMail | None:
    """The mail that has been due longest, ours until its lease ends; None where there is none."""
    now = timezone.now()
    with transaction.atomic():
        mail = OutgoingMail.objects.due(now).select_for_update(skip_locked=True).first()
        if mail is None:
            return None
        mail.tries, mail.taken_until = mail.tries + 1, now + LEASE
        ours = OutgoingMail.objects.filter(pk=mail.pk, state=State.WAITING).update(
            state=State.SENDING, tries=mail.tries, taken_until=mail.taken_until, changed_at=now
        )
    return mail if ours else None


def _send(mail: OutgoingMail, server: Any) -> bool:
    """Whether it was sent; after anything else the connection is not used again."""
    try:
        message = compose(mail, server)
        message.message()
    except Exception as error:
        logger.exception("A mail cannot be written: %s", mail.key)
        _not_sent(mail, error)
        return False
    try:
        message.send()
    except _NOT_TAKEN as error:
        logger.warning("The mail server refused %s: %s", mail.key, _code(error))
        _not_sent(mail, error)
    except Exception as error:
        logger.warning("Whether %s was sent is uncertain: %s", mail.key, _code(error))
        _settle(mail, State.UNCERTAIN, error=_said(error))
    else:
        _settle(mail, State.SENT, body="", error="")
        return True
    return False


def compose(mail: OutgoingMail, server: Any = None) -> EmailMessage:
    """The mail as it leaves: the same Message-ID in every try."""
    return EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        connection=server,
    )


def _not_sent(mail: OutgoingMail, error: Exception) -> None:
    """Let it wait for its next try, or let it be where it has had them all."""
    if mail.tries > len(PAUSES):
        _settle(mail, State.FAILED, error=_said(error))
    else:
        due_at = timezone.now() + PAUSES[mail.tries - 1]
        _settle(mail, State.WAITING, error=_said(error), due_at=due_at, taken_until=None)


def _settle(mail: OutgoingMail, state: str, **fields: object) -> None:
    """What became of our try; of nobody else's, should a lease have ended in the meantime."""
    ours = OutgoingMail.objects.filter(pk=mail.pk, taken_until=mail.taken_until)
    ours = ours.filter(state__in=(State.SENDING, State.UNCERTAIN))
    ours.update(state=state, changed_at=timezone.now(), **fields)


def _postpone_all(error: Exception) -> None:
    """One try more for all that is due: that the server is away is no fault of any."""
    now = timezone.now()
    with transaction.atomic():
        for mail in OutgoingMail.objects.due(now).select_for_update(skip_locked=True):
            mail.tries, mail.error = mail.tries + 1, _said(error)
            if mail.tries > len(PAUSES):
                mail.state, mail.changed_at = State.FAILED, now
            else:
                mail.due_at = now + PAUSES[mail.tries - 1]
            mail.save(update_fields=["tries", "error", "state", "changed_at", "due_at"])


def _mark_uncertain() -> None:
    ended = OutgoingMail.objects.filter(state=State.SENDING, taken_until__lt=timezone.now())
    if ended.exists():
        ended.update(
            state=State.UNCERTAIN,
            changed_at=timezone.now(),
            error="The worker ended while sending it.",
        )


def _code(error: Exception) -> str:
    """What of it may stand in the log: a server repeats the address in its words."""
    return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
