"""While the database is away readers get the pages that are kept, with their age.

Whoever asks first when it has gone waits until a time limit. From then on nobody asks it for
RETRY_AFTER seconds, then one request does. An answer that cannot be given is 503, on a page that
needs no database and holds what was typed.
"""

import gzip
import logging
import sys
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from time import monotonic, time
from typing import cast

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.defaults import server_error as plain_server_error

from .bodies import UNREAD
from .database_trouble import Trouble, trouble_of
from .file_answers import file_answer
from .kept_files import KEPT_FILES
from .page_cache import kept_page

RETRY_AFTER = 5.0  # seconds
_NEVER_KEPT_BACK = ("/healthz", "/readyz")  # they say themselves what is wrong

logger = logging.getLogger(__name__)


class Breaker:
    """Whether the database is asked. Safe to share between threads; the clock is in seconds."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._until: float | None = None

    def is_open(self) -> bool:
        """Whether not to ask. When the time is over the first who asks this is let through, and
        the others are held back until it knows more."""
        if self._until is None:
            return False
        with self._lock:
            if self._until is None:
                return False
            if self._clock() < self._until:
                return True
            self._until = self._clock() + 2 * RETRY_AFTER
            return False

    def trip(self, error: BaseException | None) -> None:
        """The database did not answer."""
        with self._lock:
            was_closed, self._until = self._until is None, self._clock() + RETRY_AFTER
        if was_closed:
            logger.error("The database does not answer: %s", _first_line(error))

    def close(self) -> None:
        """It has answered."""
        if self._until is None:
            return
        with self._lock:
            self._until = None
        logger.warning("The database answers again.")


BREAKER = Breaker()


class Outage:
    """Answers without the database while it is away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in _NEVER_KEPT_BACK:
            return self.get_response(request)
        if BREAKER.is_open():
            request.get_host()  # refuses a host that is not ours, as inner middleware would
            return answer(request, Trouble.AWAY)
        response = self.get_response(request)
        if not hasattr(response, "in_trouble"):
            BREAKER.close()
        return response


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer to a request that failed: what can be said where the database or the disk did."""
    error = sys.exception()
    trouble = trouble_of(error)
    if trouble is None:
        return plain_server_error(request)
    if trouble == Trouble.AWAY:
        BREAKER.trip(error)
    else:
        logger.warning("%s %s: %s", request.method, request.path, _first_line(error))
    return answer(request, trouble)


def _first_line(error: object) -> str:
    """Without the DETAIL that PostgreSQL adds, which may hold a row."""
    return str(error).strip().partition("\n")[0]


def answer(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """The page as it was kept, or 503 with what was typed."""
    response = None
    if request.method in ("GET", "HEAD") and trouble == Trouble.AWAY:
        response = _as_of(request)
    response = response or _unavailable(request, trouble)
    add_never_cache_headers(response)
    response.in_trouble = response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _as_of(request: HttpRequest) -> HttpResponse | None:
    """The page that is kept for this address, which says from when it is; None where none is."""
    whole = None if request.GET else KEPT_FILES.latest(request.path.removeprefix("/"))
    if whole is not None:
        response = file_answer(request, whole, {})
        response["Age"] = str(int(time()) - whole.made)
        return cast(HttpResponse, response)
    kept = kept_page(request)
    if kept is None:
        return None
    headers, content, made = kept
    headers = {n: v for n, v in headers.items() if n not in ("ETag", "Content-Length")}
    if headers.pop("Content-Encoding", "") == "gzip":
        content = gzip.decompress(content)
    if headers.get("Content-Type", "").startswith("text/html"):
        when = datetime.fromtimestamp(made, timezone.get_current_timezone())
        note = render_to_string("_as_of.html", {"made": when})
        content = content.replace(b"<main", note.encode() + b"<main", 1)
    return HttpResponse(content, headers=headers | {"Age": str(int(time() - made))})


def _unavailable(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    typed = _typed(request)
    context = {"trouble": trouble.value, "path": request.get_full_path(), "typed": typed}
    context["seen"] = [(name, value) for name, value in typed if len(value) > 20 and " " in value]
    text = render_to_string("outage.html", context)
    wait = {"Retry-After": str(int(RETRY_AFTER))}
    return HttpResponse(text, status=503, headers=wait)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form sent, to be sent again; nothing where that cannot be read or holds a secret."""
    if request.method != "POST" or request.META.get(UNREAD):
        return []
    try:
        sent = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    except (UnreadablePostError, RequestDataTooBig, SuspiciousOperation, BadRequest):
        return []
    return [] if any("password" in name.lower() for name, _value in sent) else sent
