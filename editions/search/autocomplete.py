"""Search as you type: cases by their titles, organisations and countries by all their names."""

from collections.abc import Iterable, Iterator

from django.db.models import Value
from django.db.models.functions import StrIndex

from editions.models import Edition, SearchName
from organisations.models import Country, Organisation

from .query import MAX_LENGTH
from .tokens import read

Kind = SearchName.Kind
_SHORTEST = 2  # letters before anything is looked up
_MOST_WORDS = 8
_MOST_READ = 100  # of each kind, from which the best are chosen


def beginning_with(text: str, most: int) -> dict[str, list[int]]:
    """Of each kind the primary keys of at most `most` cases, organisations and countries that have
    a name in which every word of `text` begins a word; first those of which a name is just that,
    then those of which one begins so.

    What is no longer public may be among them. Three queries, or none for less than two letters.
    """
    words = [word.plain for word in read(text[:MAX_LENGTH])][:_MOST_WORDS]
    if not words or max(map(len, words)) < _SHORTEST:
        return {kind: [] for kind in Kind.values}
    start = f"| {' '.join(words)}"
    found = {}
    for kind in Kind.values:
        rows = SearchName.objects.filter(kind=kind)
        for number, word in enumerate(words):
            place = {f"place_{number}": StrIndex("words", Value(f" {word}"))}
            rows = rows.alias(**place).filter(**{f"place_{number}__gt": 0})
        newest = rows.order_by("-thing").values_list("words", "thing")[:_MOST_READ]
        ranked = sorted(
            (f"{start} |" not in f"{named}|", start not in named, named, thing)
            for named, thing in newest
        )
        found[kind] = [thing for *_, thing in ranked[:most]]
    return found


def add(edition: Edition) -> None:
    """The names by which a listed edition, its organisations and its countries are found."""
    _write(_names_of(edition))


def take_away(edition: Edition) -> None:
    """The title of a case that is no longer listed."""
    SearchName.objects.filter(kind=Kind.CASE, thing=edition.case_id).delete()


def write(editions: Iterable[Edition]) -> None:
    """The names of exactly these editions, and of what any edition names."""
    SearchName.objects.all().delete()
    _write((Kind.CASE, edition.case_id, [edition.title]) for edition in editions)
    organisations = Organisation.objects.exclude(edition_participations=None)
    _write((Kind.ORGANISATION, each.pk, each.names) for each in organisations.distinct())
    countries = Country.objects.exclude(editions=None).distinct()
    _write((Kind.COUNTRY, each.pk, each.names) for each in countries)


def _names_of(edition: Edition) -> Iterator[tuple[str, int, list[str]]]:
    yield Kind.CASE, edition.case_id, [edition.title]
    for organisation in edition.organisations.all():
        yield Kind.ORGANISATION, organisation.pk, organisation.names
    for country in edition.countries.all():
        yield Kind.COUNTRY, country.pk, country.names


def _write(rows: Iterable[tuple[str, int, list[str]]]) -> None:
    SearchName.objects.bulk_create(
        (SearchName(kind=kind, thing=thing, words=folded(names)) for kind, thing, names in rows),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "thing"],
        update_fields=["words"],
    )


def folded(names: Iterable[str]) -> str:
    """The words of some names, folded, each between two blanks; a bar before each name."""
    return "".join(f"| {' '.join(word.plain for word in read(name))} " for name in names)
