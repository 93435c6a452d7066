"""What every step of a correction has in common: the lock, the refusal of a state, the event."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from revisions import audit

from .models import CHANGEABLE, Correction, CorrectionEvent
from .plain_text import plain
from .statements import digest_of_event

Status = Correction.Status
Action = CorrectionEvent.Action
OPEN = (Status.NEW, Status.TAKEN)
_AUDITED: dict[str, audit.Action] = {
    Action.TAKEN: audit.Action.CLAIMED,
    Action.RELEASED: audit.Action.RELEASED,
    Action.ASKED: audit.Action.ASKED,
    Action.REPLIED: audit.Action.REPLIED,
    Action.JOINED: audit.Action.JOINED,
}


class WrongState(RuntimeError):
    """This cannot be done in the state of the correction; the message names the state."""


class AlreadyPublished(WrongState):
    """An edition has mended the correction and its notice is public: it cannot be undone."""


def locked(correction: Correction, *allowed: str) -> Correction:
    """The stored row, locked until the transaction ends: of two moderators, one waits here and then
    sees what the other decided. Raises WrongState unless its status is among `allowed`."""
    stored = Correction.objects.select_for_update().get(pk=correction.pk)
    refuse_unless(stored, *allowed)
    return stored


def refuse_unless(stored: Correction, *allowed: str) -> None:
    """Raises WrongState, or AlreadyPublished, unless its status is among `allowed`."""
    if stored.status in allowed:
        return
    facts = {"reference": stored.reference, "status": stored.get_status_display()}
    if stored.status == Status.MENDED:
        raise AlreadyPublished(_("%(reference)s is mended, and its notice is public.") % facts)
    who = stored.decided_by or stored.taken_by
    if who is None:
        raise WrongState(_("%(reference)s is new: nobody has decided it yet.") % facts)
    facts["who"] = who.get_full_name() or who.get_username()
    raise WrongState(_("%(reference)s is already %(status)s, by %(who)s.") % facts)


def claim(stored: Correction, *, by: User) -> None:
    """Let `by` look after it from now on, in memory; the caller saves it."""
    stored.status, stored.taken_by, stored.taken_at = Status.TAKEN, by, timezone.now()


def save_step(stored: Correction, action: str, *, by: User | None, note: str = "") -> None:
    """Store what a step changed, and that it was taken. Raises ValidationError."""
    before = Correction.objects.values_list("status", flat=True).get(pk=stored.pk)
    event = next_event(stored, action, by=by, note=note)
    stored.full_clean(validate_unique=False)
    stored.save(update_fields=sorted(CHANGEABLE))
    record_event(event, before=before)


def next_event(
    correction: Correction, action: str, *, by: User | None, note: str = ""
) -> CorrectionEvent:
    """The next event of a correction that is locked or new, chained to the one before in memory;
    the caller saves the correction, which keeps the digest of its last event, and then the event.
    """
    event = CorrectionEvent(correction=correction, action=action, by=by, note=plain(note))
    event.digest = digest_of_event(event, correction.events_digest)
    correction.events_digest = event.digest
    return event


def record_event(event: CorrectionEvent, *, before: str = "") -> None:
    """Store it among the events of its correction, and as a line in the audit trail."""
    correction, action, by = event.correction, event.action, event.by
    event.correction = correction  # it may have its key only now
    event.full_clean()
    event.save()
    told: dict[str, Any] = {"before": before, "after": correction.status, "note": event.note}
    audited = _AUDITED.get(action, audit.Action.CORRECTION)
    audit.record(correction, audited, by=by, **told)
