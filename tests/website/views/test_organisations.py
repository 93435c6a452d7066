"""The pages of organisations: finding one by any of its names, its parts, timelines."""

import pytest

from organisations.models import Organisation
from tests.factories import make_case, make_edition, make_organisation

pytestmark = pytest.mark.django_db


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def found(client, **question):
    return [o.name for o in client.get("/organisations/", question).context["page"].object_list]


@pytest.fixture
def some(db):
    """Three organisations that a published case names, and one that only a draft does."""
    names = ("Union of Africa", "Operation in Côte d’Ivoire", "Elders")
    kinds = ("regional-organisation", "united-nations", "local-people-and-organisations")
    made = [make_organisation(n, kind=k) for n, k in zip(names, kinds, strict=True)]
    Organisation.objects.filter(pk=made[0].pk).update(short_name="UA", other_names="OUA\nO.A.U.")
    make_edition(organisations=made)
    make_case(organisations=[make_organisation("Elders of a draft")])
    return made


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("africa", ["Union of Africa"]),
        ("ua", ["Union of Africa"]),
        ("o.a.u", ["Union of Africa"]),
        ("COTE D'IVOIRE", ["Operation in Côte d’Ivoire"]),
        ("côte operation", ["Operation in Côte d’Ivoire"]),
        ("elders", ["Elders"]),
        ("elders africa", []),
        ("  ", ["Operation in Côte d’Ivoire", "Union of Africa", "Elders"]),
    ],
)
def test_an_organisation_is_found_by_any_words_of_its_names(client, some, words, names):
    assert found(client, q=words) == names


def test_organisations_can_be_narrowed_to_a_kind_with_its_count(client, some):
    page = text(client, "/organisations/?kind=united-nations&q=i")
    assert found(client, kind="united-nations") == ["Operation in Côte d’Ivoire"]
    assert 'href="?kind=regional-organisation&amp;q=i"' in page
    assert '?kind=united-nations&amp;q=i" aria-current="true"' in page
    counts = {k.slug: k.count for k in client.get("/organisations/").context["kinds"]}
    assert counts == {
        "united-nations": 1,
        "regional-organisation": 1,
        "local-people-and-organisations": 1,
    }


def test_a_kind_that_there_is_not_leads_to_the_list_without_it(client):
    make_edition()
    answer = client.get("/organisations/?kind=nonsense")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/organisations/")


def test_nothing_found_says_so_and_leads_back(client, some):
    page = text(client, "/organisations/?q=%3Cb%3Enobody")
    assert "No organisation that a published case names has “&lt;b&gt;nobody”" in page
    assert 'href="/organisations/">All organisations</a>' in page
    assert '<meta name="robots" content="noindex">' in page


HOSTILE = ("\x00", "x" * 390, "'\"<script>", "%", "\u202e", "1e999", "-1", "[]", "\ud7ff")


@pytest.mark.parametrize("address", ["/organisations/", "/sources/", "/organisations/elders/"])
def test_no_question_is_an_error(client, some, address):
    for name in ("q", "kind", "letter", "page"):
        for value in HOSTILE:
            response = client.get(address, {name: value}, follow=True)
            assert response.status_code == 200, (name, value)
            assert "<script>" not in response.content.decode()


def test_the_cases_of_parts_stand_under_a_heading_of_their_own(client):
    whole = make_organisation("Whole")
    part = make_organisation("Part", parent=whole)
    mission = make_organisation("Mission", parent=part)
    own = make_edition(title="Its own", organisations=[whole])
    both = make_edition(title="Of both", organisations=[whole, part])
    of_part = make_edition(title="Of the part", organisations=[part])
    of_mission = make_edition(title="Of the mission", organisations=[mission, part])
    context = client.get("/organisations/whole/").context
    assert set(context["page"].object_list) == {own, both}
    assert set(context["of_parts"]) == {of_part, of_mission}
    assert context["of_parts_count"] == 2
    page = text(client, "/organisations/whole/")
    section = page.split('id="of-parts"')[1].split("</section>")[0]
    assert section.count('href="/organisations/part/"') == 2
    assert section.count('href="/organisations/mission/"') == 1
    assert f'href="{both.get_absolute_url()}"' not in section
    assert "/cases/?organisation=mission&amp;organisation=part" in section


def test_an_organisation_without_parts_speaks_of_none(client, some):
    assert "Cases of its parts" not in text(client, "/organisations/elders/")


def test_parts_that_only_drafts_name_are_not_told(client):
    whole = make_organisation("Whole")
    hidden = make_organisation("Secret part", parent=whole)
    make_edition(organisations=[whole])
    make_case(title="Secret case", organisations=[hidden])
    assert "ecret" not in text(client, "/organisations/whole/")


def test_a_part_of_its_own_part_is_no_endless_circle(client):
    whole, part = make_organisation("Whole"), make_organisation("Part")
    Organisation.objects.filter(pk=whole.pk).update(parent=part)
    Organisation.objects.filter(pk=part.pk).update(parent=whole)
    make_edition(organisations=[whole])
    edition = make_edition(organisations=[part])
    assert list(client.get("/organisations/whole/").context["of_parts"]) == [edition]


def test_two_cases_make_a_timeline_and_one_does_not(client):
    body = make_organisation("Body")
    make_edition(organisations=[body], start_year=1990, end_year=1994)
    assert "timeline-small" not in text(client, "/organisations/body/")
    make_edition(organisations=[body], start_year=2000, end_year=None, ongoing=True, impact="")
    page = text(client, "/organisations/body/")
    assert "Timeline of 2 cases, 1990–present" in page
    for address in ("/countries/tjk/", "/vocabulary/initiative-types/mediation/"):
        assert "Timeline of 2 cases" in text(client, address)
    make_case(organisations=[body], start_year=1800)
    assert "1990–present" in text(client, "/organisations/body/")


def test_many_cases_are_drawn_as_how_many_were_under_way(client, monkeypatch):
    monkeypatch.setattr("website.views.related_cases.MOST_IN_SMALL", 2)
    body = make_organisation("Body")
    for start in (1990, 1992, 1994):
        make_edition(organisations=[body], start_year=start, end_year=1994)
    chart = client.get("/organisations/body/").context["timeline"]
    assert (chart.many, chart.most, chart.peak) == (True, 3, "1994")
    assert "3 under way at once" in text(client, "/organisations/body/")


def test_the_page_of_a_kind_leads_to_its_cases_in_the_catalogue(client, some):
    page = text(client, "/vocabulary/organisation-kinds/united-nations/")
    assert 'href="/cases/?kind=united-nations"' in page
