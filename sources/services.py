"""Services for sources: create one with its authors and editors, find a free key."""

from collections.abc import Iterable

from django.contrib.auth.models import User

from revisions import revision_block

from .models import Contributor, Source


def create_source(
    source: Source, contributors: Iterable[Contributor], *, by: User | None, reason: str
) -> Source:
    """Store a new source with its contributors, in order. Raises ValidationError."""
    with revision_block.recorded(by=by, reason=reason):
        revision_block.save(source)
        for row in contributors:
            row.source = source
            row.full_clean()
            row.save()
    return source


def free_key(stem: str) -> str:
    """A key that no source has, ignoring case: `stem`, then `stem` with b, c … z, aa …"""
    taken = {
        key.casefold()
        for key in Source.objects.filter(key__istartswith=stem).values_list("key", flat=True)
    }
    key, n = stem, 1
    while key.casefold() in taken:
        n += 1
        key = stem + _letters(n)
    return key


def _letters(n: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
