"""Where somebody is logged in: seen and ended, by oneself or by an administrator."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from revisions.people import user_of

from .. import sessions
from ..pages import page


def own(request: HttpRequest) -> HttpResponse:
    """One's own."""
    return _page(request, user_of(request), _("Where you are logged in"), "admin:sessions")


def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else's, for administrators."""
    if not request.user.has_perm("auth.change_user"):
        raise PermissionDenied
    person = get_object_or_404(User, pk=pk)
    title = _("Where %s is logged in") % (person.get_full_name() or person.username)
    return _page(request, person, title, "admin:auth_user_sessions", pk)


def _page(request: HttpRequest, person: User, title: str, address: str, *args: int) -> HttpResponse:
    if request.method == "POST":
        _end(request, person)
        return redirect(address, *args)
    rows = sessions.of_person(person)
    here = request.session.session_key
    return page(request, "sessions", title, sessions=rows, person=person, here=here)


def _end(request: HttpRequest, person: User) -> None:
    """The one that was chosen, of that person's; or all but this one."""
    by, chosen = user_of(request), request.POST.get("end", "")
    if chosen == "all":
        number = sessions.end_all(person, by=by, but=request.session.session_key)
        told = ngettext("%d session was ended.", "%d sessions were ended.", number)
        messages.success(request, told % number)
        return
    known = chosen.isascii() and chosen.isdecimal() and len(chosen) < 19
    session = sessions.of_person(person).filter(pk=chosen).first() if known else None
    if session is None:
        messages.error(request, _("There is no such session any more. Those that are stand below."))
        return
    sessions.end(session, by=by)
    messages.success(request, _("The session was ended."))
