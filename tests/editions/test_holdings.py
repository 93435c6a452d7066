"""The holdings: what they count is what the database would count, and they are never stale."""

import random

import pytest
from django.http import QueryDict

from cases import services as cases
from cases.models import Aim, Case, ConflictType, InitiativeType
from editions import catalogue, facets, services
from editions.catalogue import ask
from editions.filters import CatalogueFilter, ordered
from editions.holdings import bits_of, picked
from editions.models import Edition
from editions.question import FACETS, Question, bounded
from organisations.models import Country, OrganisationKind
from organisations.services import merge
from revisions.turning import version
from tests.factories import make_case, make_edition, make_organisation, make_user, publish_case

SLUGS = {
    "region": ["african", "asia-pacific", "latin-american-and-caribbean", "nowhere"],
    "country": ["tjk", "PER", "tcd", "zzz"],
    "conflict": ["vertical-intrastate", "interstate", "risk-of-interstate"],
    "initiative": ["mediation", "diplomacy", "monitoring"],
    "organisation": ["body-0", "body-1", "body-2", "nobody"],
    "kind": ["other", "coalition", "nothing"],
    "aim": ["ending", "preventing"],
    "impact": ["lasting", "limited", "contested", "unheard-of"],
}


def asked(query):
    question = Question(bounded(QueryDict(query)))
    return question, ask(question, catalogue.current(version()))


def slugs(query):
    question, answer = asked(query)
    held = answer.catalogue.holdings.held
    return [held[place].slug for place in answer.places(question.sort)]


@pytest.fixture
def shelf(db):
    """Eighteen editions with facts drawn by lot, always the same."""
    rng = random.Random(7)
    bodies = [
        make_organisation(f"Body {n}", kind=rng.choice(["other", "coalition"])) for n in range(3)
    ]
    words = ("ceasefire", "accord", "treaty")
    for n in range(18):
        start = rng.choice([None, -44, 0, 1975, 1989, 1993, 2001])
        ongoing = rng.random() < 0.2
        ends = start is not None and not ongoing and rng.random() < 0.8
        make_edition(
            slug=f"case-{n}",
            title=f"{rng.choice('ÉBcd')}{n} {rng.choice(words)}",
            countries=rng.sample(["TJK", "PER", "TCD", "USA"], rng.randint(0, 2)),
            conflict_types=rng.sample(SLUGS["conflict"], rng.randint(1, 2)),
            initiative_types=rng.sample(SLUGS["initiative"], rng.randint(1, 3)),
            organisations=rng.sample(bodies, rng.randint(0, 2)),
            aim=rng.choice(SLUGS["aim"]),
            impact=rng.choice(["lasting", "limited", "contested"]),
            start_year=start,
            end_year=start + rng.randint(0, 9) if ends else None,
            ongoing=ongoing,
        )


def questions():
    """Questions drawn by lot, the same each time."""
    rng = random.Random(11)
    for _ in range(150):
        parts = []
        for name in rng.sample(FACETS, rng.randint(0, 3)):
            chosen = rng.sample(SLUGS[name], rng.randint(1, 2))
            parts += [f"{name}={value}" for value in chosen]
        if rng.random() < 0.4:
            parts.append(f"from={rng.choice([-50, 0, 1980, 1993, 2100])}")
        if rng.random() < 0.4:
            parts.append(f"to={rng.choice([-44, 1, 1990, 2005, 2150])}")
        if rng.random() < 0.3:
            parts.append(f"q={rng.choice(['ceasefire', 'accord -treaty', 'talk*', 'zebra'])}")
        yield "&".join(parts)


def test_memory_and_database_answer_every_question_alike(shelf):
    differ = {}
    for query in questions():
        question, answer = asked(query)
        if question.form.errors:
            continue
        rows = CatalogueFilter(question.asked, queryset=Edition.objects.listed()).qs
        found = {answer.catalogue.holdings.held[p].pk for p in answer.places("newest")}
        if found != set(rows.values_list("pk", flat=True)) or answer.count != len(found):
            differ[query] = (len(found), rows.count())
    assert differ == {}


