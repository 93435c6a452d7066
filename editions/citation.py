"""How an edition is cited: as a CSL-JSON item, and in the collection's own style."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache

from sources.citing import Setting, reference

from .models import Edition


def name_as_csl(name: str) -> dict[str, str]:
    """A credited name as CSL-JSON: the last word is the family name; one that begins with an
    article, or has a single word, is a body."""
    words = name.split()
    if len(words) < 2 or words[0] in ("The", "the"):
        return {"literal": name}
    return {"given": " ".join(words[:-1]), "family": words[-1]}


def as_csl(edition: Edition) -> dict[str, Any]:
    """The edition as a CSL-JSON item: a report by its authors, published by the collection."""
    day = edition.published_at
    return {
        "id": f"{edition.case.slug}-{edition.number}",
        "type": "report",
        "title": edition.title,
        "author": [name_as_csl(name) for name in edition.record["authors"]],
        "publisher": settings.SITE_NAME,
        "edition": str(edition.number),
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": settings.SITE_URL + edition.permanent_path,
        "abstract": edition.standfirst,
        "language": "en-GB",
    }


def house_citation(edition: Edition) -> Setting:
    """How the collection cites this edition itself, as text and as HTML. Set once: an edition
    never changes, so what was set is kept by its digest and its address."""
    item = as_csl(edition)
    item["title"] = f"{edition.title}, edition {edition.number}"
    item["issued"] = {"date-parts": [[edition.published_at.year]]}
    del item["edition"]
    address = sha256(item["URL"].encode()).hexdigest()[:16]
    key = f"house-citation:{edition.digest}:{address}"
    return cache.get_or_set(key, lambda: reference(item), timeout=None)
