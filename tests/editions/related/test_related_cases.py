"""“More posts”: which cases stand there, why, and that what is said of them stays true."""

import tomllib
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases import services as cases
from cases.models import Case, ConflictType, InitiativeType
from editions import services
from editions.models import Neighbour
from editions.related import store
from editions.related.reasons import ConflictWords, InitiativeWords, sentence, with_article
from editions.related.related_cases import related_cases, related_rows
from editions.related.store import store_related
from editions.related.terms import reason_terms
from organisations.models import Country
from organisations.services import merge
from serving.site_version import version
from tests.factories import make_case, make_edition, make_organisation, make_user, publish_case

SHIPPED = Path(__file__).parents[3] / "collection" / "organisations.toml"
APART = {"conflict_types": [], "initiative_types": [], "countries": [], "start_year": None}


def edition(title, **over):
    """An edition that shares nothing with another but what `over` says."""
    return make_edition(**{"title": title, **APART, **over})


def changed(edition, **content):
    case = Case.objects.get(pk=edition.case_id)
    case = cases.change_case(case, by=make_user("edith"), reason="Changed.", **content)
    return publish_case(case, kind="update", change_note="Changed.")


def shown(edition, **besides):
    """The case's “More posts”."""
    return related_cases(related_rows(edition.case_id), reason_terms(version()), **besides)


def posts(edition):
    """Titles and reasons of the case's “More posts”."""
    return {post.title: post.reason for post in shown(edition)}


@pytest.fixture
def un(db):
    return make_organisation("United Nations")


def test_the_same_country_is_told_first(un):
    mine = edition("Mine", countries=["TJK"], organisations=[un], initiative_types=["mediation"])
    edition("It", countries=["TJK"], organisations=[un], initiative_types=["mediation"])
    edition("Gambia", countries=["GMB"], organisations=[un])
    assert posts(mine)["It"] == "Also in Tajikistan"


def test_who_did_what_is_said_where_it_is_certain(un):
    alike = {"initiative_types": ["mediation"], "organisations": [un], "start_year": 1993}
    mine = edition("Mine", **alike)
    edition("It", **alike | {"start_year": 1999, "end_year": 1999})
    edition("Later", **alike | {"start_year": 2001, "end_year": 2001})
    assert posts(mine) == {
        "It": "Also mediated by the United Nations in the 1990s",
        "Later": "Also mediated by the United Nations",
    }


def test_of_several_organisations_and_types_nothing_is_said_to_have_done_which(un):
    both = {"initiative_types": ["mediation", "monitoring"], "start_year": 1993}
    mine = edition("Mine", **both, organisations=[un, make_organisation()])
    edition("It", organisations=[un], initiative_types=["mediation"], start_year=1994)
    words = "Also a case of mediation from the 1990s in which the United Nations took part"
    assert posts(mine) == {"It": words}


def test_what_may_have_been_a_party_is_not_said_to_have_mediated(db):
    chile = make_organisation("Government of Chile", country=Country.objects.get(alpha3="CHL"))
    holy = make_organisation("Holy See")
    mine = edition(
        "Mine", initiative_types=["mediation"], organisations=[holy, chile], countries=["CHL"]
    )
    edition("It", initiative_types=["mediation"], organisations=[chile])
    edition("Other", initiative_types=["mediation"], organisations=[holy])
    assert posts(mine) == {
        "It": "Also a case of mediation in which the Government of Chile took part",
        "Other": "Also mediated by the Holy See",
    }


def test_rare_facts_count_for_more_than_common_ones(db):
    for n in range(4):
        edition(f"Common {n}", initiative_types=["mediation"])
    mine = edition("Mine", initiative_types=["mediation", "transitional-administration"])
    edition("Rare", initiative_types=["transitional-administration"])
    [first, *rest] = shown(mine)
    assert (first.title, first.reason) == ("Rare", "Also a case of transitional administration")
    assert {post.reason for post in rest} == {"Also a case of mediation"}


def test_types_of_conflict_and_initiative_are_said_together(db):
    mine = edition("Mine", conflict_types=["risk-of-interstate"], initiative_types=["diplomacy"])
    edition("It", conflict_types=["risk-of-interstate"], initiative_types=["diplomacy"])
    edition("Half", conflict_types=["risk-of-interstate"])
    assert posts(mine) == {
        "It": "Also a case of diplomacy where there was a risk of armed conflict between states",
        "Half": "Also a risk of armed conflict between states",
    }


def test_what_the_editors_chose_stands_first_and_says_so(db):
    one, two = edition("One", countries=["TJK"]), edition("Two")
    make_case(title="Draft")
    chosen = [one.case, two.case, Case.objects.get(title="Draft")]
    mine = edition("Mine", countries=["TJK"], related=chosen)
    assert list(posts(mine).items()) == [
        ("One", "Chosen by the editors; also in Tajikistan"),
        ("Two", "Chosen by the editors"),
    ]