def test_every_choice_says_how_many_there_would_be(shelf):
    for query in list(questions())[:40]:
        question, answer = asked(query)
        if question.form.errors:
            continue
        for facet in facets.facets(question, answer):
            for choice in facet.choices:
                if not choice.chosen:
                    chosen = [v for v in question.chosen(facet.name) if v]
                    alone = question.only(**{facet.name: choice.name.slug}).removeprefix("?")
                    assert asked(alone)[1].count == choice.count > 0, (query, choice)
                    assert choice.address.count(f"{facet.name}=") == len(chosen) + 1


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_memory_and_database_agree_on_the_order(shelf, sort):
    rows = ordered(Edition.objects.listed(), sort, searched=False)
    _, answer = asked("")
    held = answer.catalogue.holdings.held
    in_memory = [held[place] for place in answer.places(sort)]
    if sort == "newest":
        assert [e.pk for e in in_memory] == list(rows.values_list("pk", flat=True))
    else:  # databases differ in where they put what has no year
        dated = list(rows.exclude(start_year=None).values_list("start_year", flat=True))
        assert [e.start for e in in_memory if e.start is not None] == dated
        assert all(e.start is None for e in in_memory[len(dated) :])


def test_titles_are_ordered_without_regard_to_accents_and_capitals(db):
    for title in ("zebra", "Éclair", "apple", "The Beech"):
        make_edition(title=title, slug=title.split()[-1].lower().replace("é", "e"))
    assert slugs("sort=title") == ["apple", "beech", "eclair", "zebra"]


def test_a_publication_is_counted_by_the_next_question(moderator):
    assert slugs("") == []
    edition = make_edition(slug="one")
    assert slugs("country=tjk") == ["one"]
    case = cases.change_case(
        Case.objects.get(pk=edition.case_id),
        by=make_user("edith"),
        reason="Elsewhere.",
        countries=Country.objects.filter(alpha3="PER"),
    )
    assert slugs("country=tjk") == ["one"]
    publish_case(case, kind="correction", change_note="Elsewhere.")
    assert slugs("country=tjk") == []
    assert slugs("country=per") == ["one"]
    services.withdraw(Case.objects.get(pk=case.pk), by=moderator, reason="Wrong.")
    assert slugs("") == []


def test_a_merge_is_counted_by_the_next_question(moderator):
    gone, kept = make_organisation("Gone"), make_organisation("Kept", kind="coalition")
    make_edition(slug="one", organisations=[gone])
    assert slugs("organisation=gone") == ["one"]
    assert slugs("kind=coalition") == []
    merge(gone, kept, by=moderator, reason="The same.")
    assert slugs("organisation=kept") == ["one"]
    assert slugs("kind=coalition") == ["one"]


def test_a_term_that_only_drafts_use_is_no_choice(db):
    make_edition()
    make_case(organisations=[make_organisation("Secret")], initiative_types=["legal-prosecution"])
    question, answer = asked("organisation=secret")
    shown = {f.name: [c.name.label for c in f.choices] for f in facets.facets(question, answer)}
    assert shown["organisation"] == []
    assert [chip.label for chip in facets.chips(question, answer)] == ["secret"]
    assert "Legal prosecution" not in shown["initiative"]


def test_terms_keep_the_order_of_their_vocabulary_where_counts_are_equal(db):
    make_edition(initiative_types=[t.slug for t in InitiativeType.objects.all()])
    question, answer = asked("")
    [facet] = facets.facets(question, answer, names=["initiative"])
    labels = [choice.name.label for choice in facet.choices]
    assert labels == list(InitiativeType.objects.values_list("label", flat=True))


@pytest.mark.parametrize("size", [1, 7, 8, 9, 1000])
def test_bits_and_places_are_each_others_reverse(size):
    places = sorted(random.Random(size).sample(range(size), (size + 1) // 2))
    bits = bits_of(places, size)
    assert picked(range(size), bits, size) == places
    assert bits.bit_count() == len(places)
    assert picked(reversed(range(size)), bits, size) == places[::-1]


def test_editions_that_came_later_have_no_place(db):
    first, second = make_edition(), make_edition()
    held = catalogue.current(version()).holdings
    places = held.places_of([second.pk, 10**9, first.pk, 0])
    assert [held.held[place].pk for place in places] == [second.pk, first.pk]


def test_the_catalogue_stands_without_a_site_version(client, db):
    """After a flush there is no row: nothing is kept, and everything is right."""
    from revisions.models import SiteVersion

    make_edition(slug="one")
    SiteVersion.objects.all().delete()
    assert slugs("") == ["one"]
    assert client.get("/cases/one/").status_code == 200
    make_edition(slug="two")
    assert set(slugs("")) == {"one", "two"}
    assert SiteVersion.objects.exists()


def test_unused_models_are_counted_as_nothing(db):
    question, answer = asked("")
    assert all(not facet.choices for facet in facets.facets(question, answer))
    assert Aim.objects.exists() and ConflictType.objects.exists()
    assert OrganisationKind.objects.exists()
