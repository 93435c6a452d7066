"""The search of the admin's lists and choices, which folds accents, scripts and apostrophes."""

from collections import defaultdict
from typing import Any

from anyascii import anyascii
from django.contrib import admin
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.text import smart_split, unescape_string_literal

_QUOTES = str.maketrans("", "", "'’‘`´ʼʻʿʾ")
_MOST_WORDS = 12
_MOST_FIRST = 30  # of those that begin with what was typed; more nobody reads
_CHOOSING = ("/autocomplete/", "/cite/")  # where one of the found is chosen


class FoldedSearch(admin.ModelAdmin):
    """Finds what holds every word, or "words in quotes", in any of `search_fields`, on both
    databases alike: ozil and OZIL find Özil, l'été finds L’Été, tadzhikistan finds Таджикистан.

    `searched_as_typed` are those of the fields, long texts, that the database looks through for
    the word as it was typed. The others are read and folded for each search: 10,000 rows of a
    title and some names take a fifth of a second.
    """

    searched_as_typed: tuple[str, ...] = ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Without NUL, which PostgreSQL refuses and no text contains."""
        words = [_word(bit) for bit in smart_split(search_term.replace("\0", ""))][:_MOST_WORDS]
        fields = list(self.get_search_fields(request))
        if not fields or not any(words):
            return queryset, False
        rows = _folded_rows(queryset, [f for f in fields if f not in self.searched_as_typed])
        for word in filter(None, words):
            plain = folded(word)
            found = Q(pk__in=[pk for pk, text in rows.items() if plain and plain in text])
            for field in set(fields) & set(self.searched_as_typed):
                found |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(found)
        if request.path.endswith(_CHOOSING):
            queryset = _beginning_first(queryset, rows, folded(search_term).strip())
        return queryset, False


def _beginning_first(queryset: QuerySet, rows: dict[Any, str], typed: str) -> QuerySet:
    """What begins with the words typed before what only has them, the shortest first."""
    begins = {
        pk: min((len(line) for line in text.split("\n") if line.startswith(typed)), default=0)
        for pk, text in rows.items()
    }
    first = sorted((length, pk) for pk, length in begins.items() if length)[:_MOST_FIRST]
    whens = [When(pk=pk, then=Value(place)) for place, (_length, pk) in enumerate(first)]
    if not whens:
        return queryset
    place = Case(*whens, default=Value(_MOST_FIRST), output_field=IntegerField())
    return queryset.order_by(place, *queryset.query.order_by)


def folded(text: str) -> str:
    """The text in plain small letters without apostrophes."""
    return anyascii(text.translate(_QUOTES)).translate(_QUOTES).casefold()


def _word(bit: str) -> str:
    if len(bit) > 1 and bit[0] == bit[-1] and bit[0] in "\"'":
        return unescape_string_literal(bit)
    return bit


def _folded_rows(queryset: QuerySet, fields: list[str]) -> dict[Any, str]:
    """What stands in the fields of each object, folded, a line for each value."""
    found: dict[Any, list[str]] = defaultdict(list)
    for pk, *values in queryset.order_by().values_list("pk", *fields).distinct():
        found[pk] += [str(value) for value in values if value]
    return {pk: folded("\n".join(values)) for pk, values in found.items()}
