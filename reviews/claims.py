"""Who has a case in hand: claiming it, releasing it, taking it over, and until when it is due."""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from cases.services import WrongStage
from revisions import audit

from . import files
from .models import ReviewFile


class ClaimedByAnother(RuntimeError):
    """Somebody else has claimed the case; the message says who."""


class NotClaimed(RuntimeError):
    """The case is not claimed by whoever wants to release it."""


def claim(case: Case, *, by: User) -> ReviewFile:
    """Take the case in hand, so that colleagues leave it alone. To claim it again is to go on.

    Raises WrongStage when it is not in review, ClaimedByAnother while somebody else has it.
    """
    with transaction.atomic():
        file = _file_in_review(case)
        refuse_claimed(file, by=by)
        return _given_to(file, by)


def take_over(case: Case, *, by: User) -> ReviewFile:
    """Claim the case, whoever has it; the trail says from whom. Raises WrongStage."""
    with transaction.atomic():
        return _given_to(_file_in_review(case), by)


def release(case: Case, *, by: User) -> ReviewFile:
    """Give the case back to all. Raises NotClaimed where `by` does not have it."""
    with transaction.atomic():
        file = files.opened(files.locked_case(case))
        if file.holder != by:
            raise NotClaimed(_("You have not claimed this case, or your claim has ended."))
        audit.record(file.case, audit.Action.RELEASED, by=by, before=_state(by))
        files.drop_claim(file)
    return file


def hand_over(file: ReviewFile, *, by: User, to: User) -> ReviewFile:
    """Give the claim of somebody who leaves to `to`; the trail says whose. Raises WrongStage."""
    with transaction.atomic():
        return _given_to(_file_in_review(file.case), to)


def refuse_claimed(file: ReviewFile | None, *, by: User) -> None:
    """Raises ClaimedByAnother where somebody else has the case. Call it with the case locked."""
    holder = file.holder if file else None
    if holder is not None and holder != by:
        raise ClaimedByAnother(
            _("%(who)s has claimed this case. Take it over first, if it is you who decides.")
            % {"who": holder.get_full_name() or holder.get_username()}
        )


def keep_active(case: Case, *, by: User) -> None:
    """Whoever has the case did something on it: the claim goes on from now. One query."""
    now = timezone.now()
    ReviewFile.objects.claimed(now).filter(case=case, claimed_by=by).update(active_at=now)


def set_due(case: Case, *, by: User, due: date | None) -> ReviewFile:
    """Set the day by which the case should be decided on; None for no such day."""
    with transaction.atomic():
        file = files.opened(files.locked_case(case))
        days = [day.isoformat() if day else "" for day in (file.due, due)]
        if file.due != due:
            file.due = due
            file.full_clean()
            file.save()
            audit.record(file.case, audit.Action.DUE, by=by, before=days[0], after=days[1])
    return file


def _file_in_review(case: Case) -> ReviewFile:
    stored = files.locked_case(case)
    if stored.stage != Case.Stage.IN_REVIEW:
        raise WrongStage(_("Only a case that is in review can be claimed."))
    return files.opened(stored)


def _given_to(file: ReviewFile, by: User) -> ReviewFile:
    now, before = timezone.now(), file.holder
    file.active_at = now
    if before != by:
        file.claimed_by, file.claimed_at = by, now
        state = _state(before) if before else ""
        audit.record(file.case, audit.Action.CLAIMED, by=by, before=state, after=_state(by))
    file.full_clean()
    file.save()
    return file


def _state(user: User) -> str:
    """The state of a claim as the trail has it; its column holds 60 characters."""
    return f"claimed by {user.get_username()}"[:60]
