"""Answers that are dear to make and cannot be kept: one at work in each process, so many from one
client in an hour, and none for longer than so many seconds.

The threads that answer readers make none of them: where a server has lanes (`serving.rsgi`), such a
request is told to go to another (`Wish`).
"""

from collections.abc import Callable, Generator, Iterable
from enum import Enum
from functools import wraps
from threading import Lock, local
from time import monotonic
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .client_address import of_request
from .limits import spend

QUICK = "peacesite.quick"
"""The key of the WSGI environ under which a server says that this thread makes nothing dear."""

RETRY_AFTER = 10  # seconds
AT_WORK = Lock()
_WAIT = 5.0  # seconds until another has done
_MOST_SMALL = 10  # times as many answers of few cases
_time = local()

View = Callable[..., HttpResponseBase]


class Wish(Enum):
    """What a request needs that a quick thread cannot answer: a thread that may take its time, or
    to be asked again, since another makes it."""

    THREAD = "thread"
    TIME = "time"


class Refused(RuntimeError):
    """A dear answer that is not made; `response` says why, in words."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.content.decode())
        self.response = response


def dear(view: View) -> View:
    """A view whose streamed answer is dear. It may say on the answer how many `cases` that has:
    with many of them it counts against what one client may ask for."""

    @wraps(view)
    def guarding(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.META.get(QUICK):
            return wished(Wish.THREAD)
        response = view(request, *args, **kwargs)
        if response.status_code != 200 or not response.streaming or request.method != "GET":
            return response
        seconds = _spend(request, getattr(response, "cases", settings.LARGE_ANSWER))
        if seconds:
            return _too_often(seconds)
        streamed: Any = response
        pieces = _at_work(streamed.streaming_content)
        streamed.streaming_content, streamed.stop = pieces, pieces.close
        return response

    return guarding


def wished(wish: Wish) -> HttpResponse:
    """The answer of a quick thread; the server sends the request on, and nobody sees it."""
    response: Any = unavailable(_("This takes longer than a reader may wait for."))
    response.wish = wish
    return cast(HttpResponse, response)


def unavailable(text: str, retry_after: int = RETRY_AFTER) -> HttpResponse:
    """503 in words."""
    return _said(text, 503, retry_after)


def check_time() -> None:
    """Called by whatever makes an answer in many steps: raises Refused where it took too long."""
    ends = getattr(_time, "ends", None)
    if ends is not None and monotonic() > ends:
        text = _("This answer takes too long to make. Narrow the question, or take all cases home.")
        raise Refused(unavailable(text, 60))


def _at_work(pieces: Iterable[bytes]) -> Generator[bytes, None, None]:
    if not AT_WORK.acquire(timeout=_WAIT):
        raise Refused(unavailable(_("Other large answers are being made. Please ask again soon.")))
    _time.ends = monotonic() + settings.DEAR_SECONDS
    try:
        for piece in pieces:
            check_time()
            yield piece
    finally:
        _time.ends = None
        AT_WORK.release()


def _spend(request: HttpRequest, cases: int) -> int:
    most = settings.DEAR_ANSWERS_PER_ADDRESS
    if cases < settings.LARGE_ANSWER:
        return spend("small-answers", of_request(request), most * _MOST_SMALL)
    return spend("large-answers", of_request(request), most)


def _too_often(seconds: int) -> HttpResponse:
    minutes = seconds // 60 + 1
    wait = ngettext("in %d minute", "in %d minutes", minutes) % minutes
    text = _(
        "So many large answers were made for your address within the hour that the next is made "
        "%(wait)s. The whole collection can be taken home at any time, without a question behind "
        "its address: /cases.csv, /cases.json and so on."
    )
    return _said(text % {"wait": wait}, 429, seconds)


def _said(text: str, status: int, retry_after: int) -> HttpResponse:
    plain = "text/plain; charset=utf-8"
    response: Any = HttpResponse(f"{text}\n", status=status, content_type=plain)
    response["Retry-After"] = str(retry_after)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response._has_been_logged = True  # whoever asks too much fills no disk
    return cast(HttpResponse, response)
