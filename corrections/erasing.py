"""Erases who sent a correction: the one way to the rows that are otherwise never changed."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from outbox import services as outbox
from revisions import audit, working_copies
from serving.site_version import bump

from .models import Correction, CorrectionMessage, SenderDetails

_FINISHED = ("declined", "answered", "spam", "mended", "joined")


def erase_sender(
    correction: Correction,
    *,
    by: User | None,
    words: bool = False,
    keep_credit: bool = False,
) -> Correction:
    """Delete the name and the address of whoever sent `correction`, with their salts, also from
    mails and from what is typed at the desk; a notice that named them names nobody any more. With
    `words`, what they wrote goes as well; with `keep_credit`, the name stays that a notice gives.

    What is committed to them (`SenderDetails`) stands. Erasing twice changes nothing. `by` is None
    where it is done by age.
    """
    with transaction.atomic():
        stored = Correction.objects.select_for_update().get(pk=correction.pk)
        rows = SenderDetails.objects.filter(pk=stored.pk)
        sender = rows.select_for_update().first()
        kept = keep_credit and bool(stored.credit) and hasattr(stored, "notice")
        done = []
        if sender and (sender.email or not kept):
            _erase_elsewhere(stored, sender)
            rows.erase_addresses() if kept else rows.erase()
            done.append("address" if kept else "sender")
        if words and not stored.words_erased_at:
            Correction.objects.filter(pk=stored.pk).erase_words()
            CorrectionMessage.objects.filter(correction=stored).erase_answers()
            done.append("words")
        if done:
            audit.record(stored, audit.Action.ERASED, by=by, after=", ".join(done))
            bump()
    return Correction.objects.select_related("sender_details").get(pk=stored.pk)


def erase_by_age(days: int, *, words: bool = False, keep_credit: bool = False) -> int:
    """Erase the senders of corrections that were decided `days` ago or earlier, and return how
    many; what is open, or waits for its edition, still needs them."""
    long_ago = timezone.now() - timedelta(days=days)
    due = Q(sender_details__isnull=False)
    if keep_credit:
        due = ~Q(sender_details__email="") | Q(sender_details__isnull=False, credit_wanted=False)
        due |= Q(sender_details__isnull=False, notice=None)
    if words:
        due |= Q(words_erased_at=None)
    old = Correction.objects.filter(due, status__in=_FINISHED, decided_at__lte=long_ago)
    found = list(old.order_by("pk"))
    for correction in found:
        erase_sender(correction, by=None, words=words, keep_credit=keep_credit)
    return len(found)


def _erase_elsewhere(correction: Correction, sender: SenderDetails) -> None:
    """Mails to them about it, and what somebody at the desk has typed beside their name."""
    if sender.email:
        outbox.forget(sender.email, of=f"correction:{correction.pk}:")
    typed_at = reverse("admin:correction_desk", args=[correction.reference])
    personal = [value for value in (sender.name, sender.email) if value]
    working_copies.discard_that_name(personal, under=typed_at)
