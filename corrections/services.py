"""Services for corrections: send, take, decide, undo, mend, and publish notices."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editions.models import Edition
from editions.turns import one_at_a_time

from . import mail, notices
from .models import Correction, Notice, SenderDetails, commitment
from .plain_text import one_line, plain
from .references import fingerprint_and_token, new_reference, status_digest
from .steps import (
    OPEN,
    Action,
    AlreadyPublished,
    Status,
    WrongState,
    claim,
    locked,
    next_event,
    record_event,
    refuse_unless,
    save_step,
)

__all__ = ["AlreadyPublished", "WrongEdition", "WrongState"]

_UNDOABLE = (Status.ACCEPTED, Status.DECLINED, Status.ANSWERED, Status.SPAM, Status.JOINED)


class WrongEdition(ValueError):
    """The edition is of another case, or not later than the one the error was found in."""


def send(
    edition: Edition,
    *,
    message: str,
    kind: str = Correction.Kind.CORRECTION,
    passage: str = "",
    suggestion: str = "",
    evidence: str = "",
    name: str = "",
    email: str = "",
    credit_wanted: bool = False,
    form_token: str = "",
) -> tuple[Correction, str]:
    """Store what a reader sent about `edition`; returns it with the token of its status page.

    The same words sent twice from the same form (`form_token`) are one correction with one token;
    other words from that form are a correction of their own, so that nothing typed is lost. Raises
    ValidationError for what the model refuses.
    """
    words = {
        "kind": kind,
        "passage": plain(passage),
        "message": plain(message),
        "suggestion": plain(suggestion),
        "evidence": plain(evidence),
        "name": one_line(name),
        "email": one_line(email),
        "credit_wanted": credit_wanted,
    }
    form_token = form_token or secrets.token_urlsafe()
    fingerprint, token = fingerprint_and_token(form_token, edition.pk, words)
    first = Correction.objects.filter(form_token=fingerprint).first()
    return first or _store_new(edition, fingerprint, token, words), token


def _store_new(edition: Edition, fingerprint: str, token: str, words: dict[str, Any]) -> Correction:
    words = dict(words)
    sender = SenderDetails.salted(words.pop("name"), words.pop("email"))
    correction = Correction(
        reference=new_reference(),
        edition=edition,
        form_token=fingerprint,
        status_digest=status_digest(token),
        name_commitment=commitment(sender.name, sender.name_salt),
        email_commitment=commitment(sender.email, sender.email_salt),
        **words,
    )
    correction.full_clean(validate_unique=False)
    sender.clean_fields(exclude=["correction"])
    event = next_event(correction, Action.SENT, by=None)
    try:
        with transaction.atomic():
            correction.save()
            if sender.name or sender.email:
                sender.correction = correction
                sender.save()
            record_event(event)
            mail.notify_sender(correction, "received", token=token)
    except IntegrityError:
        # A duplicate may have been stored since we looked: return that one.
        return Correction.objects.get(form_token=fingerprint)
    return correction


def take(correction: Correction, *, by: User) -> Correction:
    """Assign it to `by`. Raises WrongState unless it is new, or whoever took it has let it lie for
    longer than settings.CORRECTION_CLAIM_HOURS."""
    with transaction.atomic():
        stored = locked(correction, *OPEN)
        if stored.is_held(timezone.now()):
            refuse_unless(stored, Status.NEW)
        claim(stored, by=by)
        save_step(stored, Action.TAKEN, by=by)
    return stored


def hand_over(correction: Correction, *, by: User, to: User) -> Correction:
    """Give what a colleague who leaves has taken to `to`. Raises WrongState unless it is taken and
    not decided."""
    with transaction.atomic():
        stored = locked(correction, Status.TAKEN)
        facts = {"who": stored.taken_by, "by": by}
        stored.taken_by, stored.taken_at = to, timezone.now()
        note = _("Handed over from %(who)s, by %(by)s.") % facts
        save_step(stored, Action.TAKEN, by=to, note=note)
    return stored


def accept(
    correction: Correction,
    *,
    by: User,
    reason: str = "",
    before: str | None = None,
    after: str | None = None,
    why: str = "",
) -> Correction:
    """Accept it for the next edition. `before`, `after` and `why` draft the public notice; the
    first two default to the passage and the suggestion as sent.

    Raises WrongState unless it is open, ValidationError when the notice would be empty.
    """
    before = correction.passage if before is None else before
    after = correction.suggestion if after is None else after
    return _decide(
        correction,
        Status.ACCEPTED,
        by=by,
        reason=reason,
        notice_before=plain(before),
        notice_after=plain(after),
        notice_why=plain(why),
    )


def decline(correction: Correction, *, by: User, reason: str) -> Correction:
    """Leave the edition as it is; the sender reads `reason`. Raises WrongState unless it is open,
    ValidationError without a reason."""
    return _decide(correction, Status.DECLINED, by=by, reason=reason)


def answer(comment: Correction, *, by: User, reason: str) -> Correction:
    """Close a comment that needs no edition; `reason` is the answer that the sender reads.

    Raises WrongState unless it is open, ValidationError without a reason or for a correction.
    """
    return _decide(comment, Status.ANSWERED, by=by, reason=reason)


def mark_spam(correction: Correction, *, by: User, reason: str = "") -> Correction:
    """Close it as spam, without a mail. Raises WrongState unless it is open."""
    return _decide(correction, Status.SPAM, by=by, reason=reason, mailed=False)


def undo(correction: Correction, *, by: User, reason: str) -> Correction:
    """Revoke a decision and assign the correction to `by`; a double is one no longer. `reason` is
    for other moderators, not for the sender.

    Raises AlreadyPublished once an edition has mended it, WrongState where nothing is decided.
    """
    with transaction.atomic():
        stored = locked(correction, *_UNDOABLE)
        was_told = stored.status != Status.SPAM
        if stored.joined_to is not None:
            was_told = not stored.joined_to.is_open
        claim(stored, by=by)
        stored.decided_by = stored.decided_at = stored.joined_to = None
        stored.reason = ""
        save_step(stored, Action.UNDONE, by=by, note=reason)
        if was_told:
            mail.notify_sender(stored, "reopened")
            _tell_doubles(stored, "reopened")
    return stored


def mend(corrections: Iterable[Correction], *, edition: Edition, by: User) -> list[Notice]:
    """Close accepted corrections as mended by `edition`: each gets a public notice, and its sender
    a mail. All or none: call it in the transaction that publishes the edition.

    Raises WrongState when one is not accepted, WrongEdition when `edition` cannot mend one.
    """
    with transaction.atomic():
        one_at_a_time()  # before rows are locked: notices stand in the log
        keys = sorted({correction.pk for correction in corrections})
        locked = Correction.objects.select_for_update().filter(pk__in=keys).order_by("pk")
        return [_mend(stored, edition=edition, by=by) for stored in locked]


def announce(
    edition: Edition,
    *,
    by: User,
    why: str,
    before: str = "",
    after: str = "",
    found_in: Edition | None = None,
) -> Notice:
    """Publish a notice without a correction: for a withdrawal, or an error the editors found.
    `found_in` defaults to the edition before. Raises WrongEdition, ValidationError for an empty
    notice."""
    found_in = found_in or edition.case.editions.filter(number=edition.number - 1).first()
    if found_in is None:
        raise WrongEdition(_("A first edition has nothing before it that it could mend."))
    _refuse_wrong_edition(found_in, edition)
    return notices.publish(
        Notice(
            reference=new_reference("N"),
            found_in=found_in,
            mended_in=edition,
            before=plain(before),
            after=plain(after),
            why=plain(why),
        ),
        by=by,
    )


def _decide(
    correction: Correction,
    status: str,
    *,
    by: User,
    reason: str,
    mailed: bool = True,
    **fields: str,
) -> Correction:
    with transaction.atomic():
        stored = locked(correction, *OPEN)
        now = timezone.now()
        if stored.status == Status.NEW:
            stored.taken_by, stored.taken_at = by, now
        stored.status, stored.decided_by, stored.decided_at = status, by, now
        stored.reason = plain(reason)
        for name, value in fields.items():
            setattr(stored, name, value)
        save_step(stored, Action(status), by=by, note=stored.reason)
        if mailed:
            mail.notify_sender(stored, status)
            _tell_doubles(stored, "joined")
    return stored


def _tell_doubles(stored: Correction, what: str, notice: Notice | None = None) -> None:
    """Mail the senders of what was joined to it."""
    for double in stored.doubles.select_related("edition__case"):
        double.joined_to = stored
        mail.notify_sender(double, what, notice=notice)


def _mend(stored: Correction, *, edition: Edition, by: User) -> Notice:
    refuse_unless(stored, Status.ACCEPTED)
    _refuse_wrong_edition(stored.edition, edition)
    stored.status, stored.mended_in = Status.MENDED, edition
    notice = notices.publish(
        Notice(
            reference=stored.reference,
            correction=stored,
            found_in=stored.edition,
            mended_in=edition,
            before=stored.notice_before,
            after=stored.notice_after,
            why=stored.notice_why,
            credit_commitment=stored.name_commitment if stored.credit else "",
        ),
        by=by,
    )
    save_step(stored, Action.MENDED, by=by)
    mail.notify_sender(stored, "mended", notice=notice)
    _tell_doubles(stored, "joined", notice)
    return notice


def _refuse_wrong_edition(found_in: Edition, mended_in: Edition) -> None:
    if found_in.case_id != mended_in.case_id:
        raise WrongEdition(_("A correction is mended by an edition of its own case."))
    if found_in.number >= mended_in.number:
        raise WrongEdition(_("A correction is mended by a later edition than it was found in."))
