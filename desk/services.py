"""What only the desk can do, since it needs all the other apps: publish with the corrections that
are mended, now or at a set time, send back, withdraw with a public notice, express concern, remove,
rename; and store what readers' pages are made of."""

import hashlib
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import services as cases
from cases.models import Case
from cases.rendering import Rendered, render_case
from cases.services import WrongStage
from corrections import notices
from corrections import services as corrections
from corrections.models import Correction, Notice
from corrections.models.notices import NoticeQuerySet
from corrections.statements import withheld
from editions import old_addresses, removing
from editions import services as editions
from editions.models import Edition, LogLine, Removal
from editions.record.build import build
from editions.record.compare import differences
from editions.record.digest import canonical
from editions.record.field import Record
from reviews import claims, files, schedules
from reviews.checklist import ChecklistOpen, refuse_unticked
from reviews.comments import as_reasons
from reviews.models import ReviewFile, Schedule, Thread
from revisions import revision_block
from revisions.revision_block import StaleLock
from website.pages import fragments

_log = logging.getLogger(__name__)


class MayNotPublish(PermissionError):
    """Whoever set the time of a publication has not the right to it any more."""


NOT_PUBLISHED = (
    *(WrongStage, editions.OwnWork, editions.NotPublishable, ChecklistOpen, MayNotPublish),
    *(corrections.WrongState, corrections.WrongEdition, ValidationError),
)
"""Why something is not published at its time."""
_OF_THE_EDITION = ("number", "kind", "change_note", "published_at")  # not of what it says


def fingerprint(record: Mapping[str, Any]) -> str:
    """64 hexadecimal digits for what a record says: text, facts, notes and sources as set."""
    said = {name: value for name, value in record.items() if name not in _OF_THE_EDITION}
    return hashlib.sha256(canonical(said)).hexdigest()


def next_record(case: Case, rendered: Rendered) -> Record:
    """The record that the next edition would have, but for its number, kind, note and day."""
    return build(case, rendered, number=0, kind="", change_note="", published_at=timezone.now())


def publish(
    case: Case,
    *,
    by: User,
    kind: str = Edition.Kind.EDITORIAL,
    change_note: str = "",
    mends: Iterable[Correction] = (),
    notice: Mapping[str, str] | None = None,
    seen: str = "",
    unread_reason: str = "",
) -> Edition:
    """Publish the case and close the accepted corrections that this edition mends, in one
    transaction: a notice for each, and the senders are told. `notice` has the words (`before`,
    `after`, `why`) of one more, for what the editors found themselves. A time that was set for it
    is called off, and its review is closed.

    `seen` is the fingerprint of what was reviewed. A source, a term or an organisation may have
    changed since, which no lock number of the case tells: then StaleLock is raised and nothing is
    published. Raises ClaimedByAnother, ChecklistOpen, and as `editions.services.publish` and
    `corrections.services.mend`.
    """
    with transaction.atomic():
        file = _file_to_decide(case, by=by)
        schedules.end_waiting(file, by=by, why=_("Published before its time."))
        said = {"kind": kind, "change_note": change_note, "unread_reason": unread_reason}
        return _publish(case, file, by=by, mends=mends, notice=notice, seen=seen, **said)


def _file_to_decide(case: Case, *, by: User) -> ReviewFile | None:
    """The open file of the case, both locked in the order of publishing; raises ClaimedByAnother
    where it is not for `by` to decide."""
    editions.one_at_a_time()
    files.locked_case(case)
    file = files.current(case)
    claims.refuse_claimed(file, by=by)
    return file


def _publish(
    case: Case,
    file: ReviewFile | None,
    *,
    by: User,
    mends: Iterable[Correction],
    notice: Mapping[str, str] | None,
    seen: str,
    **said: str,
) -> Edition:
    with transaction.atomic():
        refuse_unticked(file)
        edition = editions.publish(case, by=by, **said)
        if seen and fingerprint(edition.record) != seen:
            raise StaleLock(_("A source or a name in this case was changed in the meantime."))
        corrections.mend(mends, edition=edition, by=by)
        if notice is not None:
            before, after = notice.get("before", ""), notice.get("after", "")
            corrections.announce(edition, by=by, why=notice["why"], before=before, after=after)
        fragments.store(edition)
        if file is not None:
            files.close(file, edition)
    return edition


def publish_due() -> list[Schedule]:
    """Publish what is due, each in a transaction of its own, and return what became of each.

    Whoever runs this, how often and how late, each is published once; what was changed since it was
    decided is not, and its schedule says so.
    """
    done = []
    for pk in list(Schedule.objects.due(timezone.now()).values_list("pk", flat=True)):
        try:
            schedule = _publish_scheduled(pk)
        except Exception:  # a fault of ours: it waits, and holds nothing else up
            _log.exception("What is due could not be published: schedule %s", pk)
            continue
        if schedule is not None:
            done.append(schedule)
    return done


def _publish_scheduled(pk: int) -> Schedule | None:
    """None where somebody else has been there first."""
    with transaction.atomic():
        editions.one_at_a_time()
        schedule = schedules.locked(pk)
        if schedule is None:
            return None
        try:
            edition = _publish_as_decided(schedule)
        except StaleLock:
            schedules.refuse(schedule, outcome=_("It was changed after its time had been set."))
        except NOT_PUBLISHED as error:
            said = error.messages if isinstance(error, ValidationError) else [str(error)]
            schedules.refuse(schedule, outcome=" ".join(said))
        else:
            outcome = _("Published as edition %s.") % edition.number
            schedules.end(schedule, Schedule.State.PUBLISHED, outcome=outcome)
    return schedule


