"""Tells the sender of a correction by mail what became of it, once it is stored."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from serving.addresses import absolute

from .models import Correction, Notice
from .plain_text import one_line


def tell(
    correction: Correction, what: str, *, token: str = "", notice: Notice | None = None
) -> None:
    """Mail `corrections/mail_<what>.txt` to the sender when the transaction commits, if an
    address was left. A mail server that fails undoes nothing: the failure is logged.

    `token` opens the status page; it is known at sending only, later mails cannot name it.
    """
    if not correction.email:
        return
    message = compose(correction, what, token=token, notice=notice)
    transaction.on_commit(message.send, robust=True)


def compose(
    correction: Correction, what: str, *, token: str = "", notice: Notice | None = None
) -> EmailMessage:
    """The mail as it will be sent. It repeats nothing that the sender typed: an address is not
    proved to be theirs, and ours must not carry a stranger's words to it."""
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
