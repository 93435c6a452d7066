"""The page for an address at which there is nothing: where that leads which stood there on another
site, or what may have been meant."""

import re
from collections import Counter

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from cases.models.old_addresses import LONGEST, of_request
from editions.addresses import case_address
from editions.old_addresses import slug_of
from serving.site_version import version
from website.catalogue import catalogue
from website.catalogue.entries import Entry

MOST = 5
_WORD = re.compile(r"[a-z0-9]{3,}")
_LONGEST = 200  # characters of an address that are looked at


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The handler404: what stood here on another site leads to its case, once there is one in
    print. At most three queries."""
    if led := led_on(request):
        return led
    near = [] if request.path_info.startswith("/admin/") else near_cases(request.path_info)
    return render(request, "404.html", {"near": near}, status=404)


def led_on(request: HttpRequest) -> HttpResponse | None:
    """The redirect from the address at which a case in print stood on another site. One query; only
    for what is read, and never away from this site."""
    if request.method not in ("GET", "HEAD") or request.path_info.startswith("/admin/"):
        return None
    asked = {name: request.GET.getlist(name) for name in request.GET}
    old = of_request(request.path_info, asked)
    if not old or len(old) > LONGEST:
        return None
    try:
        slug = slug_of(old) or (slug_of(of_request(request.path_info, {})) if "?" in old else None)
    except DatabaseError:
        return None
    return HttpResponsePermanentRedirect(case_address(slug)) if slug else None


def near_cases(path: str) -> list[tuple[str, str]]:
    """Title and address of the listed cases whose addresses share most words with the path, those
    of rare words first; none that shares only words which a quarter of them have."""
    words = set(_WORD.findall(path[:_LONGEST].lower()))
    if not words:
        return []
    try:
        index = catalogue.current(version()).index
    except DatabaseError:
        return []
    listed = [e for row, e in enumerate(index.entries) if index.everything >> row & 1]
    shared = [(entry, words.intersection(entry.slug.split("-"))) for entry in listed]
    known = Counter(word for _entry, common in shared for word in common)
    rare = {word for word, count in known.items() if count * 4 <= len(listed) or count == 1}

    def closeness(found: tuple[Entry, set[str]]) -> tuple[int, str]:
        return -len(found[1]), found[0].title

    near = sorted((found for found in shared if found[1] & rare), key=closeness)
    return [(entry.title, case_address(entry.slug)) for entry, _common in near[:MOST]]
