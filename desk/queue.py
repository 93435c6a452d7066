"""The corrections queue: its drawers, and which correction comes next."""

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from corrections.models import Correction

_STATUS = Correction.Status
DRAWERS = {
    "open": _("To decide"),
    "mine": _("Taken by me"),
    "accepted": _("Accepted, awaiting an edition"),
    "decided": _("Decided"),
    "spam": _("Spam"),
}


def drawer_named(name: str | None) -> str:
    """The drawer of that name; the open ones for any other name."""
    return name if name in DRAWERS else "open"


def corrections_in(drawer: str, user: User) -> QuerySet[Correction]:
    """The corrections of a drawer, those that have waited longest first."""
    rows = Correction.objects.for_queue()
    if drawer == "mine":
        return rows.filter(status=_STATUS.TAKEN, taken_by=user)
    if drawer == "accepted":
        return rows.accepted()
    if drawer == "decided":
        return rows.filter(status__in=(_STATUS.DECLINED, _STATUS.ANSWERED, _STATUS.MENDED))
    if drawer == "spam":
        return rows.filter(status=_STATUS.SPAM)
    return rows.open()


def next_in(drawer: str, user: User, after: Correction) -> Correction | None:
    """The next one of the drawer, beginning again at its end. One to decide that a colleague has
    taken is passed over."""
    rows = corrections_in(drawer, user).exclude(pk=after.pk)
    if drawer == "open":
        rows = rows.exclude(Q(status=_STATUS.TAKEN) & ~Q(taken_by=user))
    later = Q(created_at__gt=after.created_at) | Q(created_at=after.created_at, pk__gt=after.pk)
    return rows.filter(later).first() or rows.first()
