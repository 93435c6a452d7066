"""Pages that only a mirror has: what this copy is, all its cases, its search, and what to read
while the site itself does not answer."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models.functions import Lower
from django.template.loader import render_to_string
from django.utils import timezone

from editions.log.appending import head
from editions.models import Edition

ABOUT, CASES, AWAY = "/mirror/", "/mirror/cases/", "/mirror/away/"
NOT_FOUND = "/404.html"  # where static hosts look for it
SEARCH, INDEX = "/mirror/search/", "/mirror/pagefind/"


def pages(*, alone: bool, has_search: bool) -> dict[str, Callable[[], bytes]]:
    """The addresses of these pages, each with what renders it."""
    found = {ABOUT: "mirror/about", CASES: "mirror/cases", NOT_FOUND: "404"}
    found |= {SEARCH: "mirror/search"} if has_search else {}
    found |= {} if alone else {AWAY: "mirror/away"}
    said = {"alone": alone, "has_search": has_search, "site": settings.SITE_URL}
    return {address: partial(_render, name, address, said) for address, name in found.items()}


def _render(name: str, address: str, said: dict[str, Any]) -> bytes:
    more: dict[str, Any] = {"path": address}
    if address == ABOUT:
        more |= {"head": head(), "as_of": timezone.now(), "count": Edition.objects.listed().count()}
    elif address == CASES:
        rows = Edition.objects.listed().order_by(Lower("title"), "pk")
        more |= {"cases": rows.values_list("title", "case__slug", "location")}
    return render_to_string(f"{name}.html", said | more).encode()
