"""Method, evidence, accessibility: what the collection says of itself."""

import pytest

from serving.site_version import bump
from tests.factories import make_edition, make_source
from tests.website.public_pages import page
from website.models import SiteText


def test_what_nobody_stated_is_not_stated_and_what_is_stated_is_shown(client, db):
    assert page(client, "method").count("Not stated.") == 4
    stated = "By *nobody*. <script>alert(1)</script> [a](javascript:alert(1))"
    SiteText.objects.filter(name="funding").update(text=stated)
    bump()
    html = page(client, "method")
    assert html.count("Not stated.") == 3
    assert "By <em>nobody</em>." in html
    assert "<script>alert" not in html and "javascript:" not in html.replace("[a](javascript:", "")


def test_the_share_of_citations_with_a_place_and_the_facts_given_are_figures(client, db):
    source = make_source("read2001", url="https://example.org/a")
    make_edition(
        source=source,
        impact="failed",
        impact_note="It did not hold.",
        parties=[{"role": "mediator", "name": "A friend"}],
    )
    make_edition(body="It ended.[@read2001]")
    context = client.get("/about/evidence/").context
    assert (context["cites"], context["located"], context["share"]) == (2, 1, 50)
    facts = {str(label): number for label, number in context["facts"]}
    assert (facts["Parties"], facts["The sentence on impact"], facts["Chronology"]) == (1, 1, 0)
    impacts = {value: number for _ending, value, number in context["impacts"]}
    assert (impacts["failed"], impacts["lasting"], impacts[""]) == (1, 1, 0)
    assert context["kept"]["addressed"] == 1


@pytest.mark.parametrize("cases", [1, 6])
def test_the_evidence_takes_as_many_queries_for_one_case_as_for_six(
    client, db, cases, django_assert_num_queries
):
    for _n in range(cases):
        make_edition()
    with django_assert_num_queries(7):
        client.get("/about/evidence/")


def test_an_empty_collection_rests_on_nothing(client, db):
    assert client.get("/about/evidence/").context["share"] == 0


def test_the_accessibility_statement_says_what_was_tested(client, db):
    html = page(client, "accessibility")
    assert "axe-core" in html and "WCAG 2.2" in html
