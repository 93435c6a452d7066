"""The front page and the catalogue: search, facets, chips, sorting, and bad questions."""

import re

import pytest

from organisations.services import merge
from serving.page_cache import PAGES
from serving.site_version import version
from tests.factories import make_edition, make_organisation, publish_case
from tests.website.public_pages import mended, page
from website.catalogue import catalogue, charts
from website.catalogue.params import FACETS


def test_the_pages_stand_while_nothing_is_published(client, db):
    assert "Newest editions" in page(client, "front")
    assert "No case has been published yet" in page(client, "catalogue")


def catalogue_of(count):
    """That many cases in print, each with facts of every kind."""
    for _ in range(count):
        make_edition()


def test_the_catalogue_takes_the_same_queries_for_one_and_for_twenty_rows(
    client, django_assert_num_queries, db
):
    for count in (1, 20):
        catalogue_of(count)
        catalogue.current(version())
        with django_assert_num_queries(2):  # the site version, the rows
            page(client, "catalogue")
        with django_assert_num_queries(4):  # the site version, what is found, ranked, the snippets
            page(client, "catalogue", q="talks")
        with django_assert_num_queries(2):  # what the words find is known
            html = page(client, "catalogue", q="talks", initiative="mediation")
    assert html.count('class="entry"') == 20


def test_the_catalogue_is_read_by_a_fixed_number_of_queries(client, django_assert_num_queries, db):
    for count in (1, 20):
        catalogue_of(count)
        catalogue.forget()
        with django_assert_num_queries(16):
            catalogue.current(version())


def test_the_front_page_takes_the_same_queries_for_one_case_and_for_many(
    client, django_assert_num_queries, db
):
    for count in (1, 4):
        for _ in range(count):
            mended(make_edition())
        catalogue.current(version())
        with django_assert_num_queries(3):
            html = page(client, "front")
    assert html.count("Correction</span>") == 3


def test_the_front_page_counts_the_endings_of_many_cases_as_it_draws_those_of_few(
    client, db, monkeypatch
):
    case = make_edition(impact="failed").case
    for impact in ("lasting", "lasting", "failed", ""):
        make_edition(impact=impact)
    case.impact = "lasting"
    case.save()
    publish_case(case, change_note="It lasts.")
    counts = r'class="outcome">.*?<span class="count">(\d+)</span>'
    few = re.findall(counts, page(client, "front"), re.DOTALL)
    monkeypatch.setattr(charts, "MOST_MARKS", 1)
    PAGES.clear()
    many = page(client, "front")
    assert re.findall(counts, many, re.DOTALL) == few == ["3", "1", "1"]
    assert "How many cases ended how." in many


def test_facets_count_and_narrow_the_catalogue(client, db):
    make_edition(title="Here", countries=["TJK"], initiative_types=["mediation"])
    make_edition(title="There", countries=["PER"], initiative_types=["mediation", "diplomacy"])
    html = page(client, "catalogue", country="per")
    assert "There</a>" in html and "Here</a>" not in html
    assert "<strong>1 case</strong> of 2" in html
    assert 'href="?country=per&amp;country=tjk"' in html
    both = page(client, "catalogue", country=["per", "tjk"], initiative="mediation")
    assert "<strong>2 cases</strong>" in both
    assert re.search(r'class="chip off" href="\?country=tjk&amp;initiative=mediation"', both)
    assert "Clear all" in both


def test_words_that_were_searched_are_marked(client, db):
    make_edition(title="A title")
    html = page(client, "catalogue", q="talks")
    assert "<mark>talks</mark>" in html
    assert '<p role="status">' in html
    assert 'value="talks"' in html


def test_both_forms_send_along_what_was_chosen(client, db):
    make_edition()
    question = {"q": "talks", "country": "tjk", "from": "1990", "to": "1999", "sort": "title"}
    html = page(client, "catalogue", **question)
    forms = re.findall(r"<form.*?</form>", html, re.DOTALL)
    sent = [set(re.findall(r'name="(\w+)"[^>]*?value="([^"]*)"', form)) for form in forms]
    assert {("country", "tjk"), ("from", "1990"), ("to", "1999")} <= sent[0]
    assert {("country", "tjk"), ("q", "talks"), ("sort", "title")} <= sent[1]


