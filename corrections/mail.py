"""Mails to the sender of a correction: its receipt, and every decision about it."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from serving.addresses import absolute

from .mail_counts import count, may_write_to
from .models import Correction, Notice
from .plain_text import one_line


def notify_sender(
    correction: Correction, what: str, *, token: str = "", notice: Notice | None = None
) -> None:
    """Mail `corrections/mail_<what>.txt` to the sender when the transaction commits, if an
    address was left and has not had its mails of the day (`mail_counts`). A mail server that fails
    undoes nothing: the failure is logged.

    `token` is that of the status page, known on sending and made anew for a question (`asking`):
    other mails do not have it.
    """
    if not correction.email or not may_write_to(correction.email, timezone.now()):
        return
    count(correction, what)
    message = compose(correction, what, token=token, notice=notice)
    transaction.on_commit(message.send, robust=True)


def compose(
    correction: Correction, what: str, *, token: str = "", notice: Notice | None = None
) -> EmailMessage:
    """The mail. It repeats nothing that the sender typed: the address may belong to somebody else,
    and our mail must not carry a stranger's words there."""
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
    return EmailMessage(
        subject=one_line(_("[%(site)s] %(reference)s: %(title)s") % facts),
        body=render_to_string(f"corrections/mail_{what}.txt", context),
        to=[correction.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
