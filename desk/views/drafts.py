"""Drafts for readers without an account: the links to them, and the page that they lead to."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.models import Case
from desk.review import Review
from reviews import links
from reviews.models import DraftLink
from revisions.people import user_of

from ..pages import REFUSALS, page, refuse
from ..review_forms import DraftLinkForm


@permission_required("cases.publish_case", raise_exception=True)
def draft_links(request: HttpRequest, pk: int) -> HttpResponse:
    """The links to the draft of a case; POST makes one, whose address is shown this once, or ends
    one."""
    case = get_object_or_404(Case, pk=pk)
    if request.POST.get("action") == "end":
        _end(request, case)
        return redirect("admin:draft_links", pk)
    until = timezone.localdate() + timedelta(days=settings.DRAFT_LINK_DAYS)
    form = DraftLinkForm(request.POST or None, initial={"until": until})
    address = _made(request, case, form) if request.method == "POST" and form.is_valid() else ""
    return page(
        request,
        "draft_links",
        _("Links to the draft: %(title)s") % {"title": case},
        case=case,
        links=case.draft_links.select_related("made_by", "ended_by"),
        form=DraftLinkForm(initial={"until": until}) if address else form,
        address=address,
        zone=timezone.get_current_timezone_name(),
    )


def _made(request: HttpRequest, case: Case, form: DraftLinkForm) -> str:
    """The address of a new link; blank where it is refused, which the form says."""
    typed = form.cleaned_data
    ends_at = timezone.make_aware(datetime.combine(typed["until"], time.max))
    try:
        _link, token = links.make_link(
            case, by=user_of(request), for_whom=typed["for_whom"], ends_at=ends_at
        )
    except REFUSALS as error:
        refuse(form, error)
        return ""
    return settings.SITE_URL + reverse("draft", args=[token])


def _end(request: HttpRequest, case: Case) -> None:
    key = request.POST.get("link", "")
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise Http404
    link = get_object_or_404(DraftLink, pk=key, case=case)
    try:
        links.end_link(link, by=user_of(request))
    except REFUSALS as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The link leads nowhere any more."))


@never_cache
@require_safe
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """A case as it stands now, for whoever has been sent the link; each opening is counted."""
    link = links.with_token(token.replace("\0", ""))
    if link is None:
        raise Http404
    if not link.is_alive:
        return _private(render(request, "reviews/draft_ended.html", status=410))
    if request.method == "GET":
        links.note_view(link)
    shown = Review(case=link.case, in_print=None, before=None, own_work=False)
    return _private(render(request, "reviews/draft.html", {"link": link, "shown": shown}))


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
