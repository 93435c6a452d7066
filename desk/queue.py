"""The corrections queue: its drawers, and which correction comes next."""

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corrections.likeness import like
from corrections.models import Correction
from corrections.models.querysets import CorrectionQuerySet

_STATUS = Correction.Status
_CLOSED = (_STATUS.DECLINED, _STATUS.ANSWERED, _STATUS.MENDED, _STATUS.JOINED)
_MOST = 200  # that one can be joined to; more of one case at once would be a flood
DRAWERS = {
    "open": _("To decide"),
    "overdue": _("Overdue"),
    "mine": _("Taken by me"),
    "waiting": _("Waiting for the sender"),
    "replied": _("Answered by the sender"),
    "accepted": _("Accepted, awaiting an edition"),
    "decided": _("Decided"),
    "spam": _("Spam"),
}


def drawer_named(name: str | None) -> str:
    """The drawer of that name; the open ones for any other name."""
    return name if name in DRAWERS else "open"


def corrections_in(drawer: str, user: User) -> CorrectionQuerySet:
    """The corrections of a drawer, those that have waited longest first."""
    rows = Correction.objects.for_queue()
    chosen = {
        "overdue": lambda: rows.overdue(timezone.now()),
        "mine": lambda: rows.filter(status=_STATUS.TAKEN, taken_by=user),
        "waiting": rows.waiting_for_sender,
        "replied": rows.answered_by_sender,
        "accepted": rows.accepted,
        "decided": lambda: rows.filter(status__in=_CLOSED),
        "spam": lambda: rows.filter(status=_STATUS.SPAM),
    }
    return chosen.get(drawer, rows.open)()


def next_in(drawer: str, user: User, after: Correction) -> Correction | None:
    """The next one of the drawer, beginning again at its end. One to decide that a colleague looks
    after, or whose sender has been asked, is passed over."""
    rows = corrections_in(drawer, user).exclude(pk=after.pk)
    if drawer in ("open", "overdue", "replied"):
        asked = Correction.objects.waiting_for_sender()
        rows = rows.not_held_by_others(user, timezone.now()).exclude(pk__in=asked)
    later = Q(created_at__gt=after.created_at) | Q(created_at=after.created_at, pk__gt=after.pk)
    return rows.filter(later).first() or rows.first()


def joinable(correction: Correction) -> list[Correction]:
    """Those that it may be joined to: open or accepted ones of its case, those that are about the
    same first."""
    open_ = Q(status__in=(_STATUS.NEW, _STATUS.TAKEN, _STATUS.ACCEPTED))
    rows = Correction.objects.filter(open_).of(correction.edition.case).exclude(pk=correction.pk)
    others = list(rows.for_queue()[:_MOST])
    same = like(correction, others)
    return same + [other for other in others if other not in same]
