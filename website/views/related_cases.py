"""What the pages of organisations, sources, terms and countries share: the cases that rest on one,
their timeline in small, and who may be named at all."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from editions.models import Edition, EditionCitation, EditionQuerySet, Participation
from organisations.models import Organisation, Term
from organisations.naming import folded
from serving.queries import OtherAddress
from sources.models import Source
from website.charts import Row, Timeline, UnderWay, timeline, timeline_of_many, under_way

Named = TypeVar("Named", bound=Organisation | Term)

PAGE = 100
CASES = 50
MOST_IN_SMALL = 40  # bars of a timeline in small; more are drawn as how many were under way
LONGEST_WORDS = 100  # letters of what is typed to find a name
MOST_FOUND = 10_000  # rows that are named to the database, which takes only so many


WORK = Coalesce("source__merged_into", "source")  # what a citation cites, as it is known today


class Bearing(NamedTuple):
    """How many published cases bear something, and when one of them was last changed."""

    cases: int
    newest: datetime | None


NO_CASE = Bearing(0, None)


def bearing(relation: str) -> dict[Any, Bearing]:
    """By the value that published cases have in that relation, as far as one has it. One query,
    through the editions once: asked value by value, or beside the columns of the values, it takes
    three times as long."""
    rows = Edition.objects.listed().order_by().values_list(relation)
    counted = rows.annotate(n=Count("pk", distinct=True), newest=Max("published_at"))
    return {value: Bearing(n, newest) for value, n, newest in counted}


def with_counts(organisations: QuerySet) -> QuerySet:
    """Each organisation with `count`, the published cases in which it took part."""
    took_part = Participation.objects.filter(organisation=OuterRef("pk")).order_by()
    listed = took_part.filter(edition__in=Edition.objects.listed()).values(all=Value(1))
    count = listed.annotate(n=Count("edition", distinct=True)).values("n")
    return organisations.annotate(count=Coalesce(Subquery(count), 0))


def public_organisations() -> "QuerySet[Organisation]":
    """Those that a published edition names; what only drafts name is not public."""
    return Organisation.objects.kept().filter(pk__in=Participation.objects.values("organisation"))


def public_sources() -> "QuerySet[Source]":
    """Those that a published edition cites, or into which one was merged that it cites."""
    cited = EditionCitation.objects.order_by().annotate(work=WORK)
    return Source.objects.kept().filter(pk__in=cited.values("work"))


def citing() -> dict[int, Bearing]:
    """By source, as it is known today, the published cases that cite it or one merged into it. One
    query for all: asked source by source, it takes seconds where there are thousands."""
    listed = EditionCitation.objects.filter(edition__in=Edition.objects.listed()).order_by()
    rows = listed.annotate(work=WORK).values_list("work")
    counted = rows.annotate(n=Count("edition", distinct=True), newest=Max("edition__published_at"))
    return {source: Bearing(n, newest) for source, n, newest in counted}


def page_of(request: HttpRequest, rows: QuerySet | list, size: int = PAGE) -> Page:
    """The page of `rows` that is asked for, its rows fetched. Raises OtherAddress where there
    is none of that number."""
    asked = request.GET.get("page", "1")
    page = Paginator(rows, size).get_page(asked)
    if asked != str(page.number):
        raise OtherAddress(page=str(page.number) if page.number > 1 else None)
    page.object_list = list(page.object_list)
    return page


def cases_resting(request: HttpRequest, editions: EditionQuerySet) -> dict[str, object]:
    """The `page` of these editions that is asked for, in order of start, and a `timeline` of all
    of them where there are two or more. A fixed number of queries."""
    page = page_of(request, editions.for_lists().order_by("start_year", "title", "pk"), CASES)
    return {"page": page, "timeline": _in_small(editions, page.paginator.count)}


def _in_small(editions: "QuerySet[Edition]", count: int) -> Timeline | UnderWay | None:
    """One query, however many there are."""
    span = ("start_year", "end_year", "ongoing")
    if count <= MOST_IN_SMALL:
        found = editions.order_by().values_list("title", "case__slug", *span, "impact")
        rows = [Row(title, reverse("case", args=[slug]), *rest) for title, slug, *rest in found]
        return small_timeline(rows)
    spans = editions.order_by().values_list(*span).annotate(number=Count("pk"))
    return timeline_of_many(under_way(spans, today=timezone.localdate().year))


def small_timeline(rows: list[Row]) -> Timeline | UnderWay | None:
    """The timeline of these; None where fewer than two have a year."""
    today = timezone.localdate().year
    if len(rows) > MOST_IN_SMALL:
        spans = ((row.start, row.end, row.ongoing, 1) for row in rows)
        return timeline_of_many(under_way(spans, today=today))
    drawn = timeline(rows, today=today)
    return drawn if len(drawn.bars) > 1 else None


def earlier_only(editions: "QuerySet[Edition]") -> "QuerySet[Edition]":
    """Of `editions`, those of cases that have none of them in print any more."""
    in_print = Edition.objects.listed().filter(pk__in=editions.values("pk"))
    return (
        editions.exclude(case__in=in_print.values("case"))
        .select_related("case")
        .only("title", "number", "case__slug")
        .order_by("title", "-number")
    )


def named(slug: str, rows: "QuerySet[Named]") -> Named | None:
    """The row of that slug, or else of that slug in other letters, small or capital."""
    found = list(rows.filter(slug__iexact=slug))
    return next((row for row in found if row.slug == slug), found[0] if found else None)


def typed(request: HttpRequest) -> str:
    """What was typed to find a name, bounded; no database is given a NUL."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_WORDS]


def with_words(queryset: QuerySet, words: str, *fields: str) -> QuerySet:
    """The rows that hold every word somewhere in `fields`, whatever the case and the accents; of
    more than MOST_FOUND, some. One query for the fields; they are compared here, since the two
    databases do not fold alike."""
    wanted = folded(words).split()
    if not wanted:
        return queryset
    said: dict[int, list[str]] = {}
    for pk, *values in queryset.order_by().values_list("pk", *fields):
        said.setdefault(pk, []).extend(value for value in values if value)
    found = [pk for pk, parts in said.items() if _holds(parts, wanted)]
    return queryset.filter(pk__in=found[:MOST_FOUND])


def _holds(parts: Iterable[str], wanted: list[str]) -> bool:
    text = folded(" ".join(dict.fromkeys(parts)))
    return all(word in text for word in wanted)
