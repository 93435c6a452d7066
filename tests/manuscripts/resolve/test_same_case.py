"""One case in two lives: recognised by what both tell, and never taken for another initiative."""

import pytest

from manuscripts.resolve.same_case import CaseFacts, KnownCases, _judged
from tests.factories import make_case


def works(letter):
    """Four that both lives of the case of that letter cite."""
    return {f"{letter}{n}" for n in range(4)}


def facts(title, start, end, countries, bodies, kinds=("mediation",), sources=()):
    sets = map(frozenset, (countries, bodies, kinds, sources))
    return CaseFacts("", title, start, end, *sets)


PAIRS = [
    (
        "worded apart, the same facts and works",
        facts("Ending the civil war in Avaria", 1992, 1997, ["TJK"], ["un"], sources=works("a")),
        facts("Mediation in Avaria", 1992, 1997, ["TJK"], ["un"], sources={*works("a"), "poe2020"}),
    ),
    (
        "one begins with the agreement, a year later",
        facts("Peacekeeping in Borduria", 1994, 1996, ["MOZ"], ["un", "oau"], sources=works("b")),
        facts("Ending the war in Borduria", 1993, 1996, ["MOZ"], ["un"], sources=works("b")),
    ),
    (
        "one names no organisation",
        facts("Preventing war in Cascara", 2001, 2003, ["KEN"], [], sources=works("c")),
        facts("The Cascara initiative", 2001, 2003, ["KEN"], ["a trust"], sources=works("c")),
    ),
    (
        "one names no kind of initiative",
        facts("Ending the war in Dravia", 1989, 1992, ["NAM"], ["un", "osce"], (), works("d")),
        facts(
            "Dravia: a settlement", 1989, 1992, ["NAM"], ["un", "osce"], ["monitoring"], works("d")
        ),
    ),
    (
        "their works are not known to be the same, all else is",
        facts("Ending the war in Edoria", 1999, 2005, ["IDN"], ["eu", "asean"]),
        facts("Monitoring Edoria", 1999, 2005, ["IDN"], ["eu", "asean"]),
    ),
    (
        "other bodies are named, and nearly all works are the same",
        facts("Truce in Fenwick", 1997, 1998, ["PNG"], ["new zealand"], sources=works("f")),
        facts("Fenwick: the truce", 1997, 1998, ["PNG"], ["australia"], sources=works("f")),
    ),
]
NEAR_MISSES = [
    (
        "an earlier war of the same country",
        facts(
            "Ending the civil war in Gondal", 1990, 1997, ["LBR"], ["ecowas"], sources=works("g")
        ),
        facts(
            "Ending the civil war in Gondal", 1999, 2003, ["LBR"], ["ecowas"], sources=works("g")
        ),
    ),
    (
        "another initiative in the same war and years",
        facts("Ending the war in Hyrkania", 1993, 1996, ["BDI"], ["un"], ["mediation"], works("h")),
        facts(
            "Ending the war in Hyrkania", 1993, 1996, ["BDI"], ["un"], ["peacekeeping"], works("h")
        ),
    ),
    (
        "another mediator in the same years, who shares a few works",
        facts("Talks in Illyria", 2000, 2003, ["IDN"], ["a centre"], sources=works("i")),
        facts("Mediation in Illyria", 2000, 2003, ["IDN"], ["norway"], sources={"i0", "x1"}),
    ),
    (
        "the mission that followed",
        facts("Peace in Jotunheim", 1997, 1998, ["PNG"], ["un"], sources=works("j")),
        facts("Peace in Jotunheim", 1998, 2005, ["PNG"], ["un"], sources=works("j")),
    ),
    (
        "the neighbour, by the same body in the same years",
        facts("Preventing war in Krakozhia", 1992, 1999, ["MKD"], ["un"], sources=works("k")),
        facts(
            "Preventing war in Krakozhia's valley", 1992, 1999, ["ALB"], ["un"], sources=works("k")
        ),
    ),
    (
        "the same body in the same country, and nothing else that tells",
        facts("Ending the war in Latveria", None, None, ["SDN"], ["un"], ()),
        facts("Disarming the north of Latveria", 2005, 2011, ["SDN"], ["un"], ()),
    ),
    (
        "nothing is known of either but a title",
        facts("Ending the armed conflict in Markovia", None, None, [], []),
        facts("Ending the armed conflict in Markovia", None, None, [], []),
    ),
]


@pytest.mark.parametrize(("what", "one", "other"), PAIRS, ids=[p[0] for p in PAIRS])
def test_one_case_in_two_lives_is_recognised_from_either_side(what, one, other):
    for mine, theirs in ((one, other), (other, one)):
        points, reasons = _judged(mine, theirs)
        assert points >= 6 and len(reasons) >= 3, (points, reasons)


@pytest.mark.parametrize(("what", "one", "other"), NEAR_MISSES, ids=[p[0] for p in NEAR_MISSES])
def test_another_initiative_is_not_taken_for_it(what, one, other):
    for mine, theirs in ((one, other), (other, one)):
        assert _judged(mine, theirs)[0] < 6


def test_all_pairs_against_all_articles_bring_no_false_ones():
    lives = [life for _what, one, other in (*PAIRS, *NEAR_MISSES) for life in (one, other)]
    partner = {id(one): other for _what, one, other in PAIRS}
    partner |= {id(other): one for _what, one, other in PAIRS}
    for mine in lives:
        liked = [life for life in lives if life is not mine and _judged(mine, life)[0] >= 6]
        assert liked in ([], [partner.get(id(mine))])


@pytest.mark.django_db
def test_loading_takes_the_same_queries_for_one_case_and_for_twenty(django_assert_num_queries):
    for n in (1, 20):
        for _ in range(n):
            make_case()
        with django_assert_num_queries(4):
            known = KnownCases.load()
    assert len(known.cases) == 21
