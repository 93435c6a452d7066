"""Compares names whatever their case, accents and quotation marks; makes slugs of them."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeVar

from anyascii import anyascii
from django.db.models import Count, Max, QuerySet
from django.utils.text import slugify

from .credited_names import name_as_csl
from .models import Organisation, Term

Named = TypeVar("Named", bound=Organisation | Term)

_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‐": "-"})


def folded(name: str) -> str:
    """The name without case, accents, quotation style, leading “the” and doubled spaces."""
    plain = name.translate(_QUOTES)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"^the\s+", "", " ".join(plain.casefold().split()).strip(" .,;"))


def directory(things: Iterable[Named]) -> dict[str, Named]:
    """Organisations or terms by each of their `folded` names; the first with a name keeps it."""
    by_name: dict[str, Named] = {}
    for thing in things:
        for name in thing.spellings if isinstance(thing, Term) else thing.names:
            by_name.setdefault(folded(name), thing)
    return by_name


def other_names() -> dict[str, str]:
    """Every name of every organisation, with the name by which it goes. One query."""
    kept = Organisation.objects.kept()
    return {name: organisation.name for organisation in kept for name in organisation.names}


def csl_names(names: Iterable[str]) -> list[dict[str, str]]:
    """Credited names as CSL-JSON has them; those of our organisations are bodies. One query, and
    one more where an organisation has changed meanwhile; none where nobody is credited."""
    credited = list(names)
    known = _bodies(*_state_of_organisations()) if credited else frozenset()
    return [name_as_csl(name, known_as_body=folded(name) in known) for name in credited]


def _state_of_organisations() -> tuple[int, Any]:
    """How many there are, and when one of them was changed last."""
    said = Organisation.objects.aggregate(number=Count("pk"), changed_at=Max("updated_at"))
    return said["number"], said["changed_at"]


@lru_cache(maxsize=1)
def _bodies(_number: int, _changed_at: Any) -> frozenset[str]:
    """The folded names of all organisations, kept until one of them changes."""
    return frozenset(directory(Organisation.objects.kept()))


def free_slug(text: str, taken: Iterable[str], max_length: int = 120) -> str:
    """A slug for `text` that is not among `taken`: `text`, `text-2`, `text-3` … Letters that are
    not Latin, or are so with more than an accent (ß, ł, ø), are transliterated."""
    stem = slugify(anyascii(text.replace("’", "").replace("'", "")).replace("'", ""))
    stem = stem[:max_length].strip("-") or "untitled"
    used, slug, n = set(taken), stem, 1
    while slug in used:
        n += 1
        slug = f"{stem[: max_length - len(str(n)) - 1]}-{n}"
    return slug


def free_slug_among(rows: QuerySet, text: str) -> str:
    """As `free_slug`, not among the slugs of `rows`: one query, for those that begin alike."""
    start = free_slug(text, ())[:110]  # what is left before the longest number
    return free_slug(text, rows.filter(slug__startswith=start).values_list("slug", flat=True))
