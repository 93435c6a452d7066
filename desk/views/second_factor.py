"""Setting up a second factor, renewing it, doing without; and taking it from somebody else."""

from base64 import b32encode
from time import time

import segno
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as note_device
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from revisions.people import user_of

from .. import second_factor, sessions
from ..account_forms import EnrolForm, PasswordAndCodeForm, ReasonForm
from ..pages import page
from .sign_in import said

_KEY = "second_factor_key"
_MAY_RENEW = "second_factor_renewed_at"
_RENEWAL = 600  # seconds from password and code to the new app


@never_cache
@sensitive_post_parameters("password", "code")
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """What somebody has, and the three things that password and code allow: another app, other
    recovery codes, and to do without."""
    user = user_of(request)
    if second_factor.device_of(user) is None:
        return _shown(request, None)
    form = PasswordAndCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _proved(user, form):
        action = request.POST.get("action")
        if action == "app":
            request.session[_MAY_RENEW] = int(time())
            return redirect("admin:second_factor_enrol")
        if action == "codes":
            return _codes(request, second_factor.renew_codes(user), "")
        try:
            second_factor.turn_off(user)
        except second_factor.MustUse as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("From now on your password is enough."))
            return redirect("admin:second_factor")
    return _shown(request, form)


def _shown(request: HttpRequest, form: PasswordAndCodeForm | None) -> HttpResponse:
    user = user_of(request)
    context = {"codes_left": second_factor.codes_left(user)}
    context["must_use"] = second_factor.must_use(user)
    return page(request, "second_factor", _("Second factor"), form=form, **context)


def _proved(user: User, form: PasswordAndCodeForm) -> bool:
    """Whether it is they. A wrong password uses up a try too: a desk left open is no place to
    guess at."""
    try:
        code = form.cleaned_data["code"]
        if not user.check_password(form.cleaned_data["password"]):
            second_factor.verify(user, "")
        second_factor.verify(user, code)
    except second_factor.TooSoon as error:
        form.add_error(None, said(error))
    except second_factor.WrongCode:
        form.add_error(None, _("Password and code are not both right. Wait for the next code."))
    else:
        return True
    return False


@never_cache
@sensitive_post_parameters("code")
def enrol(request: HttpRequest) -> HttpResponse:
    """A new secret as text and QR code, and a code that proves that an app has it."""
    user = user_of(request)
    renewed = time() - request.session.get(_MAY_RENEW, 0) < _RENEWAL
    if second_factor.device_of(user) is not None and not renewed:
        return redirect("admin:second_factor")
    key = request.session.setdefault(_KEY, random_hex(20))
    onwards = _onwards(request)
    form = EnrolForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            device, codes = second_factor.enrol(user, key=key, code=form.cleaned_data["code"])
        except second_factor.WrongCode:
            form.add_error("code", _("This is not the code of this moment. Wait for the next one."))
        else:
            for name in (_KEY, _MAY_RENEW):
                request.session.pop(name, None)
            note_device(request, device)
            sessions.end_all(user, by=user, but=request.session.session_key)
            return _codes(request, codes, onwards)
    secret = b32encode(bytes.fromhex(key)).decode()
    context = {
        "form": form,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "qr_code": _qr_code(user, key),
        "next": onwards,
        "must_use": second_factor.must_use(user),
    }
    return page(request, "second_factor_enrol", _("Set up a second factor"), **context)


def _qr_code(user: User, key: str) -> str:
    """The picture as a data: address; black on white in every colour scheme, for cameras."""
    drawn = segno.make(TOTPDevice(user=user, key=key).config_url, error="m", micro=False)
    return drawn.svg_data_uri(scale=5, border=4, dark="#000", light="#fff")


def _onwards(request: HttpRequest) -> str:
    """Where somebody was going when they were led here."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if safe else ""


def _codes(request: HttpRequest, codes: list[str], onwards: str) -> HttpResponse:
    """Shown this once; never kept by a browser or proxy."""
    context = {"codes": codes, "as_text": "%0A".join(codes), "next": onwards}
    response = page(request, "recovery_codes", _("Your recovery codes"), **context)
    add_never_cache_headers(response)
    return response


@never_cache
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """An administrator takes it from somebody who has lost app and recovery codes; that person is
    logged out everywhere."""
    by = user_of(request)
    if not by.has_perm("auth.change_user"):
        raise PermissionDenied
    person = get_object_or_404(User, pk=pk)
    if person == by:
        return redirect("admin:second_factor")  # which asks for password and code
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        second_factor.reset(person, by=by, reason=form.cleaned_data["reason"])
        sessions.end_all(person, by=by, but=request.session.session_key)
        messages.success(request, _("%s signs in with the password alone now.") % person)
        return redirect("admin:auth_user_change", pk)
    context = {"form": form, "person": person, "must_use": second_factor.must_use(person)}
    context["has_one"] = second_factor.device_of(person) is not None
    return page(request, "second_factor_reset", _("Take a second factor away"), **context)
