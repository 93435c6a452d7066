"""What a row of the corrections queue says besides the state."""

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from corrections.models import Correction

register = template.Library()


@register.filter
def marks(correction: Correction) -> list[str]:
    """Overdue, free again, waiting for its sender or answered by them; what of it is so."""
    now = timezone.now()
    taken = correction.status == Correction.Status.TAKEN
    found = [
        (correction.is_overdue(now), _("overdue")),
        (correction.is_waiting_for_sender, _("waiting for the sender")),
        (correction.is_answered_by_sender, _("answered by the sender")),
        (taken and not correction.is_held(now), _("free again")),
    ]
    return [word for is_so, word in found if is_so]
