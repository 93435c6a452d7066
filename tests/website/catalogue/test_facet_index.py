"""The facet index: what it counts is what the database would count, and it is never stale."""

import random
from dataclasses import replace

import pytest
from django.http import QueryDict

from cases import services as cases
from cases.models import Aim, Case, ConflictType, InitiativeType
from editions import services
from editions.models import Edition
from organisations.models import Country, OrganisationKind
from organisations.services import merge
from serving.site_version import version
from tests.factories import make_case, make_edition, make_organisation, make_user, publish_case
from website.catalogue import catalogue, facet_counts, facet_index
from website.catalogue.facet_index import bits_of, picked
from website.catalogue.facets import FACETS
from website.catalogue.filters import CatalogueFilter
from website.catalogue.params import CatalogueParams, clean
from website.catalogue.results import find

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
    params = CatalogueParams(clean(QueryDict(query)))
    return params, find(params, catalogue.current(version()))


def slugs(query):
    params, results = asked(query)
    entries = results.catalogue.index.entries
    return [entries[row].slug for row in results.rows(params.sort)]


@pytest.fixture
def editions(db):
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
        for name in rng.sample(list(FACETS), rng.randint(0, 3)):
            chosen = rng.sample(SLUGS[name], rng.randint(1, 2))
            parts += [f"{name}={value}" for value in chosen]
        if rng.random() < 0.4:
            parts.append(f"from={rng.choice([-50, 0, 1980, 1993, 2100])}")
        if rng.random() < 0.4:
            parts.append(f"to={rng.choice([-44, 1, 1990, 2005, 2150])}")
        if rng.random() < 0.3:
            parts.append(f"q={rng.choice(['ceasefire', 'accord -treaty', 'talk*', 'zebra'])}")
        yield "&".join(parts)


def test_memory_and_database_answer_every_question_alike(editions):
    differ = {}
    for query in questions():
        params, results = asked(query)
        if params.form.errors:
            continue
        rows = CatalogueFilter(params.query_dict, queryset=Edition.objects.listed()).qs
        found = {results.catalogue.index.entries[p].pk for p in results.rows("newest")}
        if found != set(rows.values_list("pk", flat=True)) or results.count != len(found):
            differ[query] = (len(found), rows.count())
    assert differ == {}


def test_every_choice_says_how_many_there_would_be(editions):
    for query in list(questions())[:40]:
        params, results = asked(query)
        if params.form.errors:
            continue
        for choices in facet_counts.choices(params, results):
            for choice in choices.all:
                if not choice.chosen:
                    chosen = [v for v in params.chosen(choices.facet.name) if v]
                    alone = params.only(**{choices.facet.name: choice.name.slug}).removeprefix("?")
                    assert asked(alone)[1].count == choice.count > 0, (query, choice)
                    assert choice.address.count(f"{choices.facet.name}=") == len(chosen) + 1


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


def told(index):
    """Everything that an index says, whatever the numbers of its rows."""
    years = range(-60, 2030)
    pks = {row: index.entries[row].pk for row in index.in_order(index.everything, "newest")}

    def named(bits):
        return {pk for row, pk in pks.items() if bits >> row & 1}

    return {
        "orders": {o: [pks[r] for r in index.in_order(index.everything, o)] for o in index.orders},
        "bits": {
            facet: {key: named(bits) for key, bits in known.items() if named(bits)}
            for facet, known in index.bits.items()
        },
        "begun": [named(index.begun_by(year)) for year in years],
        "going on": [named(index.under_way_since(year)) for year in years],
        "rows": [index.entries[row].pk for row in index.rows_of(sorted(pks.values()))],
        "slugs": {slug: index.entries[row].pk for slug, row in index.row_by_slug.items()},
        "organisations": index.organisations,
    }


