"""Keeps the pages that readers have asked for in the memory of each process, never a stale one.

A page from the cache costs 0.15 ms, a catalogue page made anew 1.2 ms, by the bench at 10,000
editions; Django's own cache middleware knows no version, and would give out stale pages.

`@cached_page` marks a view whose answer depends on its address and on the site version alone. The
middleware keeps such answers, compressed or not as they were sent, and gives them out again while
the version stands: one query, whatever the page costs to make; what is streamed becomes a file.
Browsers keep them too, and ask each time whether they still hold (ETag).
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import partial, wraps
from hashlib import sha256
from threading import Lock
from time import monotonic, time
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _

from .bodies import RETRY_AFTER
from .dear import QUICK, Refused, Wish, unavailable, wished
from .file_answers import file_answer
from .file_cache import FILES, CachedFile, NoRoom
from .kept_files import KEPT_FILES, KeptFile
from .site_version import Version, version

_A_WHILE = 0.05  # seconds; what is made sooner is made twice sooner than it is waited for
_OVERHEAD = 2000  # bytes that an answer costs besides its content, by measurement


class Key(NamedTuple):
    """What tells two answers apart."""

    path: str
    query: str
    compressed: bool


_at_work: dict[Key, float] = {}  # what quick threads make, and since when the first of each does


class CachedPage(NamedTuple):
    """An answer, the version and the day for which it holds (some pages tell of “present”), and
    when it was made, in seconds of `time.time`."""

    pages: str
    day: int
    headers: list[tuple[str, str]]
    content: bytes
    made: float


class PageStore:
    """The answers that were made last, up to so many bytes. Safe to share between threads."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._pages: OrderedDict[Key, CachedPage] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> CachedPage | None:
        """The answer, whatever version it holds for."""
        return self._pages.get(key)

    def put(self, key: Key, page: CachedPage) -> None:
        """Keep an answer in place of the one before it; those made longest ago make room."""
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self.bytes += len(page.content) + _OVERHEAD
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: Key) -> None:
        gone = self._pages.pop(key, None)
        if gone is not None:
            self.bytes -= len(gone.content) + _OVERHEAD

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pages.clear()
            self.bytes = 0

    def forget_before(self, moment: float) -> None:
        """Forget what was made before that moment, in seconds of `time.time`."""
        with self._lock:
            for key in [key for key, page in self._pages.items() if page.made <= moment]:
                self._drop(key)


PAGES = PageStore(settings.KEPT_PAGES_MB * 1024 * 1024)


class VersionedRequest(HttpRequest):
    """A request whose answer is made of what stood in `site_version`."""

    site_version: Version


class VersionedResponse(HttpResponse):
    """An answer that may be kept: `cached_for` is the version of pages for which it holds."""

    cached_for: str


View = Callable[..., HttpResponseBase]


