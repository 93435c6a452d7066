"""What a request may send, told before anything of it is read.

Which forms there are and how much each may send stands in settings.BODY_LIMITS. Whatever can be
refused by method, address, cookie or announced length is refused unread; `serving.rsgi` reads the
rest within a deadline and a budget, `LimitBodies` holds the same rules under any other server.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
UNREAD = "peacesite.unread"
"""The key of the WSGI environ under which a server tells why it did not read a body: the number of
a status. LimitBodies answers with it."""

RETRY_AFTER = 20  # seconds


def most_bytes(name: str) -> int:
    """How much may be sent to the address of that name: its own limit, or else that of its
    namespace ("admin:"); 0 where nothing may be sent."""
    limits = settings.BODY_LIMITS
    namespace, colon, _rest = name.partition(":")
    return limits.get(name, limits.get(namespace + colon, 0) if colon else 0)


def refusal(environ: Mapping[str, Any]) -> int:
    """The status by which a request that may carry a body is refused unread, 0 where it is not.
    404 and 403 are for Django to say, which does so without looking at the body."""
    try:
        match = resolve(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"))
    except Resolver404:
        return HTTPStatus.NOT_FOUND
    most = most_bytes(match.view_name)
    if not most:
        return HTTPStatus.METHOD_NOT_ALLOWED
    announced = environ.get("CONTENT_LENGTH", "")
    if environ.get("HTTP_TRANSFER_ENCODING") or not announced:
        return HTTPStatus.LENGTH_REQUIRED
    if not (announced.isascii() and announced.isdecimal()):
        return HTTPStatus.BAD_REQUEST
    if len(announced) > 12 or int(announced) > most:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if f"{settings.CSRF_COOKIE_NAME}=" not in environ.get("HTTP_COOKIE", ""):
        return HTTPStatus.FORBIDDEN
    return 0


class Budget:
    """So much of something that is short, bytes or places, of which one client may hold a quarter.
    To be used by one thread."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.taken = 0
        self._by_client: Counter[str] = Counter()

    def take(self, client: str, size: int) -> bool:
        """Whether there was room; if so it is taken until `give_back`."""
        held = self._by_client[client] + size
        if self.taken + size > self.most or held > max(size, self.most // 4):
            return False
        self.taken += size
        self._by_client[client] = held
        return True

    def give_back(self, client: str, size: int) -> None:
        """Free what was taken."""
        self.taken -= size
        self._by_client[client] -= size
        if not self._by_client[client]:
            del self._by_client[client]


class LimitBodies:
    """Refuses what may not be sent, in our words, before anything reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        status = request.META.get(UNREAD)
        if status is None and request.method not in SAFE:
            status = refusal(request.META)
        if not status or status in (HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN):
            return self.get_response(request)
        return refused(request, status)


def refused(request: HttpRequest, status: int) -> HttpResponse:
    """The page that says why nothing was read, and how nothing is lost."""
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    try:
        most = most_bytes(resolve(request.path_info).view_name)
    except Resolver404:
        most = 0
    context = {"status": int(status), "most": most, "path": request.path}
    response = render(request, "refused.html", context, status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(RETRY_AFTER)
    add_never_cache_headers(response)
    response._has_been_logged = True  # type: ignore[attr-defined]  # whoever floods fills no disk
    return response
