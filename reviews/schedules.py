"""Publication at a set time: setting the time, calling it off, and saying what became of it.

What is due is published by `desk.services.publish_due`."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from cases.services import WrongStage
from revisions import audit
from revisions.revision_block import StaleLock

from . import claims, files
from .checklist import refuse_unticked
from .models import ReviewFile, Schedule


class NotScheduled(RuntimeError):
    """No time is set for this case, or it has passed."""


def schedule(
    case: Case,
    *,
    by: User,
    at: datetime,
    kind: str,
    seen: str,
    change_note: str = "",
    mends: Iterable[str] = (),
    notice: Mapping[str, str] | None = None,
    unread_reason: str = "",
) -> Schedule:
    """Let the case be published at a time, as it stands: `seen` is its fingerprint. A time that was
    set before is called off. `mends` are references of corrections; `notice` as in
    `desk.services.publish`.

    Raises StaleLock when `case` was saved since it was read, WrongStage when it is not in review,
    ClaimedByAnother, ChecklistOpen, and ValidationError for a time that has passed.
    """
    if at <= timezone.now():
        raise ValidationError({"at": _("That time has passed. Choose a later one.")})
    with transaction.atomic():
        stored = files.locked_case(case)
        if stored.lock != case.lock:
            raise StaleLock(_("This case was saved by somebody else in the meantime."))
        if stored.stage != Case.Stage.IN_REVIEW:
            raise WrongStage(_("Only a case that is in review can be published."))
        file = files.opened(stored)
        claims.refuse_claimed(file, by=by)
        refuse_unticked(file)
        end_waiting(file, by=by, why=_("Another time was set."))
        made = Schedule(
            file=file, at=at, kind=kind, change_note=change_note, mends=list(mends), by=by
        )
        made.unread_reason, made.lock, made.seen = unread_reason, stored.lock, seen
        made.notice = dict(notice) if notice else None
        made.full_clean()
        made.save()
        audit.record(
            stored, audit.Action.SCHEDULED, by=by, after=_moment(at), note=made.change_note
        )
    return made


def call_off(case: Case, *, by: User) -> Schedule:
    """Nothing is published at the set time. Raises NotScheduled, and ClaimedByAnother."""
    with transaction.atomic():
        file = files.opened(files.locked_case(case))
        claims.refuse_claimed(file, by=by)
        ended = end_waiting(file, by=by, why=_("Called off."))
        if ended is None:
            raise NotScheduled(_("No time is set for this case any more."))
    return ended


def end_waiting(file: ReviewFile | None, *, by: User | None, why: str) -> Schedule | None:
    """Call off the time that is set, where one is, and return it. Call it with the case locked."""
    waiting = file.schedules.waiting().first() if file else None
    if waiting is not None:
        end(waiting, Schedule.State.CALLED_OFF, outcome=why)
        audit.record(
            waiting.file.case,
            audit.Action.UNSCHEDULED,
            by=by,
            before=_moment(waiting.at),
            note=why,
        )
    return waiting


def end(waiting: Schedule, state: str, *, outcome: str) -> None:
    """Say what became of it."""
    waiting.state, waiting.ended_at, waiting.outcome = state, timezone.now(), outcome
    waiting.full_clean()
    waiting.save()


def refuse(waiting: Schedule, *, outcome: str) -> None:
    """It was not published at its time, and why: the dashboard and the trail say so."""
    end(waiting, Schedule.State.REFUSED, outcome=outcome)
    audit.record(
        waiting.file.case,
        audit.Action.UNSCHEDULED,
        by=None,
        before=_moment(waiting.at),
        after=str(Schedule.State.REFUSED),
        note=outcome,
    )


def locked(pk: int) -> Schedule | None:
    """The schedule of that number with its case locked, where it still waits and is due; of several
    who ask at the same moment, one gets it."""
    case = Case.objects.filter(review_files__schedules=pk).first()
    if case is None:
        return None
    files.locked_case(case)
    due = Schedule.objects.due(timezone.now()).filter(pk=pk)
    return due.select_related("file__case", "by").first()


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
