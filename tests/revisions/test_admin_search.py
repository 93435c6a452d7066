"""The search of the desk folds as readers' pages do, on both databases."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from cases.models import Case, ConflictType
from organisations.models import Country, Organisation
from revisions.admin_search import folded
from sources.models import Contributor, Source
from tests.factories import make_case, make_organisation, make_source

pytestmark = pytest.mark.django_db


def found(model, words):
    desk = admin.site._registry[model]
    rows, _repeats = desk.get_search_results(RequestFactory().get("/"), model.objects.all(), words)
    return list(rows)


@pytest.fixture
def source():
    source = Source.objects.create(key="oz", title="L’Été")
    Contributor.objects.create(source=source, family="Özil", given="A.")
    Contributor.objects.create(source=source, family="Нурматов", position=1)
    return source


@pytest.mark.parametrize(
    "words",
    ["özil", "Ozil", "l'été", "L’ete", "ete OZIL", "nurmatov", "НУРМАТОВ", '"L’Été"', "oz", "\0oz"],
)
def test_a_source_is_found_however_it_is_typed(source, words):
    Source.objects.create(key="other", title="Winter")
    assert found(Source, words) == [source]


@pytest.mark.parametrize("words", ["winter", "ozil winter", '"ete oz"'])
def test_every_word_must_be_there(source, words):
    assert found(Source, words) == []


@pytest.mark.parametrize("words", ["", "   ", '""'])
def test_nothing_asked_is_everything(source, words):
    assert found(Source, words) == [source]


def test_a_mark_alone_finds_nothing(source):
    assert found(Source, "’") == []


def test_cases_by_folded_title_and_by_the_words_of_the_text():
    case = make_case(title="Talks in Côte d’Aval", body="It held.[@doe2001, p. 3]")
    make_case(title="Another")
    for words in ("cote d'aval", "Côte d’Aval", "@doe2001", "aval HELD"):
        assert found(Case, words) == [case]


def test_organisations_countries_and_terms():
    body = make_organisation("Union Africaine", other_names="Organisation de l’unité africaine")
    assert found(Organisation, "l'unite") == [body]
    assert [c.alpha3 for c in found(Country, "cote d'ivoire")] == ["CIV"]
    assert found(ConflictType, "Interstate")


def test_folding_takes_away_case_accents_and_apostrophes():
    assert folded("L’Été N’Djaména Łódź") == "lete ndjamena lodz"


def test_what_begins_with_the_words_typed_is_offered_first(logged_in, editor):
    for name in ("A Friend of the United Nations", "United Nations Children’s Fund"):
        make_organisation(name)
    make_organisation("United Nations", short_name="UN")
    address = (
        "/admin/autocomplete/?app_label=cases&model_name=participation"
        "&field_name=organisation&term=United+Nat"
    )
    offered = [one["text"] for one in logged_in(editor).get(address).json()["results"]]
    assert offered == [
        "United Nations",
        "United Nations Children’s Fund",
        "A Friend of the United Nations",
    ]


def test_the_citation_search_offers_what_begins_so_first(logged_in, editor):
    make_source("about2001", title="On Lynch and others")
    make_source("lynch2001", title="Another title")
    found = logged_in(editor).get("/admin/sources/source/cite/?q=lynch").json()["sources"]
    assert [one["key"] for one in found] == ["lynch2001", "about2001"]