def _publish_as_decided(schedule: Schedule) -> Edition:
    case, by = schedule.file.case, schedule.by
    if not (by.is_active and by.has_perm("cases.publish_case")):
        raise MayNotPublish(_("Whoever set the time may not publish any more."))
    if schedule.unread_reason and not by.has_perm("reviews.publish_unread"):
        raise MayNotPublish(_("Whoever set the time may not publish their own work any more."))
    case.lock = schedule.lock  # as it was decided on: a later one is refused
    return _publish(
        case,
        schedule.file,
        by=by,
        mends=list(Correction.objects.filter(reference__in=schedule.mends)),
        notice=schedule.notice,
        seen=schedule.seen,
        kind=schedule.kind,
        change_note=schedule.change_note,
        unread_reason=schedule.unread_reason,
    )


def send_back(case: Case, *, by: User, reason: str, comments: Iterable[Thread] = ()) -> Case:
    """Send a case in review back to its editors, with a reason, and what was said about single
    paragraphs after it. Raises ClaimedByAnother, and as `editions.services.request_changes`."""
    with transaction.atomic():
        file = _file_to_decide(case, by=by)
        words = "\n\n".join(part for part in (reason.strip(), as_reasons(comments)) if part)
        sent = editions.request_changes(case, by=by, reason=words)
        _leave(file, by=by, why=_("Sent back."))
    return sent


def settle(case: Case, *, by: User) -> Case:
    """Nothing is to be published: the case says what its edition in print says, and is approved
    again. Raises StaleLock, ClaimedByAnother, and WrongStage where it differs or is not in print.
    """
    with revision_block.recorded(by=by, reason=_("As it is in print: nothing to publish.")):
        file = _file_to_decide(case, by=by)
        stored = Case.objects.get(pk=case.pk)
        if stored.lock != case.lock:
            raise StaleLock(_("This case was saved by somebody else in the meantime."))
        printed = stored.editions.listed().first()
        if printed is None or stored.stage == Case.Stage.APPROVED:
            raise WrongStage(_("This case is not in print, or nobody has changed it."))
        if differences(printed.record, next_record(stored, render_case(stored))):
            raise WrongStage(_("This case differs from what is in print."))
        old_addresses.lead_here(stored)
        stored.contributors.clear()
        cases.move(stored, Case.Stage.APPROVED, by=by, reason="")
        revision_block.save(stored, audited=False)
        _leave(file, by=by, why=_("Nothing to publish."))
    return stored


def _leave(file: ReviewFile | None, *, by: User, why: str) -> None:
    """It is not for moderators to decide any more."""
    if file is not None:
        schedules.end_waiting(file, by=by, why=why)
        files.drop_claim(file)


def withdraw(case: Case, *, by: User, reason: str) -> Edition:
    """Withdraw the case and say so in the public register. Raises ClaimedByAnother, and as
    `editions.services.withdraw`.

    Accepted corrections stay as they are: an edition that puts the case back in print mends them.
    """
    with transaction.atomic():
        _file_to_decide(case, by=by)
        edition = editions.withdraw(case, by=by, reason=reason)
        corrections.announce(edition, by=by, why=reason)
        fragments.store(edition)
    return edition


def express_concern(case: Case, *, by: User, reason: str) -> Notice:
    """Say of a case in print that a claim in it is being checked; lists of cases mark it. Raises as
    `corrections.notices.express_concern`."""
    with transaction.atomic():
        concern = notices.express_concern(case, by=by, reason=reason)
        _store_fragments(case)
    return concern


def lift_concern(case: Case, *, by: User, reason: str) -> Notice:
    """Say what came of the check. Raises as `corrections.notices.lift_concern`."""
    with transaction.atomic():
        lifting = notices.lift_concern(case, by=by, reason=reason)
        _store_fragments(case)
    return lifting


def remove_edition(removal: Removal, *, by: User) -> Notice:
    """Confirm the removal of an edition, which a public tombstone replaces; notices quote nothing
    of it any more, and a notice of its own says so. Raises as `editions.removing.remove`."""
    with transaction.atomic():
        edition = removing.remove(removal, by=by).edition
        because = withheld(edition.number)
        _withhold(Notice.objects.filter(found_in=edition), "before", because=because)
        _withhold(Notice.objects.filter(mended_in=edition), "after", because=because)
        return notices.announce_removal(edition, by=by, ground=removal.ground)


def _withhold(quoting: NoticeQuerySet, part: str, *, because: str) -> None:
    """The words go, and with them what could prove them: the salts of their digests in the log."""
    found = set(quoting.values_list("reference", flat=True))
    unsaid = set(quoting.filter(why="").values_list("reference", flat=True))
    quoting.withhold(part, because=because)
    LogLine.objects.forget(found, part)
    said = Notice.objects.filter(reference__in=unsaid).exclude(why="")
    LogLine.objects.forget(said.values_list("reference", flat=True), "why")


def _store_fragments(case: Case) -> None:
    for edition in Edition.objects.listed().filter(case=case).select_related("case"):
        fragments.store(edition)


def rename(case: Case, slug: str, *, by: User, reason: str) -> Case:
    """Give the case a new address, which its stored pages name. Raises as
    `editions.services.rename`."""
    with transaction.atomic():
        renamed = editions.rename(case, slug, by=by, reason=reason)
        _store_fragments(renamed)
    return renamed
