"""Works off what an import was not sure of."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from revisions import audit

from .models import ImportPoint


def work_off(
    case: Case, *, seen: Collection[int], done: Collection[int], by: User
) -> list[ImportPoint]:
    """Tick off those points of the case's import that are among `done`, and open those again that
    are not, by their primary keys; only those among `seen` are touched, so that nobody undoes what
    they did not see. Those that changed are returned; the audit trail has a line for each."""
    with transaction.atomic():
        points = case.import_points.select_for_update().filter(pk__in=seen)
        changed = [point for point in points if (point.done_at is not None) != (point.pk in done)]
        for point in changed:
            is_done = point.pk in done
            point.done_at = timezone.now() if is_done else None
            point.done_by = by if is_done else None
            point.full_clean()
            point.save()
            said = _("Worked off: %s") if is_done else _("Open again: %s")
            audit.record(case, audit.Action.CHANGED, by=by, note=said % point.text)
    return changed
