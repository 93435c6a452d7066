"""Works out a case's “More posts”: those chosen by hand, then those that share its facts."""

from collections import Counter

from cases.models import Case

from .models import Edition, Neighbour

HOW_MANY = 5
_WEIGHTS = {"countries": 6, "organisations": 3, "conflict_types": 2, "initiative_types": 2}


def refresh(edition: Edition) -> None:
    """Work out the neighbours of a case that is being published, and of those it now stands
    beside, so that older cases learn of newer ones."""
    chosen = _store(edition)
    for other in Edition.objects.listed().filter(case__in=chosen).select_related("case"):
        _store(other)


def _store(edition: Edition) -> list[int]:
    chosen = _choose(edition)
    edition.case.neighbours.all().delete()
    Neighbour.objects.bulk_create(
        Neighbour(case=edition.case, other_id=other, position=position)
        for position, other in enumerate(chosen)
    )
    return chosen


def _choose(edition: Edition) -> list[int]:
    """Primary keys of the other cases, best first; a case chosen by hand may be unpublished yet."""
    by_hand = list(edition.case.related.order_by("title").values_list("pk", flat=True))
    by_hand = [pk for pk in by_hand if pk != edition.case_id]
    score: Counter[int] = Counter()
    others = Edition.objects.listed().exclude(case=edition.case_id)
    for name, weight in _WEIGHTS.items():
        mine = getattr(edition, name).values("pk")
        rows = others.filter(**{f"{name}__in": mine}).order_by("-published_at", "-pk")
        for case in rows.values_list("case", flat=True)[:500]:
            score[case] += weight
    by_facts = [pk for pk, _ in sorted(score.items(), key=lambda row: (-row[1], row[0]))]
    return list(dict.fromkeys(by_hand + by_facts))[: max(HOW_MANY, len(by_hand))]


def more_posts(case: Case) -> list[Edition]:
    """The editions in print of the case's neighbours, in order; one query."""
    return list(
        Edition.objects.listed()
        .filter(case__neighbour_of__case=case)
        .order_by("case__neighbour_of__position")
        .select_related("case")
        .only("title", "location", "start_year", "end_year", "ongoing", "case__slug")
    )