def test_a_choice_in_a_draft_is_not_shown_before_it_is_published(db):
    chosen = edition("Chosen")
    mine = edition("Mine", countries=["TJK"])
    case = Case.objects.get(pk=mine.case_id)
    cases.change_case(case, by=make_user("edith"), reason="Draft.", related=[chosen.case])
    edition("New", countries=["TJK"])
    call_command("rebuild_neighbours")
    assert posts(mine) == {"New": "Also in Tajikistan"}
    case.refresh_from_db()
    assert "Chosen" in posts(publish_case(case, kind="update", change_note="Related."))


def test_a_case_chosen_before_it_was_published_gets_its_reason_then(db):
    draft = make_case(**APART | {"title": "It", "countries": ["TJK"]})
    mine = edition("Mine", countries=["TJK"], related=[draft])
    assert posts(mine) == {}
    publish_case(draft)
    assert posts(mine) == {"It": "Chosen by the editors; also in Tajikistan"}


@pytest.mark.parametrize(
    ("types", "left"),
    [([], {}), (["diplomacy"], {"It": "Also a case of diplomacy"})],
)
def test_a_reason_goes_when_the_other_case_is_published_without_the_fact(db, types, left):
    mine = edition("Mine", countries=["TJK"], initiative_types=["diplomacy"])
    it = edition("It", countries=["TJK"])
    assert posts(mine) == {"It": "Also in Tajikistan"}
    peru = Country.objects.filter(alpha3="PER")
    changed(it, countries=peru, initiative_types=InitiativeType.objects.filter(slug__in=types))
    assert posts(mine) == left


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"start_year": 2003}, "Also mediated by the United Nations"),
        ({"organisations": []}, "Also a case of mediation from the 1990s"),
        (
            {"initiative_types": []},
            "Also a case from the 1990s in which the United Nations took part",
        ),
    ],
)
def test_no_part_of_a_reason_outlives_its_fact(un, content, words):
    alike = {"initiative_types": ["mediation"], "organisations": [un], "start_year": 1993}
    mine, it = edition("Mine", **alike), edition("It", **alike | {"end_year": 2005})
    assert posts(mine) == {"It": "Also mediated by the United Nations in the 1990s"}
    changed(it, **content)
    assert posts(mine) == {"It": words}


def test_who_did_what_is_taken_back_when_it_is_certain_no_longer(un):
    alike = {"initiative_types": ["mediation"], "organisations": [un]}
    mine, it = edition("Mine", **alike), edition("It", **alike)
    more = InitiativeType.objects.filter(slug__in=["mediation", "monitoring"])
    changed(it, organisations=[un, make_organisation()], initiative_types=more)
    words = "Also a case of mediation in which the United Nations took part"
    assert posts(mine) == {"It": words}


def test_a_withdrawn_case_gives_its_place_to_another(moderator):
    mine = edition("Mine", countries=["TJK"])
    near = [edition(f"Near {n}", countries=["TJK"]) for n in range(6)]
    shown = posts(mine)
    assert len(shown) == 5
    gone = next(e for e in near if e.title in shown)
    services.withdraw(Case.objects.get(pk=gone.case_id), by=moderator, reason="Wrong.")
    assert len(posts(mine)) == 5
    assert gone.title not in posts(mine)


def test_beyond_a_bound_an_untrue_reason_is_dropped_and_the_post_stays(db, monkeypatch):
    mine, it = edition("Mine", countries=["TJK"]), edition("It", countries=["TJK"])
    monkeypatch.setattr(store, "_AT_ONCE", 0)
    changed(it, countries=Country.objects.filter(alpha3="PER"))
    assert posts(mine) == {"It": ""}
    call_command("rebuild_neighbours")
    assert posts(mine) == {}


def test_a_case_that_joins_the_conflict_moves_to_the_sequence(db):
    mine = edition("Mine", countries=["MKD"], conflict="macedonia")
    it = edition("It", countries=["MKD"])
    assert "It" in posts(mine)
    changed(it, conflict=mine.conflict)
    assert posts(mine) == {}


def test_what_is_chosen_and_not_shown_here_takes_no_place(db):
    for n in range(6):
        edition(f"Near {n}", countries=["MKD"])
    sequel = edition("Sequel", countries=["MKD"], conflict="macedonia")
    chosen = [sequel.case, make_case(title="Draft")]
    mine = edition("Mine", countries=["MKD"], conflict="macedonia", related=chosen)
    titles = {post.title for post in shown(mine, besides=[sequel.case_id])}
    assert len(titles) == 5
    assert not {"Sequel", "Draft"} & titles


