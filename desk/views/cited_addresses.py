"""The list of cited addresses by case, and the history of each; one may be asked at once."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from editions.links.watching import HostBusy
from editions.models import WatchedAddress
from revisions.people import user_of

from .. import link_watch
from ..pages import numbered_page, page

PERMISSIONS = ("sources.change_source",)


@permission_required(PERMISSIONS, raise_exception=True)
def cited_addresses(request: HttpRequest) -> HttpResponse:
    """Those in the state that is asked for; those that are dead where none is. A fixed number of
    queries."""
    words = request.GET.get("q", "")[:200].strip()
    state = request.GET.get("state", "dead")
    found = link_watch.citations(words)
    shown = numbered_page(request, link_watch.in_state(found, state))
    return page(
        request,
        "cited_addresses",
        _("Cited addresses"),
        rows=shown,
        states=link_watch.states(found),
        state=state if state in link_watch.STATES else "",
        words=words,
        question=urlencode({"state": state, "q": words}),
    )


@permission_required(PERMISSIONS, raise_exception=True)
def cited_address(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of asking one address; POST asks it now."""
    address = get_object_or_404(WatchedAddress, pk=pk)
    if request.method == "POST":
        try:
            stored = link_watch.check_now(address, by=user_of(request))
        except HostBusy as error:
            messages.error(request, _("%(why)s Nothing was asked.") % {"why": error})
        else:
            outcome = stored.get_outcome_display()
            messages.success(request, _("It was asked: %(outcome)s.") % {"outcome": outcome})
        return redirect("admin:cited_address", pk)
    return page(
        request,
        "cited_address",
        _("Cited address"),
        address=address,
        checks=address.checks.all(),
        citations=link_watch.in_state(address.citations.all(), ""),
    )
