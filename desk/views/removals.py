"""Removals of editions: an administrator asks on a legal ground, a second person decides."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from desk import services
from editions import removing
from editions.models import Edition, Removal
from revisions.people import user_of

from ..notice_forms import ConfirmForm, RemovalForm
from ..pages import REFUSALS, page, refuse

may_decide = permission_required("editions.decide_removal", raise_exception=True)


@may_decide
def removals(request: HttpRequest) -> HttpResponse:
    """The removals that wait for a second person, the oldest first."""
    waiting = Removal.objects.waiting()
    return page(request, "removals", _("Removals"), waiting=waiting)


@may_decide
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition: ask for its removal, or decide about the one that was asked for."""
    edition = get_object_or_404(Edition.objects.without_text().defer("record"), pk=pk)
    asked = _asked(edition)
    action = request.POST.get("action", "") if request.method == "POST" else ""
    decides = action in ("confirm", "refuse") if action else asked is not None
    form: RemovalForm | ConfirmForm
    if decides:
        form = ConfirmForm(request.POST if action else None, confirms=action == "confirm")
    else:
        form = RemovalForm(request.POST if action else None)
    if action in ("ask", "confirm", "refuse") and form.is_valid():
        try:
            messages.success(request, _act(action, request, edition, asked, form))
        except REFUSALS as error:
            refuse(form, error)
        else:
            return redirect("admin:removals")
    asked = _asked(edition)
    if action and isinstance(form, ConfirmForm) != (asked is not None):
        messages.error(request, _meanwhile(form))
        form = ConfirmForm(confirms=False) if asked else RemovalForm()
    return page(
        request,
        "removal",
        _("Remove edition %(n)d: %(title)s") % {"n": edition.number, "title": edition.title},
        edition=edition,
        removal=asked,
        form=form,
        own=asked is not None and asked.asked_by_id == user_of(request).pk,
    )


def _asked(edition: Edition) -> Removal | None:
    """The removal that was asked for and not refused."""
    return (
        edition.removals.filter(refused_at=None).select_related("asked_by", "confirmed_by").first()
    )


def _meanwhile(form: RemovalForm | ConfirmForm) -> str:
    """Why a form has no use any more, and what was typed into it, for copying."""
    why = " ".join(map(str, form.non_field_errors()))
    typed = form.data.get("ground", "")
    return _("%(why)s You typed: %(typed)s") % {"why": why, "typed": typed} if typed else why


def _act(
    action: str,
    request: HttpRequest,
    edition: Edition,
    asked: Removal | None,
    form: RemovalForm | ConfirmForm,
) -> str:
    """Do what the button says. Raises PermissionDenied, and as `editions.removing`."""
    user = user_of(request)
    if action == "ask":
        if not user.has_perm("editions.ask_removal"):
            raise PermissionDenied
        typed = form.cleaned_data
        removing.ask_removal(edition, by=user, ground=typed["ground"], title_too=typed["title_too"])
        return _("Asked for. A second person confirms it here.")
    if asked is None:
        raise removing.NotRemovable(_("Nobody has asked for the removal of this edition."))
    if action == "refuse":
        removing.refuse_removal(asked, by=user)
        return _("The edition stays as it is.")
    services.remove_edition(asked, by=user)
    return _("Removed: edition %(number)d. A tombstone stands in its place.") % {
        "number": edition.number
    }
