"""What a case rests on, worked out from its record: kinds of works, nearness in time, independence,
and how many of its citations name the place."""

from collections import Counter
from typing import NamedTuple

from django.utils.text import capfirst

from editions.record.field import Record
from organisations.naming import folded
from sources.models import Source

NEAR = 5  # years after the end of an initiative; what was published by then is near in time


class Evidence(NamedTuple):
    """`kinds` are (kind of work, how many) with the most first. Of the `works`, `near` were
    published by the year `until`, `later` after it, and `undated` say no year; `own` are signed by
    one of the organisations or parties of the case. Of the `citations`, `located` name a place
    and `quoted` have the passage, in the source's own words."""

    works: int
    kinds: list[tuple[str, int]]
    until: int | None
    near: int
    later: int
    undated: int
    own: int
    citations: int
    located: int
    quoted: int


def evidence(record: Record) -> Evidence | None:
    """What an edition rests on; None where it cites nothing."""
    works = record["sources"]
    if not works:
        return None
    labels = dict(Source.Type.choices)
    kinds = Counter(str(capfirst(str(labels.get(work["type"], work["type"])))) for work in works)
    until = None if record["end_year"] is None else record["end_year"] + NEAR
    years = [_year(work) for work in works]
    dated = [year for year in years if year is not None]
    involved = {
        folded(name)
        for body in (*record["organisations"], *record["parties"])
        for name in (body["name"], body.get("short_name", ""))
        if name
    }
    citations = [cite for note in record["notes"] for cite in note["citations"]]
    return Evidence(
        works=len(works),
        kinds=kinds.most_common(),
        until=until,
        near=sum(until is not None and year <= until for year in dated),
        later=sum(until is not None and year > until for year in dated),
        undated=len(years) - len(dated),
        own=sum(not involved.isdisjoint(_signed_by(work)) for work in works),
        citations=len(citations),
        located=sum(bool(cite["locator"]) for cite in citations),
        quoted=sum(bool(cite["passage"]) for cite in citations),
    )


def _year(work: Record) -> int | None:
    parts = work.get("issued", {}).get("date-parts") or []
    return int(parts[0][0]) if parts and parts[0] else None


def _signed_by(work: Record) -> set[str]:
    names = [name.get("literal", "") for name in work.get("author", [])]
    return {folded(name) for name in [*names, work.get("publisher", "")] if name}
