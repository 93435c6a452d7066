"""What of the cases is somebody's own to do: assigned to them, or with points of its import."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count

from cases.models import Case
from manuscripts.models import ImportPoint

_SHOWN = 10


def for_editor(user: User) -> dict[str, Any]:
    """For the dashboard; two queries."""
    assigned = Case.objects.filter(editor=user).exclude(stage=Case.Stage.APPROVED)
    points = ImportPoint.objects.filter(done_at=None, case__in=Case.objects.of(user))
    counted = points.order_by().values("case", "case__title").annotate(n=Count("pk"))
    return {
        "assigned": assigned.defer("body").order_by("-updated_at")[:_SHOWN],
        "imported": counted.order_by("-n", "case")[:_SHOWN],
    }