def test_publications_are_taken_in_as_if_all_were_read_anew(editions, moderator):
    rng = random.Random(5)
    index = facet_index.read()
    for _ in range(12):
        case = rng.choice(list(Case.objects.filter(slug__startswith="case-").order_by("pk")))
        in_print = case.editions.listed().first()
        if rng.random() < 0.3 and in_print:
            services.withdraw(case, by=moderator, reason="Wrong.")
        elif rng.random() < 0.3:
            make_edition(start_year=rng.choice([None, -44, 1700, 1993]), end_year=None)
        else:
            change = {
                "start_year": rng.choice([-44, 0, 1999]),
                "end_year": None,
                "title": "Ähnlich",
            }
            changed = cases.change_case(
                case, by=make_user("edith"), reason="-", ongoing=False, **change
            )
            publish_case(changed, kind="update", change_note="-")
        index = facet_index.updated(index)
        assert told(index) == told(facet_index.read())


def test_an_index_that_has_seen_a_publication_is_not_disturbed_by_it(db):
    make_edition(slug="one")
    index = facet_index.read()
    seen = facet_index.updated(replace(index, newest_pk=0))
    assert told(seen) == told(index)
    assert facet_index.updated(seen) is seen


def test_many_publications_are_read_anew(db, monkeypatch, django_assert_num_queries):
    index = facet_index.read()
    monkeypatch.setattr(facet_index, "MOST_TAKEN_IN", 1)
    for _ in range(2):
        make_edition()
    assert facet_index.updated(index).size == 2


def test_a_publication_costs_the_next_question_what_has_changed(db, django_assert_num_queries):
    make_edition()
    index = facet_index.read()
    with django_assert_num_queries(1):
        facet_index.updated(index)
    make_edition()
    with django_assert_num_queries(8):
        facet_index.updated(index)


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
    params, results = asked("organisation=secret")
    shown = {
        f.facet.name: [c.name.label for c in f.all] for f in facet_counts.choices(params, results)
    }
    assert shown["organisation"] == []
    assert [chip.label for chip in facet_counts.chips(params, results)] == ["secret"]
    assert "Legal prosecution" not in shown["initiative"]


def test_terms_keep_the_order_of_their_vocabulary_where_counts_are_equal(db):
    make_edition(initiative_types=[t.slug for t in InitiativeType.objects.all()])
    params, results = asked("")
    [facet] = facet_counts.choices(params, results, names=["initiative"])
    labels = [choice.name.label for choice in facet.all]
    assert labels == list(InitiativeType.objects.values_list("label", flat=True))


@pytest.mark.parametrize("size", [1, 7, 8, 9, 1000])
def test_bits_and_rows_are_each_others_reverse(size):
    rows = sorted(random.Random(size).sample(range(size), (size + 1) // 2))
    bits = bits_of(rows, size)
    assert picked(range(size), bits, size) == rows
    assert bits.bit_count() == len(rows)
    assert picked(reversed(range(size)), bits, size) == rows[::-1]


def test_editions_that_came_later_have_no_row(db):
    first, second = make_edition(), make_edition()
    index = catalogue.current(version()).index
    rows = index.rows_of([second.pk, 10**9, first.pk, 0])
    assert [index.entries[row].pk for row in rows] == [second.pk, first.pk]


def test_the_catalogue_stands_without_a_site_version(client, db):
    """After a flush there is no row: nothing is kept, and everything is right."""
    from serving.models import SiteVersion

    make_edition(slug="one")
    SiteVersion.objects.all().delete()
    assert slugs("") == ["one"]
    assert client.get("/cases/one/").status_code == 200
    make_edition(slug="two")
    assert set(slugs("")) == {"one", "two"}
    assert SiteVersion.objects.exists()


def test_unused_models_are_counted_as_nothing(db):
    params, results = asked("")
    assert all(not facet.all for facet in facet_counts.choices(params, results))
    assert Aim.objects.exists() and ConflictType.objects.exists()
    assert OrganisationKind.objects.exists()
