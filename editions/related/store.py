"""Works out and stores a case's related cases (“More posts”), each with its reason: those chosen by
hand, then those that share its most telling facts."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from django.db.models import Q, QuerySet

from editions.models import Edition, Neighbour

from .reasons import Reason, reason_for
from .similarity import Facts, Rarity, candidates, facts_of, similarity

HOW_MANY = 5
_AT_ONCE = 25  # cases whose neighbours are worked out again because of one publication
_FACTS = {  # the columns of a reason, and where an edition has them
    "country": "countries",
    "organisation": "organisations",
    "initiative_type": "initiative_types",
    "conflict_type": "conflict_types",
}


def store_related(edition: Edition) -> None:
    """Work out the neighbours of a case that is being published or withdrawn, of those it now
    stands beside, so that older cases learn of newer ones, and of those whose reason for naming it
    is true no longer. What editors chose is taken over when the case itself is published, not
    before: until then it is part of a draft."""
    case = edition.case
    if not edition.has_text:
        by_hand = _chosen_before([case.pk])
    else:
        related = case.related.exclude(pk=case.pk).order_by("title")
        by_hand = {case.pk: list(related.values_list("pk", flat=True))}
    rarity = Rarity()
    mine = facts_of(Edition.objects.filter(pk=edition.pk))
    beside = [row.other_id for row in _work_out(mine, by_hand, rarity)]
    untrue = _untrue(edition, mine[edition.pk])
    again = list(dict.fromkeys([*untrue[:_AT_ONCE], *beside]))[: HOW_MANY + _AT_ONCE]
    reworked = rework_related(Edition.objects.listed().filter(case__in=again), rarity)
    left = set(untrue) - reworked
    if left:  # the post stays, without a reason, until its own case is published or all are rebuilt
        Neighbour.objects.filter(case__in=left, other=case).update(**asdict(Reason()))


def rework_related(editions: "QuerySet[Edition]", rarity: Rarity) -> set[int]:
    """Work out the neighbours of these anew, and return their cases; what editors chose stays as
    it was published."""
    facts = facts_of(editions)
    cases = {mine.case for mine in facts.values()}
    _work_out(facts, _chosen_before(cases), rarity)
    return cases


def _chosen_before(cases: Iterable[int]) -> dict[int, list[int]]:
    chosen: dict[int, list[int]] = {}
    rows = Neighbour.objects.filter(case__in=cases, chosen=True).order_by("case_id", "position")
    for case, other in rows.values_list("case", "other"):
        chosen.setdefault(case, []).append(other)
    return chosen


def _untrue(edition: Edition, now: Facts) -> list[int]:
    """Cases whose reason for naming this one holds no longer, by its facts as they are now; that
    would name it among the cases of their own conflict; or whose editors chose it when there was
    nothing yet to be said of it."""
    rows = Neighbour.objects.filter(other=edition.case)
    if edition.has_text:
        gone = Q(kind=Neighbour.Kind.DONE_BY) & ~Q(organisation__in=now.doers)
        gone |= Q(kind="", chosen=True)
        gone |= Q(decade__isnull=False) & ~Q(decade=now.decade)
        for column, name in _FACTS.items():
            gone |= Q(**{f"{column}__isnull": False}) & ~Q(**{f"{column}__in": getattr(now, name)})
        if now.conflict:
            same = Edition.objects.listed().filter(conflict=now.conflict)
            gone |= Q(chosen=False, case__in=same.values("case"))
        rows = rows.filter(gone)
    return list(rows.order_by("case_id").values_list("case", flat=True))


def _work_out(
    several: Mapping[int, Facts], by_hand: Mapping[int, list[int]], rarity: Rarity
) -> list[Neighbour]:
    """Store the neighbours of these editions' cases, in place of those they had."""
    rarity.learn(several.values())
    found = candidates(several.values(), rarity)
    chosen = {pk for cases in by_hand.values() for pk in cases}
    wanted = {pk for pks in found.values() for pk in pks}
    listed = Edition.objects.listed()
    others = facts_of(listed.filter(Q(pk__in=wanted) | Q(case__in=chosen)))
    of_case = {facts.case: facts for facts in others.values()}
    rows = []
    for pk, mine in several.items():
        alike = [others[other] for other in found[pk] if other in others]
        rows += _rows(mine, by_hand.get(mine.case, []), alike, of_case, rarity)
    Neighbour.objects.filter(case__in=[mine.case for mine in several.values()]).delete()
    return Neighbour.objects.bulk_create(rows)


def _rows(
    mine: Facts,
    by_hand: list[int],
    alike: list[Facts],
    of_case: Mapping[int, Facts],
    rarity: Rarity,
) -> list[Neighbour]:
    """Best first. A case chosen by hand may be unpublished yet; those of the same conflict stand in
    its sequence and not here. Neither takes the place of one that is shown."""
    apart = [o for o in alike if o.case != mine.case and not _same_conflict(mine, o)]
    best = sorted(
        (o for o in apart if o.case not in by_hand),
        key=lambda o: (-similarity(mine, o, rarity), _years_apart(mine, o), -o.edition),
    )
    shown = [c for c in by_hand if c in of_case and not _same_conflict(mine, of_case[c])]
    cases = [*by_hand, *(other.case for other in best[: max(HOW_MANY - len(shown), 0)])]
    rows = []
    for position, case in enumerate(cases):
        other = of_case.get(case)
        reason = reason_for(mine, other, rarity) if other else Reason()
        rows.append(
            Neighbour(
                case_id=mine.case,
                other_id=case,
                position=position,
                chosen=position < len(by_hand),
                kind=reason.kind,
                decade=reason.decade,
                **{f"{name}_id": getattr(reason, name) for name in _FACTS},
            )
        )
    return rows


def _same_conflict(mine: Facts, other: Facts) -> bool:
    return mine.conflict is not None and mine.conflict == other.conflict


def _years_apart(mine: Facts, other: Facts) -> int:
    """Between their starts; as good as never where one is not known."""
    if mine.start is None or other.start is None:
        return 10_000
    return abs(mine.start - other.start)
