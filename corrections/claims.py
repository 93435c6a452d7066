"""Who looks after a correction: taking one over, and giving one back."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from .models import Correction
from .steps import Action, Status, WrongState, claim, locked, save_step


def take_over(correction: Correction, *, by: User) -> Correction:
    """Let `by` look after what a colleague has taken, in one step.

    Raises WrongState where it is not taken, is `by`'s already, or somebody else has taken it over
    since `correction` was read: of two who take it over at once, one wins.
    """
    with transaction.atomic():
        stored = locked(correction, Status.TAKEN)
        if stored.taken_by_id in (by.pk, None) or stored.taken_by_id != correction.taken_by_id:
            facts = {"reference": stored.reference, "who": _name(stored.taken_by)}
            raise WrongState(_("%(who)s looks after %(reference)s already.") % facts)
        _release(stored, by=by)
        claim(stored, by=by)
        save_step(stored, Action.TAKEN, by=by)
    return stored


def release(correction: Correction, *, by: User) -> Correction:
    """Give back what `by` has taken: it is new again. Raises WrongState where it is not `by`'s."""
    with transaction.atomic():
        stored = locked(correction, Status.TAKEN)
        if stored.taken_by_id != by.pk:
            facts = {"reference": stored.reference, "who": _name(stored.taken_by)}
            raise WrongState(_("%(who)s looks after %(reference)s.") % facts)
        _release(stored, by=by)
    return stored


def _release(stored: Correction, *, by: User) -> None:
    stored.status, stored.taken_by, stored.taken_at = Status.NEW, None, None
    save_step(stored, Action.RELEASED, by=by)


def _name(user: User | None) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""
