"""How an edition is cited: as a CSL-JSON item, in the collection's own style, and in others."""

import json
from hashlib import sha256
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.core.cache import cache

from editions.models import Edition
from editions.record.read import record_of
from organisations.credited_names import name_as_csl
from serving.addresses import absolute
from sources.citing import Setting, reference

from .chicago_apa import apa, chicago

KEPT = 30 * 24 * 60 * 60  # seconds; not for ever, since a style may be mended


def as_csl(edition: Edition) -> dict[str, Any]:
    """The edition as a CSL-JSON item: a report by its authors, published by the collection."""
    day = edition.published_at
    return {
        "id": f"{edition.case.slug}-{edition.number}",
        "type": "report",
        "title": edition.title,
        "author": author_names(edition),
        "publisher": settings.SITE_NAME,
        "edition": str(edition.number),
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": absolute(edition.permanent_path),
        "abstract": edition.standfirst,
        "language": "en-GB",
    }


def author_names(edition: Edition) -> list[dict[str, str]]:
    """The credited authors as CSL-JSON has them. Older records do not say who is a body: it is
    then told from the name alone."""
    record = record_of(edition)
    return record["author_names"] or [name_as_csl(name) for name in record["authors"]]


class Citations(NamedTuple):
    """An edition as it is cited: `house` is the collection's own style."""

    house: Setting
    chicago: Setting
    apa: Setting


def citations(edition: Edition) -> Citations:
    """How this edition is cited in each style, as text and as HTML. Set once: an edition never
    changes, so what was set is kept by all that it is set from."""
    item = as_csl(edition)
    key = f"citations:{edition.digest}:{sha256(json.dumps(item).encode()).hexdigest()[:16]}"
    return cast(Citations, cache.get_or_set(key, lambda: _set(item), timeout=KEPT))


def _set(item: dict[str, Any]) -> Citations:
    year = item["issued"]["date-parts"][0][:1]
    house = item | {
        "title": f"{item['title']}, edition {item['edition']}",
        "issued": {"date-parts": [year]},
    }
    del house["edition"]
    return Citations(reference(house), chicago(item), apa(item))
