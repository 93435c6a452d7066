"""What a draft keeps of where its article stood before."""

from dataclasses import replace
from datetime import date

import pytest

from desk import services as desk
from manuscripts.parse.manuscript import Origin
from manuscripts.parse.reading import read
from manuscripts.report import report
from manuscripts.resolve.directory import Directory
from manuscripts.resolve.resolve import resolve
from manuscripts.store import store
from tests.factories import make_case, make_edition
from tests.manuscripts.articles import make_article

pytestmark = pytest.mark.django_db
ORIGIN = Origin(
    address="https://old.example/2019/05/The-War/",
    other_addresses=("https://old.example/?p=12", "https://old.example/2019/05/a-war/"),
    slug="the-war",
    published="2019-05-03",
    number="12",
)


def imported(editor, origin=ORIGIN):
    manuscript = read(make_article(), "a.txt")
    manuscript.origin = origin
    resolved = resolve(manuscript, Directory.load())
    return store(resolved, by=editor, reason="Imported."), report(resolved)


def codes(told):
    return {warning["code"] for warning in told["warnings"]}


def test_a_draft_keeps_slug_day_address_and_old_addresses(editor):
    case, told = imported(editor)
    assert (case.slug, told["case"]) == ("the-war", "the-war")
    assert case.first_published == date(2019, 5, 3)
    assert case.first_published_address == ORIGIN.address
    old = ["/2019/05/a-war", "/2019/05/the-war", "/?p=12"]
    assert [row.address for row in case.old_addresses.all()] == old
    assert sorted(told["old_addresses"]) == old
    assert told["first_published"] == "2019-05-03"
    assert codes(told).isdisjoint({"slug-taken", "address-unread", "old-address-taken"})


def test_a_slug_that_another_case_has_or_had_is_named_and_another_made(editor, moderator):
    edition = make_edition(slug="the-war")
    case, told = imported(editor)
    assert "slug-taken" in codes(told)
    assert case.slug.startswith("ending-")
    case.delete()
    desk.rename(edition.case, "another", by=moderator, reason="Better.")
    assert "slug-taken" in codes(imported(editor)[1])


def test_an_old_address_of_another_case_stays_there(editor):
    other = make_case(old_addresses=[{"address": "/?p=12"}, {"address": "/2019/05/a-war"}])
    case, told = imported(editor)
    path, number = sorted(w["text"] for w in told["warnings"] if w["code"] == "old-address-taken")
    assert f"/2019/05/a-war leads to “{other.title}” already" in path and "counts" not in path
    assert "WordPress counts on every site anew" in number and "needs nothing" in number
    assert not case.old_addresses.filter(address="/?p=12").exists()


@pytest.mark.parametrize(
    "over",
    [
        {"slug": "../\u0416 %"},
        {"published": "2019-02-31"},
        {"number": "x"},
        {"other_addresses": ("https://[x", "https://old.example/", "https://old.example/admin/x")},
        {"address": "https://old example/\u202e"},
        {"address": f"https://old.example/{'x' * 900}"},
    ],
)
def test_what_cannot_be_kept_refuses_no_article(editor, over):
    case, _told = imported(editor, replace(ORIGIN, **over))
    assert case.pk


def test_an_article_without_an_origin_keeps_nothing(editor):
    case, told = imported(editor, None)
    assert (case.first_published, case.first_published_address) == (None, "")
    assert not case.old_addresses.exists() and told["old_addresses"] == []
