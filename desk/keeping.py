"""What is sent to the desk when nobody is logged in any more, or when it cannot be told that it was
sent from the desk, is kept for whoever sent it."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from corrections.views import csrf_failure as readers_csrf_failure
from revisions import working_copies
from revisions.models import WorkingCopy

from . import second_factor
from .pages import is_of_the_desk, page
from .sessions import whose

_BACK = {"working-copy": WorkingCopy.Kind.POSTED.value}


def to_log_in(request: HttpRequest) -> HttpResponse:
    """Keeps what was posted for whoever's session has ended, and leads to the log-in and from there
    back to the form with it."""
    if request.path == reverse("admin:logout"):
        return redirect("admin:index")
    back, answer = _keep_posted(request)
    if answer is not None:
        return answer
    return redirect_to_login(back, reverse("admin:login"))


def to_second_factor(request: HttpRequest) -> HttpResponse:
    """Keeps what was posted by somebody who must have a second factor and has none in this session,
    and leads them to set one up; one who has set it up elsewhere, to the log-in."""
    elsewhere = second_factor.device_of(request.user) is not None
    back, answer = request.get_full_path(), None
    if request.method == "POST":
        back, answer = _keep_posted(request)
    if elsewhere:
        logout(request)
    if answer is not None:
        return answer
    if elsewhere:
        return redirect_to_login(back, reverse("admin:login"))
    return redirect(reverse("admin:second_factor_enrol") + "?" + urlencode({"next": back}))


def _keep_posted(request: HttpRequest) -> tuple[str, HttpResponse | None]:
    """Where to go back to after the log-in, with what was posted; or the answer to a script."""
    while_typing = request.path == reverse("admin:working_copy")
    kept = _kept(request, request.POST.get("_address", request.path))
    leave_cookie(request)
    if while_typing:
        return "", JsonResponse({"ended": True}, status=401)
    back = request.path
    if kept:
        back += "?" + urlencode(_BACK)
        messages.warning(
            request,
            _("Your session has ended. Log in: what you sent is kept, and will be shown to you."),
        )
    return back, None


def leave_cookie(request: HttpRequest) -> None:
    """By the cookie of a session that has ended it is known who goes on typing; Django would delete
    it with the first answer."""
    if whose(request) and not request.user.is_authenticated:
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)


def _kept(request: HttpRequest, address: str) -> bool:
    user = whose(request)
    if user is None or not is_of_the_desk(address):
        return False
    try:
        working_copies.keep(user, address, request.POST, WorkingCopy.Kind.POSTED)
    except working_copies.TooLarge:
        return False
    return True


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF_FAILURE_VIEW: at the desk a page that leads back to the form with what was sent,
    where it was sent from a page of ours; else that of readers."""
    match = request.resolver_match
    if match is None or match.app_name != "admin" or not _is_from_here(request):
        return readers_csrf_failure(request, reason)
    kept = _kept(request, request.path)
    back = f"{request.path}?{urlencode(_BACK)}" if kept else ""
    response = page(request, "csrf_failure", _("Not saved yet"), back=back)
    response.status_code = 403
    add_never_cache_headers(response)
    return response


def _is_from_here(request: HttpRequest) -> bool:
    said = request.META.get("HTTP_ORIGIN") or request.META.get("HTTP_REFERER", "")
    return urlsplit(said).netloc == request.get_host()


@receiver(user_logged_in)
def _another_person(
    sender: type[User], request: HttpRequest | None, user: User, **_rest: object
) -> None:
    """Whoever logs in instead of the one whose session ended does not leave their text behind."""
    asked = urlsplit((request.POST.get("next") or request.GET.get("next") or "") if request else "")
    if asked.query == urlencode(_BACK):
        working_copies.discard_of_others(user, asked.path)
