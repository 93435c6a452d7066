"""Signing in: name and password, then a code where somebody has a second factor; signing out."""

from typing import Any, cast

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import LoginView
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_static.models import StaticDevice

from revisions import audit
from revisions.people import user_of
from serving.client_address import of_request

from .. import browsers, second_factor, sessions
from ..account_forms import CodeForm, LogInForm

_SALT = "desk.second-step"
_SECONDS = 600  # from the password to the code
_BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignIn(LoginView):
    """Nobody is logged in before both steps are done. That the password was right is told to the
    second page by a signed field, so that the cookie of a session that has ended stays, by which is
    known who goes on typing in another tab."""

    authentication_form = LogInForm
    template_name = "desk/sign_in.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The first page, or the second."""
        if "step" in request.POST:
            return self._second_step(request.POST["step"])
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """The password is right."""
        user = form.get_user()
        if second_factor.device_of(user) is None:
            return self._enter(user)
        told = {"user": user.pk, "password": user.get_session_auth_hash()}
        return self._ask_code(CodeForm(), signing.dumps(told, salt=_SALT))

    def _second_step(self, step: str) -> HttpResponse:
        user = _whose(step)
        if user is None:
            messages.warning(self.request, _("That took too long. Begin again."))
            return redirect(self.request.get_full_path())
        if settings.AXES_ENABLED:
            credentials = {"username": user.get_username()}
            if not AxesProxyHandler.is_allowed(self.request, credentials):
                return get_lockout_response(self.request, credentials=credentials)
        form = CodeForm(self.request.POST)
        if form.is_valid():
            try:
                device = second_factor.verify(user, form.cleaned_data["code"])
            except second_factor.WrongCode as error:
                _count_wrong(self.request, user)
                form.add_error("code", said(error))
            else:
                user.otp_device = device  # type: ignore[attr-defined]  # django-otp looks for it
                return self._enter(user, device)
        return self._ask_code(form, step)

    def _ask_code(self, form: CodeForm, step: str) -> HttpResponse:
        context = {**admin.site.each_context(self.request), "title": _("The second step")}
        context |= {"form": form, "step": step, "next": self.get_redirect_url()}
        self.template_name = "desk/second_step.html"
        return self.render_to_response(context)

    def _enter(self, user: User, device: Any = None) -> HttpResponse:
        login(self.request, user, backend=_BACKEND)
        sessions.begin(self.request)
        note = where(self.request)
        if isinstance(device, StaticDevice):
            left = second_factor.codes_left(user)
            told = ngettext(
                "You used a recovery code; %d is left.",
                "You used a recovery code; %d are left.",
                left,
            )
            messages.warning(self.request, told % left)
            note += _("; with a recovery code")
        elif device is not None:
            note += _("; with a second factor")
        audit.record(user, audit.Action.SIGNED_IN, by=user, note=note)
        return redirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what every page of the desk has."""
        context = {**admin.site.each_context(self.request), "title": _("Log in")}
        context["app_path"] = self.request.get_full_path()
        return super().get_context_data(**context, **kwargs)


@never_cache
@sensitive_post_parameters()
def sign_in(request: HttpRequest) -> HttpResponse:
    """The view of the log-in."""
    return cast(HttpResponse, SignIn.as_view()(request))


def _whose(step: str) -> User | None:
    """Whose password was right a moment ago, and still is."""
    try:
        told = signing.loads(step, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=told["user"], is_active=True, is_staff=True).first()
    if user is None:
        return None
    same = constant_time_compare(told["password"], user.get_session_auth_hash())
    return user if same else None


def _count_wrong(request: HttpRequest, user: User) -> None:
    credentials = {"username": user.get_username()}
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)


def said(error: second_factor.WrongCode) -> str:
    """Why a code was refused, and what to do."""
    if isinstance(error, second_factor.TooSoon):
        told = ngettext(
            "Too many wrong codes: none is looked at for %d second.",
            "Too many wrong codes: none is looked at for %d seconds.",
            error.seconds,
        )
        return told % error.seconds
    return _(
        "This code is not the one of this moment, or was used already. Wait for the next one, or "
        "take another recovery code."
    )


def where(request: HttpRequest) -> str:
    """From where and with which browser, roughly."""
    browser = browsers.in_words(request.META.get("HTTP_USER_AGENT", ""))
    return f"{browser}, {browsers.network(of_request(request))}"


def sign_out(request: HttpRequest) -> None:
    """Write down that somebody leaves, before they do."""
    if request.method == "POST" and request.user.is_authenticated:
        user = user_of(request)
        audit.record(user, audit.Action.SIGNED_OUT, by=user, note=where(request))


def to_index() -> HttpResponse:
    """For whoever is logged in already."""
    return redirect(reverse("admin:index"))
