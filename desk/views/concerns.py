"""Expressions of concern: put one on a case in print, or lift the one that stands."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cases.models import Case
from corrections.notices import standing_concern
from desk import services
from editions.models import Edition
from revisions.people import user_of

from ..notice_forms import ConcernForm, LiftForm
from ..pages import REFUSALS, page, refuse


@permission_required("cases.publish_case", raise_exception=True)
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason that readers see, and publishes a notice with it."""
    case = get_object_or_404(Case.objects.defer("body"), pk=pk)
    standing = standing_concern(case)
    action = request.POST.get("action", "") if request.method == "POST" else ""
    lifts = action == "lift" if action else standing is not None
    form = (LiftForm if lifts else ConcernForm)(request.POST if action else None)
    if action in ("express", "lift") and form.is_valid():
        decide = services.lift_concern if lifts else services.express_concern
        try:
            notice = decide(case, by=user_of(request), reason=form.cleaned_data["reason"])
        except REFUSALS as error:
            refuse(form, error)
            standing = standing_concern(case)
        else:
            said = _('Published: <a href="{}">notice {}</a>.')
            messages.success(request, format_html(said, notice.get_absolute_url(), notice))
            return redirect("admin:review", case.pk)
    return page(
        request,
        "concern",
        _("Expression of concern: %(title)s") % {"title": case},
        case=case,
        form=form,
        standing=standing,
        in_print=Edition.objects.listed().filter(case=case).without_text().defer("record").first(),
    )
