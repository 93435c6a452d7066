"""Asks the sender of a correction something, and takes the answer."""

import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from . import mail
from .models import Correction, CorrectionMessage
from .plain_text import plain
from .references import has_mailed_token, new_token
from .steps import OPEN, Action, Status, WrongState, claim, locked, save_step


class NotAsked(WrongState):
    """The sender was asked nothing that they could answer."""


def ask(correction: Correction, *, by: User, text: str) -> CorrectionMessage:
    """Ask the sender something: on the status page, and by mail where an address was left. It is
    `by`'s then, unless a colleague is at it. The same question again, before an answer, is not
    asked again.

    The mail leads to the status page by a token of its own, whose digest alone is stored. Raises
    WrongState unless it is open, ValidationError without a text.
    """
    with transaction.atomic():
        stored = locked(correction, *OPEN)
        now, last = timezone.now(), stored.messages.last()
        if last and stored.is_waiting_for_sender and last.text == plain(text):
            return last
        mailed = bool(stored.email)
        message = CorrectionMessage(
            correction=stored,
            by=by,
            text=plain(text),
            mailed=mailed,
            fingerprint=_fingerprint(secrets.token_urlsafe(), stored, text),
        )
        message.full_clean()
        message.save()
        if not stored.is_held(now) or stored.taken_by == by:
            claim(stored, by=by)
        stored.asked_at, stored.replied_at = now, None
        save_step(stored, Action.ASKED, by=by)
        if mailed:
            mail.notify_sender(stored, "asked", token=new_token(stored))
    return message


def reply(
    correction: Correction, *, text: str, form_token: str = "", token: str = ""
) -> CorrectionMessage:
    """Take the sender's answer; the same text from the same form is one answer. `token` is that of
    the page: where it came by mail, the address is the sender's.

    Raises NotAsked before a question, WrongState once it is decided, ValidationError without a
    text.
    """
    with transaction.atomic():
        stored = locked(correction, *Status)
        text = plain(text)
        fingerprint = _fingerprint(form_token or secrets.token_urlsafe(), stored, text)
        first = CorrectionMessage.objects.filter(fingerprint=fingerprint).first()
        if first is not None:
            return first
        if not stored.is_open:
            raise WrongState(_("This is decided meanwhile, so that it takes no answers any more."))
        if stored.asked_at is None:
            raise NotAsked(_("Nothing was asked."))
        message = CorrectionMessage(correction=stored, text=text, fingerprint=fingerprint)
        message.full_clean()
        message.save()
        stored.replied_at = timezone.now()
        if stored.confirmed_at is None and has_mailed_token(stored, token):
            stored.confirmed_at = stored.replied_at
        if stored.status == Status.TAKEN:
            stored.taken_at = stored.replied_at  # whoever took it has something to do again
        save_step(stored, Action.REPLIED, by=None)
    return message


def _fingerprint(form_token: str, correction: Correction, text: str) -> str:
    seed = repr((form_token, correction.pk, text))
    return salted_hmac("corrections.message", seed, algorithm="sha256").hexdigest()
