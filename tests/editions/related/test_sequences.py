"""A case's conflict: frozen with its edition, and shown as a sequence of its cases."""

import re

import pytest

from cases import services as cases
from cases.models import Case, Conflict
from cases.services import restore_case
from editions import services
from editions.record.build import content
from editions.record.fields import FORMAT
from editions.record.verify import faults
from revisions.history import revisions_of
from tests.editions.record.formats import stored_rows
from tests.factories import make_case, make_edition, make_user, publish_case
from tests.website.public_pages import meet_version, page

MACEDONIA = "/vocabulary/conflicts/macedonia/"


def about(conflict="macedonia", **over):
    return make_edition(conflict=conflict, **over)


def changed(edition, **content):
    case = Case.objects.get(pk=edition.case_id)
    case = cases.change_case(case, by=make_user("edith"), reason="Changed.", **content)
    return publish_case(case, kind="update", change_note="Changed.")


def steps(html):
    section = re.search(r'<section class="section sequence".*?</section>', html, re.DOTALL)
    return re.findall(r"<li.*?</li>", section[0], re.DOTALL) if section else []


def test_the_conflict_is_frozen_with_the_edition_and_verified(db):
    edition = about()
    term = {"slug": "macedonia", "label": "Armed conflict in Macedonia"}
    assert edition.record["conflict"] == term
    assert edition.record["format"] == FORMAT
    assert list(faults()) == []
    stored_rows(edition).update(conflict=Conflict.objects.get(slug="liberia"))
    assert any("conflict differs" in fault for fault in faults())


def test_a_withdrawal_keeps_the_conflict_that_was_published(moderator):
    edition = about()
    case = Case.objects.get(pk=edition.case_id)
    case = cases.change_case(case, by=make_user("edith"), reason="Draft.", conflict=None)
    assert content(case)["conflict"] is None
    withdrawn = services.withdraw(case, by=moderator, reason="It was wrong.")
    assert withdrawn.conflict == edition.conflict
    assert list(faults()) == []


def test_restoring_a_revision_brings_the_conflict_back(db):
    case = make_case(conflict="macedonia")
    before = revisions_of(case)[0]
    case = cases.change_case(case, by=make_user("edith"), reason="Other.", conflict=None)
    case = restore_case(case, before, by=make_user("edith"), reason="It was right.")
    assert case.conflict.slug == "macedonia"


def test_the_cases_of_a_conflict_stand_in_order_of_start_and_then_of_aim(client, db):
    relapse = about(title="C", aim="preventing-relapse", start_year=2001, end_year=2005)
    about(title="D", aim="maintaining", start_year=None, end_year=None)
    about(title="B", aim="ending", start_year=2001, end_year=2001)
    about(title="A", aim="preventing", start_year=1992, end_year=1999)
    about("liberia", title="E")
    html = page(client, "case", relapse.case.slug)
    found = [re.sub(r"(\s*<[^>]+>\s*)+", "|", step) for step in steps(html)]
    assert [step.strip("|") for step in found] == [
        "A|1992–1999|· Preventing an armed conflict|Lasting impact",
        "B|2001|· Ending an armed conflict|Lasting impact",
        "C|2001–2005|· Preventing relapse into armed conflict|Lasting impact",
        "D|Maintaining peace|Lasting impact",
    ]
    assert [step.count('aria-current="page"') for step in steps(html)] == [0, 0, 1, 0]
    assert f'The same conflict: <a href="{MACEDONIA}">Armed conflict in Macedonia</a>' in html
    assert page(client, "case", relapse.case.slug).count('class="entry"') == 1  # E, and no other


def test_a_case_alone_in_its_conflict_shows_no_sequence(client, moderator):
    alone, other = about(), about()
    make_case(conflict="macedonia")
    services.withdraw(Case.objects.get(pk=other.case_id), by=moderator, reason="Wrong.")
    html = page(client, "case", alone.case.slug)
    assert "The same conflict" not in html
    assert f'<a href="{MACEDONIA}">Armed conflict in Macedonia</a>' in html  # among the facts


def test_an_earlier_edition_shows_the_sequence_of_the_one_in_print(client, db):
    first = make_edition(title="As it was", conflict="liberia")
    about(title="Another")
    changed(first, title="As it is", conflict=Conflict.objects.get(slug="macedonia"))
    html = page(client, "edition", first.case.slug, 1)
    assert len(steps(html)) == 2
    assert 'aria-current="true">As it is</a>' in html


def test_the_sequence_takes_no_query_of_its_own(client, django_assert_num_queries, db):
    alone = about()
    about()
    meet_version()
    with django_assert_num_queries(1):
        assert len(steps(page(client, "case", alone.case.slug))) == 2
    for _ in range(6):
        about()
    make_edition()
    meet_version()
    with django_assert_num_queries(2):  # the version first: this page was kept
        assert len(steps(page(client, "case", alone.case.slug))) == 8


def test_a_conflict_is_public_once_a_published_edition_is_about_it(client, moderator):
    Conflict.objects.filter(slug="macedonia").update(code="9")
    draft = make_case(conflict="macedonia")
    assert client.get(MACEDONIA).status_code == 404
    assert client.get(MACEDONIA.replace("macedonia", "MACEDONIA")).status_code == 404
    for address in ("/vocabulary/", "/sitemap.xml"):
        assert "conflicts/" not in client.get(address).content.decode()
    edition = publish_case(draft)
    html = client.get(MACEDONIA).content.decode()
    assert edition.title in html and 'href="https://ucdp.uu.se/conflict/9"' in html
    assert client.get(MACEDONIA.replace("macedonia", "MACEDONIA"))["Location"] == MACEDONIA
    for address in ("/vocabulary/", "/sitemap.xml"):
        assert MACEDONIA in client.get(address).content.decode()
    services.withdraw(Case.objects.get(pk=edition.case_id), by=moderator, reason="Wrong.")
    assert edition.title not in client.get(MACEDONIA).content.decode()


@pytest.mark.parametrize("slug", ["a" * 400, "x-%00", "-", "9" * 30, "%E2%80%8F"])
def test_whatever_is_asked_for_as_a_conflict_is_not_found(client, db, slug):
    assert client.get(f"/vocabulary/conflicts/{slug}/").status_code == 404


@pytest.mark.parametrize("words", ['"armed conflict in Macedonia"', "Macedonian"])
def test_a_case_is_found_by_every_name_of_its_conflict(client, db, words):
    edition = about(title="Ohrid")
    assert edition.title in page(client, "catalogue", q=words)


def test_a_conflict_names_its_other_names(client, db):
    about("northern-ireland")
    html = client.get("/vocabulary/conflicts/northern-ireland/").content.decode()
    assert "Other names" in html and "The Troubles" in html and "manuscripts" not in html