def test_reasons_follow_a_merge_at_once(un, moderator):
    body = make_organisation("Organisation of Islamic Conference")
    mine = edition("Mine", organisations=[body], initiative_types=["diplomacy"])
    edition("It", organisations=[body], initiative_types=["diplomacy"])
    kept = make_organisation("Organisation of Islamic Cooperation")
    merge(body, kept, by=moderator, reason="The same.")
    assert posts(mine) == {"It": "Also diplomacy by the Organisation of Islamic Cooperation"}
    kept.refresh_from_db()
    merge(kept, un, by=moderator, reason="For the test.")
    assert posts(mine) == {"It": "Also diplomacy by the United Nations"}


def test_rows_without_a_reason_show_none_until_they_are_rebuilt(db, capsys):
    mine, _it = edition("Mine", countries=["TJK"]), edition("It", countries=["TJK"])
    blank = {"kind": "", "country": None}
    Neighbour.objects.update(**blank)
    assert posts(mine) == {"It": ""}
    call_command("rebuild_neighbours")
    assert "2 cases" in capsys.readouterr().out
    assert posts(mine) == {"It": "Also in Tajikistan"}


def test_the_migration_remembers_what_was_chosen(db):
    it = edition("It")
    mine = edition("Mine", related=[it.case], countries=["TJK"])
    edition("Other", countries=["TJK"])
    Neighbour.objects.update(chosen=False, kind="", country=None)
    migration = import_module("editions.migrations.0005_conflict")
    migration.remember_choices(apps, SimpleNamespace(connection=connection))
    assert posts(mine) == {"It": "Chosen by the editors", "Other": ""}


def test_the_database_refuses_a_reason_without_its_fact(db):
    edition("Mine", countries=["TJK"]), edition("It", countries=["TJK"])
    for kind in Neighbour.Kind.values:
        with pytest.raises(IntegrityError), transaction.atomic():
            Neighbour.objects.update(kind=kind, country=None)


def test_one_query_tells_the_posts_with_all_their_names(un, django_assert_num_queries):
    alike = {"initiative_types": ["mediation"], "conflict_types": ["interstate"]}
    mine = edition("Mine", **alike, countries=["TJK"], organisations=[un])
    edition("Country", countries=["TJK"]), edition("Body", organisations=[un])
    edition("Types", **alike)
    terms = reason_terms(version())  # three queries where a process meets the version first
    with django_assert_num_queries(1):
        assert len(related_cases(related_rows(mine.case_id), terms)) == 3


def test_publishing_takes_the_same_queries_among_few_and_among_many(un):
    alike = {"countries": ["TJK"], "organisations": [un], "initiative_types": ["mediation"]}
    for n in range(7):
        edition(f"Few {n}", **alike)
    few, many = edition("One", **alike), None
    with CaptureQueriesContext(connection) as among_few:
        store_related(few)
    for n in range(20):
        many = edition(f"Many {n}", **alike)
    with CaptureQueriesContext(connection) as among_many:
        store_related(many)
    assert len(among_many) <= len(among_few)


def _bodies():
    entries = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["organisations"]
    return [entry["name"] for entry in entries]


@pytest.mark.parametrize("decade", [None, 1990])
@pytest.mark.parametrize("kind", ["done-by", "took-part", "types"])
def test_every_reason_reads_well_whatever_is_shared(db, kind, decade):
    initiatives = [
        InitiativeWords(t.label, t.noun, t.done_by) for t in InitiativeType.objects.all()
    ]
    conflicts = [ConflictWords(t.label, t.phrase, t.is_risk) for t in ConflictType.objects.all()]
    told = set()
    for initiative in [
        *initiatives,
        InitiativeWords("Election observation"),
        InitiativeWords("UN police"),
    ]:
        for conflict in [None, *conflicts, ConflictWords("Cyber war")]:
            for body in _bodies()[:: 1 if conflict is None else 40]:
                facts = {"body": body, "initiative": initiative, "conflict": conflict}
                words = sentence(kind, decade=decade, **facts)
                assert words[0].isupper() and not words.endswith("."), words
                for wrong in ("the the", "  ", "%", "None", "The ", " a a", "uN"):
                    assert wrong not in words, words
                told.add(words)
    assert len(told) > 10


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("United Nations", "the United Nations"),
        ("Community of West African States", "the Community of West African States"),
        ("Community of Sant’Egidio", "the Community of Sant’Egidio"),
        ("ECOWAS Mission in Liberia", "the ECOWAS Mission in Liberia"),
        ("Holy See", "the Holy See"),
        ("Conciliation Resources", "Conciliation Resources"),
        ("Women of Liberia Mass Action for Peace", "Women of Liberia Mass Action for Peace"),
        ("Gambia", "the Gambia"),
        ("Democratic Republic of the Congo", "the Democratic Republic of the Congo"),
        ("Solomon Islands", "Solomon Islands"),
        ("Tajikistan", "Tajikistan"),
        ("of", "of"),
        ("", ""),
    ],
)
def test_names_take_the_where_they_need_it(name, within):
    assert with_article(name) == within
