"""Mails to the sender of a correction: its receipt, and every decision about it."""

from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.services import next_turn, post
from serving.addresses import absolute

from .models import Correction, CorrectionEvent, Notice
from .plain_text import one_line

PER_DAY = 3
"""How many mails an address gets in a day of which nobody has shown that it is the sender's."""


def notify_sender(
    correction: Correction, what: str, *, token: str = "", notice: Notice | None = None
) -> None:
    """Write `corrections/mail_<what>.txt` to the sender into the outbox, with the event stored
    last (of a double: also of what it is joined to), if an address was left. Call it in the
    transaction of that event, after it.

    To an address of which it is not known that it is the sender's go PER_DAY mails a day: beyond
    that a receipt is not written, since the status page was shown to whoever sent it, and
    everything else waits for its turn. `token` is that of the status page, known on sending and
    made anew for a question (`asking`): other mails do not have it.
    """
    if not correction.email:
        return
    turn = _turn(correction.email)
    if what == "received" and turn > timezone.now():
        return
    event = CorrectionEvent.objects.filter(
        correction__in=(correction.pk, correction.joined_to_id)
    ).aggregate(last=Max("pk"))["last"]
    subject, body = compose(correction, what, token=token, notice=notice)
    key = f"correction:{correction.pk}:{what}:{event}"
    post(key, to=correction.email, subject=subject, body=body, not_before=turn)


def _turn(address: str) -> datetime:
    theirs = Correction.objects.filter(sender_details__email__iexact=address)
    if theirs.filter(confirmed_at__isnull=False).exists():
        return timezone.now()
    return next_turn(address, per_day=PER_DAY, of="correction:")


def compose(
    correction: Correction, what: str, *, token: str = "", notice: Notice | None = None
) -> tuple[str, str]:
    """Subject and text. They repeat nothing that the sender typed: the address may belong to
    somebody else, and our mail must not carry a stranger's words there."""
    title = one_line(correction.edition.title)
    context = {
        "correction": correction,
        "title": title,
        "site_name": settings.SITE_NAME,
        "case_address": absolute(reverse("case", args=[correction.edition.case.slug])),
        "status_address": absolute(reverse("correction-status", args=[token])) if token else "",
        "notice": notice,
        "notice_address": absolute(notice.get_absolute_url()) if notice else "",
    }
    facts = {"site": settings.SITE_NAME, "reference": correction.reference, "title": title}
    subject = one_line(_("[%(site)s] %(reference)s: %(title)s") % facts)
    return subject, render_to_string(f"corrections/mail_{what}.txt", context)
