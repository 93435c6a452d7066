"""Writes mails to the outbox, from which a worker sends them."""

from hashlib import sha256

from django.conf import settings
from django.core.mail.utils import DNS_NAME

from .models import OutgoingMail


def post(key: str, *, to: str, subject: str, body: str) -> OutgoingMail:
    """Store a mail in the transaction of the caller; a worker sends it once that is committed. The
    same `key` again is the same mail, and changes nothing."""
    row, _new = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": subject,
            "body": body,
            "message_id": f"<{_digest(key)}@{DNS_NAME.get_fqdn()}>",
        },
    )
    return row


def erase(*, to: str, about: str) -> int:
    """Delete the mails to that address that name `about` in their subject, sent or not, and return
    how many: of somebody who is erased."""
    mails = OutgoingMail.objects.filter(to__iexact=to, subject__contains=about)
    return mails.delete()[0]


def _digest(key: str) -> str:
    return sha256(f"{settings.SECRET_KEY}{key}".encode()).hexdigest()[:32]
