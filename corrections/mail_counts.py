"""Counts the mails to an address: anybody may type a stranger's into our form."""

from datetime import datetime, timedelta

from .models import Correction, SenderMail

PER_DAY = 3  # to an address of which it is not known that it is the sender's


def may_write_to(address: str, now: datetime) -> bool:
    """Whether the address is confirmed, or had fewer than PER_DAY mails in a day. Two queries."""
    of_address = Correction.objects.filter(email__iexact=address)
    if of_address.filter(confirmed_at__isnull=False).exists():
        return True
    since = now - timedelta(days=1)
    lately = SenderMail.objects.filter(at__gt=since, correction__email__iexact=address)
    return lately.count() < PER_DAY


def count(correction: Correction, what: str) -> None:
    """Note that a mail was written, in the transaction of what it tells."""
    SenderMail(correction=correction, what=what).save()
