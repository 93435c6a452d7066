"""The page on which the warnings of an import are worked off, one by one."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Case
from manuscripts.models import ImportPoint
from manuscripts.services import work_off
from revisions.admin_widgets import possible_keys
from revisions.people import user_of

from ..pages import page


@permission_required("cases.change_case", raise_exception=True)
def import_points(request: HttpRequest, pk: int) -> HttpResponse:
    """The points of one case, those that are open first; ticks them off, or opens them again."""
    case = get_object_or_404(Case.objects.defer("body"), pk=pk)
    if request.method == "POST":
        seen, done = (
            {int(key) for key in possible_keys(request.POST.getlist(name)) if key}
            for name in ("seen", "done")
        )
        changed = work_off(case, seen=seen, done=done, by=user_of(request))
        n = len(changed)
        said = ngettext("%s point was changed.", "%s points were changed.", n) % n
        messages.success(request, said if n else _("Nothing was changed."))
        return redirect("admin:import_points", case.pk)
    points = list(ImportPoint.objects.filter(case=case).select_related("done_by"))
    points.sort(key=lambda point: point.done_at is not None)
    title = _("Points of the import of “%s”") % case.title
    left = sum(point.done_at is None for point in points)
    return page(request, "import_points", title, case=case, points=points, left=left)
