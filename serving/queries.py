"""What an address may ask: which names, how much.

A page repeats its question in its links; 900 names that mean nothing made a map of 60 MB. So each
public view says which names it knows, an address with others leads to the one without, and what is
longer than any question is refused.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

LONGEST_PATH = 500
LONGEST_QUERY = 1000
LONGEST_AT_THE_DESK = 4000  # where a list sends another list's question along
LONGEST_VALUE = 400

View = TypeVar("View", bound=Callable[..., Any])


def takes_query(*names: str, longest: int = LONGEST_QUERY) -> Callable[[View], View]:
    """A view whose address may have these names behind it, `longest` characters in all as they
    stand in the address. A view without this takes none."""

    def taking(view: View) -> View:
        view.query_names, view.longest_query = frozenset(names), longest  # type: ignore[attr-defined]
        return view

    return taking


class OtherAddress(Exception):
    """What is asked stands at another address: with these values of these names, or without those
    that are None. Without it each wrong value would be a page of its own, made and kept anew."""

    def __init__(self, **values: str | None) -> None:
        super().__init__(values)
        self.values = values


class LimitQueries:
    """Refuses addresses that are too long, and takes off what the page does not know."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(request.path_info) > LONGEST_PATH or len(query) > 2 * LONGEST_AT_THE_DESK:
            return _refused(request, HTTPStatus.REQUEST_URI_TOO_LONG)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: object, kwargs: object
    ) -> HttpResponse | None:
        """The refusal or the redirect, where the view is not to be asked."""
        query = request.META.get("QUERY_STRING", "")
        if not query:
            return None
        match = request.resolver_match
        if match is not None and match.app_names == ["admin"]:
            too_long = len(query) > LONGEST_AT_THE_DESK
            return _refused(request, HTTPStatus.REQUEST_URI_TOO_LONG) if too_long else None
        known: frozenset[str] = getattr(view, "query_names", frozenset())
        clean = known_part(request.GET, known)
        if clean is not None:
            query = clean.urlencode()
        if len(query) > getattr(view, "longest_query", LONGEST_QUERY):
            return _refused(request, HTTPStatus.REQUEST_URI_TOO_LONG)
        if clean is not None and request.method in ("GET", "HEAD"):
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        longest = max(LONGEST_VALUE, getattr(view, "longest_query", 0) // 8)
        if any(len(value) > longest for name in known for value in request.GET.getlist(name)):
            return _refused(request, HTTPStatus.BAD_REQUEST)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The way to the other address."""
        if not isinstance(error, OtherAddress):
            return None
        query = request.GET.copy()
        for name, value in error.values.items():
            if value is None:
                query.pop(name, None)
            else:
                query[name] = value
        return HttpResponseRedirect(
            f"{request.path}?{query.urlencode()}" if query else request.path
        )


def known_part(query: QueryDict, known: frozenset[str]) -> QueryDict | None:
    """The query with these names only; None where it has no others."""
    if query.keys() <= known:
        return None
    clean = QueryDict(mutable=True)
    for name in query.keys() & known:
        clean.setlist(name, query.getlist(name))
    return clean


def _refused(request: HttpRequest, status: int) -> HttpResponse:
    context = {"status": int(status), "longest": LONGEST_VALUE}
    response = render(request, "too_long.html", context, status=status)
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
