"""Publishes notices: of what an edition mends, of concerns, of removals."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Case
from editions.log.appending import Event, append
from editions.models import Edition
from editions.turns import one_at_a_time
from revisions import audit
from serving.site_version import bump

from .events import event_of
from .models import Notice
from .plain_text import plain
from .references import new_reference
from .statements import of_notice


class ConcernStands(RuntimeError):
    """An expression of concern about the case stands already."""


class NoConcern(RuntimeError):
    """No expression of concern about the case stands that could be lifted."""


class NotInPrint(RuntimeError):
    """No edition of the case with a text is in print."""


def publish(notice: Notice, *, by: User, action: str = audit.Action.NOTICE) -> Notice:
    """Store a notice; where an edition mends something, its kind follows from that edition's.
    Raises ValidationError for what the model refuses."""
    notice.case = notice.edition.case
    if notice.mended_in:
        notice.kind = event_of(notice.mended_in.kind).notice
    notice.published_by = by
    with transaction.atomic():
        notice.full_clean()
        notice.save()
        append(Event.NOTICE, of_notice(notice))
        audit.record(notice, action, by=by, after=notice.kind)
        bump()
    return notice


def standing_concern(case: Case) -> Notice | None:
    """The expression of concern about the case that nobody has lifted. One query."""
    return Notice.objects.public().standing().filter(case=case).first()


def express_concern(case: Case, *, by: User, reason: str) -> Notice:
    """Say at the head of the case that a claim in it is being checked, and why. No edition is made.

    Raises NotInPrint where nothing is, ConcernStands where one is there already, ValidationError
    without a reason.
    """
    with transaction.atomic():
        _lock(case)
        in_print = Edition.objects.listed().filter(case=case).select_related("case").first()
        if in_print is None:
            raise NotInPrint(_("Only about a case that is in print can concern be expressed."))
        if standing_concern(case):
            raise ConcernStands(_("An expression of concern about this case stands already."))
        concern = Notice(
            reference=new_reference("N"),
            found_in=in_print,
            kind=Notice.Kind.CONCERN,
            why=plain(reason),
        )
        return publish(concern, by=by, action=audit.Action.CONCERN)


def lift_concern(case: Case, *, by: User, reason: str) -> Notice:
    """Lift the concern that stands by a second notice that says what came of it; both stay.

    Raises NoConcern where none stands, ValidationError without a reason.
    """
    with transaction.atomic():
        _lock(case)
        concern = standing_concern(case)
        if concern is None:
            raise NoConcern(_("No expression of concern about this case stands: it was lifted."))
        lifting = Notice(
            reference=new_reference("N"),
            found_in=concern.found_in,
            lifts=concern,
            kind=Notice.Kind.CONCERN_LIFTED,
            why=plain(reason),
        )
        return publish(lifting, by=by, action=audit.Action.CONCERN_LIFTED)


def announce_removal(edition: Edition, *, by: User, ground: str) -> Notice:
    """Say in public that an edition was removed, and on which legal ground. Raises ValidationError
    without one."""
    removal = Notice(
        reference=new_reference("N"),
        found_in=edition,
        kind=Notice.Kind.REMOVAL,
        why=plain(ground),
    )
    return publish(removal, by=by)


def _lock(case: Case) -> None:
    """Of two people who decide about a concern, one waits here and then sees what the other did;
    the turn of publishing comes first, since notices stand in the log."""
    one_at_a_time()
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