def test_a_bad_year_says_so_beside_the_field_and_loses_nothing(client, db):
    make_edition(title="Still here")
    html = page(client, "catalogue", **{"from": "ninety", "country": "tjk"})
    assert "<title>Error: " in html
    assert 'href="#id_from"' in html
    assert re.search(r'id="id_from" name="from" value="ninety"[^>]*aria-invalid="true"', html)
    assert "Still here" in html


def test_an_empty_answer_says_what_to_leave_out(client, db):
    make_edition()
    html = page(client, "catalogue", q="nowhere", country="tjk")
    assert "No case answers all of this at once." in html
    assert 'href="?country=tjk" rel="nofollow">without “nowhere”' in html
    assert "Show all cases" in html


def test_the_next_page_keeps_the_question(client, db):
    catalogue_of(21)
    html = page(client, "catalogue", initiative="mediation", sort="title")
    assert "Page 1 of 2" in html
    assert 'rel="next" href="?initiative=mediation&amp;sort=title&amp;page=2"' in html
    assert page(client, "catalogue", page="2").count('class="entry"') == 1


@pytest.mark.parametrize(
    "query",
    [
        "page=abc&from=x&region=%00",
        "page=-1&sort=%22%3Cscript%3E&to=99999999999999999999",
        "q=a%00b&country=%F0%9F%98%80",
        "q=%22unclosed+-+*+AND+NEAR(&impact=nothing&aim=nothing",
        "from=2000&to=1000&organisation=" + "a" * 300,
        "region=" + "&region=".join(f"r{n}" for n in range(90)),
        "&".join(f"{name}=r{n}" for name in FACETS for n in range(7)),
        "unknown=%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_whatever_is_asked_the_catalogue_answers(client, db, query):
    make_edition()
    response = client.get(f"/cases/?{query}", follow=True)
    assert response.status_code == 200
    assert b"<script>" not in response.content
    assert len(response.content) < 100_000


def test_thousands_of_values_are_refused(client, db):
    query = "&".join(f"region=r{n}" for n in range(5000))
    assert client.get(f"/cases/?{query}").status_code == 414


def test_the_name_of_the_site_is_that_of_the_settings(client, db, settings):
    settings.SITE_NAME = "Atlas of Peace"
    html = page(client, "front")
    assert "· Atlas of Peace</title>" in html
    assert "Peacesite" not in html


def test_years_the_wrong_way_round_are_named(client, db):
    make_edition()
    page = client.get("/cases/?from=1999&to=1990").content.decode()
    assert "The first year, 1999, is after the last, 1990" in page
    assert 'value="1999"' in page
    assert 'value="1990"' in page


def test_a_kept_address_survives_the_merge_of_an_organisation(client, moderator):
    gone, kept = make_organisation("Gone"), make_organisation("Kept")
    make_edition(organisations=[kept])
    make_edition(organisations=[gone])
    merge(gone, kept, by=moderator, reason="The same.")
    response = client.get("/cases/?organisation=gone&aim=ending")
    assert response.headers["Location"] == "?organisation=kept&aim=ending"


def test_a_question_without_a_word_to_search_for_says_so(client, db):
    make_edition()
    assert "no word" in client.get("/cases/", {"q": "***"}).content.decode()


def test_the_keyboard_can_skip_the_facets(client, db):
    make_edition()
    html = page(client, "catalogue")
    assert html.index('href="#results"') < html.index('class="facets"') < html.index('id="results"')


def test_the_menu_says_where_a_page_stands(client, db):
    edition = make_edition()
    assert '<a href="/cases/" aria-current="page">Cases</a>' in page(client, "catalogue")
    assert '<a href="/cases/" aria-current="true">Cases</a>' in page(
        client, "case", edition.case.slug
    )


def test_a_year_that_is_wrong_is_no_part_of_what_was_asked(client, db):
    make_edition(start_year=1980, end_year=1985)
    html = page(client, "catalogue", **{"from": "2000", "to": "1990"})
    assert "is after the last" in html
    assert re.findall(r'class="unit">([^<]*)</span> ([^<]*)<', html) == [("To year", "1990")]
    assert 'class="chip off"' not in page(client, "catalogue", **{"from": "soon"})
