"""Walking through an answer, and looking at it as timeline, map and grid."""

import re

import pytest

from editions.models import Edition, Rendering
from serving.site_version import bump
from tests.factories import make_case, make_edition, publish_case
from tests.synthetic import make_editions
from tests.website.public_pages import page
from website.pages import fragments


@pytest.fixture
def three(db):
    for slug, start in (("a", 1990), ("b", 1995), ("c", 2000)):
        make_edition(slug=slug, title=f"Case {slug}", start_year=start, end_year=start + 2)


def walk(client, slug, **question):
    html = page(client, "case", slug, **question)
    found = re.search(r'<nav class="walk".*?</nav>', html, re.DOTALL)
    return found[0] if found else ""


def test_a_walk_names_place_neighbours_and_the_way_back(three, client):
    html = walk(client, "b", country="tjk", sort="oldest")
    assert 'Case 2 of 3<span class="title"> that you asked for</span>' in html
    behind = "?country=tjk&amp;sort=oldest"
    assert f'href="/cases/{behind}"' in html
    assert re.search(rf'rel="prev nofollow" href="/cases/a/{re.escape(behind)}"', html)
    assert re.search(rf'rel="next nofollow" href="/cases/c/{re.escape(behind)}"', html)
    first, last = (walk(client, slug, country="tjk", sort="oldest") for slug in "ac")
    assert "Previous" not in first and "Next" in first
    assert "Next" not in last and "Previous" in last


@pytest.mark.parametrize("question", [{}, {"country": "per"}, {"sort": "title"}])
def test_without_a_question_or_outside_its_answer_there_is_no_walk(three, client, question):
    assert walk(client, "b", **question) == ""


def test_the_way_back_leads_to_the_page_that_shows_the_case(client, db):
    for n in range(22):
        make_edition(slug=f"case-{n}")
    html = walk(client, "case-0", country="tjk")
    assert "Case 22 of 22" in html
    assert 'href="/cases/?country=tjk&amp;page=2"' in html


def test_from_the_timeline_one_walks_through_time_and_back_to_it(three, client):
    behind = "?country=tjk&amp;view=timeline"
    timeline = page(client, "catalogue", country="tjk", view="timeline")
    assert f'href="/cases/b/{behind}"' in timeline
    html = walk(client, "b", country="tjk", view="timeline")
    assert "Case 2 of 3" in html
    assert f'href="/cases/{behind}"' in html
    assert f'rel="prev nofollow" href="/cases/a/{behind}"' in html
    assert f'rel="next nofollow" href="/cases/c/{behind}"' in html


def test_the_timeline_stands_in_the_order_of_its_walk(client, db):
    for slug, title, end in (("z", "Zest", 1992), ("e", "Écart", 1999), ("a", "Accord", 1995)):
        make_edition(slug=slug, title=title, start_year=1990, end_year=end)
    timeline = page(client, "catalogue", country="tjk", view="timeline")
    assert re.findall(r'timeline-title">([^<]*)<', timeline) == ["Accord", "Écart", "Zest"]
    html = walk(client, "e", country="tjk", view="timeline")
    assert "/cases/a/" in html and "/cases/z/" in html


def test_rows_lead_to_cases_with_the_question_and_only_where_there_is_one(three, client):
    asked = page(client, "catalogue", q="talks", **{"from": "1994"}, view="list", page="1")
    assert 'href="/cases/b/?q=talks&amp;from=1994"' in asked
    assert 'href="/cases/b/"' in page(client, "catalogue", sort="oldest")


@pytest.mark.parametrize(
    "query",
    [
        "from=abc",
        "from=2000&to=1900",
        "q=%00%22*",
        "region=" + "a" * 390,
        "country=%F0%9F%98%80&organisation=x&kind=y&aim=z",
        "q=" + "%22a%20" * 100,
        "from=99999999999999999999",
    ],
)
@pytest.mark.parametrize("address", ["/cases/b/", "/cases/?view=map&", "/cases/?view=grid&"])
def test_whatever_question_is_sent_along_pages_answer(three, client, address, query):
    address += query if "?" in address else f"?{query}"
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("view", ["timeline", "map", "grid"])
def test_charts_take_no_query_but_the_site_version(three, client, django_assert_num_queries, view):
    page(client, "catalogue")
    with django_assert_num_queries(1):
        page(client, "catalogue", view=view)


@pytest.mark.parametrize("view", ["timeline", "map", "grid", "nonsense"])
def test_an_empty_answer_reads_the_same_however_it_is_looked_at(three, client, view):
    assert "No case answers" in page(client, "catalogue", country="per", view=view)


def test_a_timeline_of_many_counts_what_was_under_way(client, db):
    make_editions(150)
    bump(facet_index=True)
    html = page(client, "catalogue", view="timeline")
    assert "under-way" in html
    year = 1980
    expected = Edition.objects.listed().filter(start_year__lte=year, end_year__gte=year).count()
    from django.http import QueryDict

    from serving.site_version import version
    from website.catalogue import catalogue, charts
    from website.catalogue.params import CatalogueParams
    from website.catalogue.results import find

    answer = find(CatalogueParams(QueryDict()), catalogue.current(version()))
    assert charts._under_way(answer, 2026)[year] == expected > 0


def test_the_grid_counts_how_cases_ended(client, db):
    make_edition(conflict_types=["interstate"], initiative_types=["diplomacy"], impact="lasting")
    make_edition(conflict_types=["interstate"], initiative_types=["diplomacy"], impact="")
    html = page(client, "catalogue", view="grid")
    cell = re.search(r'<td><a href="([^"]*)" aria-label="([^"]*)"', html)
    assert "conflict=interstate" in cell[1] and "initiative=diplomacy" in cell[1]
    assert "2 cases" in cell[2] and "view=" not in cell[1]


def test_renderings_are_stored_for_what_is_in_print_and_for_nothing_else(moderator):
    edition = make_edition()
    make_case()
    assert list(Rendering.objects.values_list("edition", flat=True)) == [edition.pk]
    case = edition.case
    second = publish_case(case, kind="update", change_note="News.")
    assert list(Rendering.objects.values_list("edition", flat=True)) == [second.pk]


def test_a_rendering_of_older_templates_is_not_shown_and_is_made_anew(client, db, settings):
    edition = make_edition(title="As it is")
    Rendering.objects.update(stamp="old", row="OLD ROW", opening="OLD OPENING", text="OLD")
    bump()
    for html in (page(client, "catalogue"), page(client, "case", edition.case.slug)):
        assert "OLD" not in html and "As it is" in html
    assert fragments.rebuild() == 1
    assert fragments.rebuild() == 0
    assert "OLD" not in Rendering.objects.get().row
    settings.SITE_NAME = "Another name"
    assert fragments.rebuild() == 1, "its citation names the collection"


def test_a_row_holds_hostile_words_as_text(client, db):
    make_edition(
        title="<script>alert(1)</script> \ue000 %s {0}",
        standfirst="\ue001 <!--blurb--> & <!--question-->",
        slug="hostile",
    )
    assert "&lt;!--blurb--&gt; &amp; &lt;!--question--&gt;" in page(client, "catalogue")
    html = page(client, "catalogue", q="talks")
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html
    assert "<mark>talks</mark>" in html
