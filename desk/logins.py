"""Slows down whoever tries many names from one address; axes counts the tries of one name."""

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from serving import limits
from serving.client_address import of_request

_WHAT = "wrong-log-ins"


@receiver(user_login_failed)
def count_wrong(request: HttpRequest | None = None, **kwargs: Any) -> None:
    """One more from the address of the request."""
    if request is not None:
        limits.spend(_WHAT, of_request(request), settings.LOGINS_PER_ADDRESS)


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