def cached_page(view: View | None = None, *, reads_version: bool = False) -> Any:
    """A view whose answer depends on its address, the site version and the day alone: not on who
    asks or on cookies. It finds the version on `request.site_version`; one that `reads_version`
    puts it there, as read by the query that its answer is made of or before."""
    if view is None:
        return partial(cached_page, reads_version=reads_version)

    @wraps(view)
    def caching(request: VersionedRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not reads_version and not hasattr(request, "site_version"):
            request.site_version = version()  # before the view reads anything
        response = cast(HttpResponse, view(request, *args, **kwargs))
        if response.status_code == 200:
            cast(VersionedResponse, response).cached_for = request.site_version.pages
            if not response.streaming:
                response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
            patch_cache_control(response, no_cache=True)
        return response

    return caching


class PageCache:
    """Answers from the cache, and stores new answers with the headers of all other middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._seen = ""  # the version of pages

    def __call__(self, request: VersionedRequest) -> HttpResponse:
        response = self._answer(request)
        seen = getattr(request, "site_version", None)
        if seen is not None and seen.pages != self._seen:
            self._seen, cleared = seen.pages, KEPT_FILES.cleared_at()
            PAGES.forget_before(cleared)  # what was removed since is in no page and no file
            FILES.forget_before(cleared)
        return response

    def _answer(self, request: VersionedRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        key = _key(request)
        found: CachedPage | CachedFile | None = PAGES.get(key) or FILES.get(key)
        if found is not None:
            request.get_host()  # refuses a host that is not ours, as inner middleware would
            request.site_version = version()
            if found[:2] == (request.site_version.pages, _today()):
                return _from_cache(request, found)
        began = monotonic() if request.META.get(QUICK) else None
        if began is not None and began - _at_work.setdefault(key, began) > _A_WHILE:
            return wished(Wish.TIME)  # who asks for it while another makes it holds no thread
        try:
            response = self.get_response(request)
        finally:
            if _at_work.get(key) == began:  # else it is another's
                _at_work.pop(key, None)
        kept: KeptFile | None = getattr(response, "kept_file", None)
        if kept is not None:
            return _with_file(request, kept, response)
        if _may_be_cached(request, response):
            if response.streaming and request.method == "GET":
                return _as_file(request, key, response)
            if not response.streaming:
                headers = list(response.items())
                cached_for = cast(VersionedResponse, response).cached_for
                PAGES.put(key, CachedPage(cached_for, _today(), headers, response.content, time()))
        return _conditional(request, response)


def kept_page(request: HttpRequest) -> tuple[dict[str, str], bytes, float] | None:
    """The headers and the content that are kept for this address, of whatever version, and when
    they were made; None where none are, or something was removed since. Only for when the database
    cannot be asked for one."""
    key, cleared = _key(request), KEPT_FILES.cleared_at()
    for each in (key, key._replace(compressed=not key.compressed)):
        page = PAGES.get(each)
        if page is not None and page.made > cleared:
            return dict(page.headers), page.content, page.made
        file = FILES.get(each)
        if file is not None and file.path.exists() and file.path.stat().st_mtime > cleared:
            return dict(file.headers), file.path.read_bytes(), file.path.stat().st_mtime
    return None


def _with_file(request: HttpRequest, kept: KeptFile, response: HttpResponse) -> HttpResponse:
    """The kept file, with the headers of all other middleware."""
    try:
        return cast(HttpResponse, file_answer(request, kept, dict(response.items())))
    except FileNotFoundError:  # something was removed this moment, and all files with it
        return unavailable(_("The file has just been replaced. Please ask again."), 1)


def _as_file(request: HttpRequest, key: Key, response: HttpResponse) -> HttpResponse:
    """What is streamed, as a file of this process."""
    headers, cached_for = list(response.items()), cast(VersionedResponse, response).cached_for
    try:
        return _from_cache(request, FILES.put(key, cached_for, _today(), headers, response))
    except Refused as refused:
        return refused.response
    except (NoRoom, OSError):  # OSError: the disk is full, or read only
        pieces = getattr(response, "pieces", None)
        return cast(HttpResponse, _without_a_disk(pieces, headers)) if pieces else _no_room()
    finally:
        getattr(response, "stop", bool)()  # of what broke off, so that the next can begin


def _without_a_disk(
    pieces: Callable[[], Iterable[str | bytes]], headers: list[tuple[str, str]]
) -> StreamingHttpResponse:
    told = {name: value for name, value in headers if name not in ("Content-Encoding", "ETag")}
    return StreamingHttpResponse(pieces(), headers=told)


def _today() -> int:
    return int(time() // 86_400)


def _key(request: HttpRequest) -> Key:
    query = request.META.get("QUERY_STRING", "")
    return Key(request.path, query, "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""))


def _from_cache(request: HttpRequest, found: CachedPage | CachedFile) -> HttpResponse:
    if isinstance(found, CachedFile):
        answer = _conditional(request, found.head())
        if answer.status_code != 200 or request.method == "HEAD":
            return answer
        return cast(HttpResponse, found.response())
    return _conditional(request, HttpResponse(found.content, headers=dict(found.headers)))


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 where the browser has it already."""
    if "HTTP_IF_NONE_MATCH" in request.META and response.has_header("ETag"):
        found = get_conditional_response(request, response["ETag"], response=response)
        return cast(HttpResponse, found)
    return response


def _may_be_cached(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        bool(getattr(response, "cached_for", ""))
        and not response.cookies
        and not isinstance(response, HttpResponseNotModified)
    )


def _no_room() -> HttpResponse:
    text = _("Too many large files are being read at this moment. Please ask again in a minute.\n")
    response = HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(RETRY_AFTER)
    return response
