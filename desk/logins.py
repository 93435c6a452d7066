"""Writes down who was refused, and slows down whoever tries many names from one address; axes
counts the tries of one name."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from revisions import audit
from serving import limits
from serving.client_address import of_request

from . import browsers

_WHAT = "wrong-log-ins"
_LOG = logging.getLogger("peacesite.sign_in")


@receiver(user_login_failed)
def count_wrong(request: HttpRequest | None = None, **kwargs: Any) -> None:
    """One more from the address of the request."""
    if request is not None:
        limits.spend(_WHAT, of_request(request), settings.LOGINS_PER_ADDRESS)
        _write_down(request, str(kwargs.get("credentials", {}).get("username", "")))


def _write_down(request: HttpRequest, name: str) -> None:
    """In the trail of whoever has that name; else in the log, without it: people type passwords
    there by mistake."""
    user = User.objects.filter(username=name.replace("\0", "")[:150]).first()
    if user is None:
        _LOG.warning("Sign-in refused: nobody has the name that was given.")
    else:
        browser = browsers.in_words(request.META.get("HTTP_USER_AGENT", ""))
        where = f"{browser}, {browsers.network(of_request(request))}"
        audit.record(user, audit.Action.SIGN_IN_REFUSED, by=None, note=where)


def refusal(request: HttpRequest) -> HttpResponse | None:
    """The page that says how long to wait, where too many wrong ones came from that address."""
    wait = limits.spent(_WHAT, of_request(request), settings.LOGINS_PER_ADDRESS)
    if not wait:
        return None
    context = {"minutes": wait // 60 + 1}
    response = render(request, "admin/locked_out.html", context, status=429)
    response["Retry-After"] = str(wait)
    add_never_cache_headers(response)
    return response
