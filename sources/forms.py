"""The editors' form for a source, which looks for sources that may be the same."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q

from revisions.doubles import Double, DoublesForm

from .citing import reference
from .dates import NotADate, read_date
from .formats import csl_json, item_of
from .likeness import Known
from .models import Contributor, Source

_NAME = re.compile(r"contributors-([0-9]{1,4})-role")
_YEAR = re.compile(r"[0-9]{4}(?![0-9])")
_MOST_NAMES = 50


class SourceForm(DoublesForm):
    """What editors write of a source; the names stand in rows of their own."""

    told_by = frozenset({"title", "issued", "doi", "isbn", "url", "symbol"})

    def likely_doubles(self) -> list[Double]:
        """By DOI, ISBN, address or symbol, or by title, year and names. Two queries."""
        typed = Source(
            **{
                field.name: self.cleaned_data[field.name]
                for field in Source._meta.concrete_fields
                if self.cleaned_data.get(field.name)
            }
        )
        for name in ("issued", "original_date"):
            if not _is_date(getattr(typed, name)):
                setattr(typed, name, "")  # its own field says what is wrong with it
        kept = Source.objects.kept().filter(_comparable(typed)).exclude(pk=self.instance.pk)
        sources = {source.key: source for source in kept.prefetch_related("contributors")}
        items = {key: csl_json(source) for key, source in sources.items()}
        likes = Known(items.values()).like(item_of(typed, self._people()) | {"id": ""})
        return [
            Double(sources[like.key], f"{like.key}: {reference(items[like.key]).text}", like.why)
            for like in likes
        ]

    def _people(self) -> list[Contributor]:
        """The names as they were typed into the rows, whatever is wrong with them."""
        rows = [found[1] for name in self.data if (found := _NAME.fullmatch(name))]
        return [
            Contributor(role=self._typed(row, "role"), **names)
            for row in rows[:_MOST_NAMES]
            if any((names := self._names(row)).values()) and not self._typed(row, "DELETE")
        ]

    def _names(self, row: str) -> dict[str, Any]:
        return {part: self._typed(row, part) for part in ("given", "family", "literal")}

    def _typed(self, row: str, part: str) -> str:
        return str(self.data.get(f"contributors-{row}-{part}", "")).strip()[:200]


def _comparable(typed: Source) -> Q:
    """Those that `sources.likeness` might find like it: of its year, the year before or after, or
    undated, or with an identifier to compare. All, where it has no year: of 2,000 each is folded
    and compared in half a second."""
    year = _YEAR.match(typed.issued)
    if not year:
        return Q()
    wanted = Q(issued="")
    for other in (int(year[0]) - 1, int(year[0]), int(year[0]) + 1):
        wanted |= Q(issued__contains=str(other))
    if typed.doi:
        wanted |= ~Q(doi="") | Q(url__icontains="doi.org/")
    if typed.isbn:
        wanted |= ~Q(isbn="")
    if typed.symbol:
        wanted |= ~Q(symbol="") | ~Q(number="")
    if site := _site(typed.url):
        for name in ("url", "archive_url", "other_addresses"):
            wanted |= Q(**{f"{name}__icontains": site})
    return wanted


def _site(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:  # such as http://[
        return ""


def _is_date(words: str) -> bool:
    try:
        return not words or bool(read_date(words))
    except NotADate:
        return False
