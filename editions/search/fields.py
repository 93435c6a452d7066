"""What stands in one field: words of the title, of the authors, of a source that is cited."""

import re
from collections.abc import Iterable
from typing import cast

from django.db.models import Q, QuerySet

from editions.models import Edition, EditionCitation, SearchRow
from organisations.naming import folded
from sources.models import Source

from .query import RANGE, YEARS, FieldTerm
from .tokens import stream

_MOST = 20_000  # rows that are named to the database, which takes only so many
_OF_SOURCE = (
    *("key", "title", "title_short", "container_title", "doi", "isbn", "url"),
    *("contributors__family", "contributors__given", "contributors__literal"),
)


def restricted(queryset: "QuerySet[Edition]", terms: Iterable[FieldTerm]) -> "QuerySet[Edition]":
    """The editions of `queryset` that hold these words in these fields. A query more for an author,
    two for a source."""
    for term in terms:
        if term.field == YEARS:
            holding = _under_way(term.words)
        else:
            holding = Q(pk__in=_HOLDING[term.field](term.words))
        queryset = queryset.exclude(holding) if term.absent else queryset.filter(holding)
    return queryset


def _under_way(words: str) -> Q:
    """Initiatives that went on in any of these years; one without an end counts by its start."""
    first, last = sorted(int(year) for year in cast(re.Match, RANGE.fullmatch(words)).groups())
    ended = Q(end_year__gte=first) | Q(ongoing=True) | Q(end_year=None, start_year__gte=first)
    return Q(start_year__lte=last) & ended


def _titled(words: str) -> QuerySet:
    return SearchRow.objects.filter(title__contains=stream([words])).values("edition_id")


def _written_by(words: str) -> list[int]:
    rows = Edition.objects.listed().order_by().values_list("pk", "authors")
    return _with_words(words, ((pk, [authors]) for pk, authors in rows))


def _citing(words: str) -> QuerySet:
    said: dict[int, list[str]] = {}
    for pk, *values in Source.objects.order_by().values_list("pk", *_OF_SOURCE):
        said.setdefault(pk, []).extend(value for value in values if value)
    found = _with_words(words, said.items())
    return EditionCitation.objects.filter(source__in=found).values("edition_id")


def _with_words(words: str, rows: Iterable[tuple[int, list[str]]]) -> list[int]:
    """Those whose texts hold every word, whatever the case and the accents; the two databases do
    not fold alike, so they are compared here."""
    wanted = folded(words).split()
    found = []
    for pk, texts in rows:
        text = folded(" ".join(dict.fromkeys(texts)))
        if all(word in text for word in wanted):
            found.append(pk)
    return found[:_MOST]


_HOLDING = {"title": _titled, "author": _written_by, "source": _citing}
