"""What a moderator does with a case on its review page before deciding: claims it, says until when
it is due, ticks the checklist; and what ends without anything being typed."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.models import Case
from desk import services
from reviews import checklist, claims, schedules
from reviews.models import ChecklistItem
from revisions.people import user_of

from ..review_forms import DueForm

Handler = Callable[[HttpRequest, Case], str]


def claim(request: HttpRequest, case: Case) -> str:
    """Takes the case in hand."""
    claims.claim(case, by=user_of(request))
    return _("You have claimed this case: colleagues see it.")


def take_over(request: HttpRequest, case: Case) -> str:
    """Takes the case out of a colleague's hands."""
    claims.take_over(case, by=user_of(request))
    return _("You have taken this case over: colleagues see it.")


def release(request: HttpRequest, case: Case) -> str:
    """Gives the case back to all."""
    claims.release(case, by=user_of(request))
    return _("You have released this case.")


def due(request: HttpRequest, case: Case) -> str:
    """Sets the day by which it should be decided on, or none."""
    form = DueForm(request.POST)
    if not form.is_valid():
        raise NotUnderstood(_("Type a day, such as 2030-01-31."))
    day = form.cleaned_data["due"]
    claims.set_due(case, by=user_of(request), due=day)
    if day is None:
        return _("It is not due by any day now.")
    return _("It is due by %s.") % date_format(day)


def tick(request: HttpRequest, case: Case) -> str:
    """Keeps what is ticked."""
    chosen = {key for key in request.POST.getlist("ticks") if key.isascii() and key.isdecimal()}
    items = [item for item in ChecklistItem.objects.in_use() if str(item.pk) in chosen]
    checklist.tick(case, items, by=user_of(request))
    return _("The checklist is kept.")


def call_off(request: HttpRequest, case: Case) -> str:
    """Nothing is published at the set time."""
    schedules.call_off(case, by=user_of(request))
    return _("Called off: it is not published at a set time any more.")


def settle(request: HttpRequest, case: Case) -> str:
    """Nothing is to be published."""
    lock = request.POST.get("lock", "")
    case.lock = int(lock) if lock.isascii() and lock.isdecimal() and len(lock) < 10 else -1
    services.settle(case, by=user_of(request))
    return _("The case is as it is in print; nothing waits for you.")


class NotUnderstood(ValueError):
    """What was typed cannot be read; the message says what is expected."""


HANDLERS: dict[str, Handler] = {
    "claim": claim,
    "take-over": take_over,
    "release": release,
    "due": due,
    "tick": tick,
    "call-off": call_off,
    "settle": settle,
}
"""The buttons of the review page that need no form of their own."""
