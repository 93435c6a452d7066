"""The shipped collection, asked what scholars ask: the right case comes first."""

import tomllib
from pathlib import Path

import pytest
from django.db import transaction

from desk.collection import People, load
from editions.models import Edition
from editions.search import found, search, suggestion
from tests.factories import make_user

QUESTIONS = tomllib.loads((Path(__file__).parent / "relevance.toml").read_text("utf-8"))[
    "questions"
]
COLLECTION = Path(__file__).resolve().parents[3] / "collection"

pytestmark = pytest.mark.django_db  # each test is a savepoint within the transaction below


@pytest.fixture(scope="module", autouse=True)
def collection(django_db_setup, django_db_blocker):
    """The shipped collection, loaded once for all tests here and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(COLLECTION, People(make_user("edith"), make_user("maud")))
        yield
        transaction.set_rollback(True)


def slugs(text, most=3):
    slug = dict(Edition.objects.listed().values_list("pk", "case__slug"))
    return [slug[pk] for pk in found(text)][:most]


def test_there_are_at_least_a_hundred_and_twenty_questions():
    assert len({question["ask"] for question in QUESTIONS}) >= 120


def test_the_case_that_must_come_first_comes_first():
    wrong = {}
    for question in QUESTIONS:
        first = slugs(question["ask"])
        expected = question.get("first", first[0] if first else None)
        if first[:1] != [expected] or not set(question.get("also", ())) <= set(first):
            wrong[question["ask"]] = first
    assert not wrong


def test_the_catalogue_finds_what_is_found_and_ranks_it_alike():
    for question in QUESTIONS:
        rows = search(Edition.objects.listed(), question["ask"]).order_by("-rank", "-pk")
        assert list(rows.values_list("pk", flat=True)) == found(question["ask"]), question["ask"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Sierra Lione", "Sierra Leone"),
        ("sierra lione", "sierra leone"),
        ("Bouganville", "Bougainville"),
        ("mediaton", "mediation"),
        ("Ahtisari", "Ahtisaari"),
        ("Maceodnia", "Macedonia"),
        ("Eastern Slavnia", "Eastern Slavonia"),
        ('"Sierra Lione" UNAMSIL', '"Sierra Leone" UNAMSIL'),
        ("Tajikistn", "Tajikistan"),
        ("Wajeer", "Wajir"),
        ("Bakasi", "Bakassi"),
        ("Chapultepek agreement", "Chapultepec agreement"),
        ("Mozambik", "Mozambique"),
        ("Madagascar", ""),  # a country, and rightly spelt
        ("Burma", ""),
        ("zzzzzzzzzz", ""),
        ("Sierra Leone Ahtisaari", ""),  # each is there, but not in one case
    ],
)
def test_did_you_mean(typed, meant):
    assert found(typed) == []
    assert suggestion(typed).lower() == meant.lower()
    assert not meant or found(suggestion(typed))
