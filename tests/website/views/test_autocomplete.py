"""/suggest/: cases, organisations and countries by the beginning of any of their names."""

import pytest

from cases.models import Case
from editions import services
from organisations.services import merge
from tests.editions.search.test_search import HOSTILE
from tests.factories import make_case, make_edition, make_organisation


def suggested(client, typed):
    """What is suggested: group → lines, with another name in brackets."""
    response = client.get("/suggest/", {"q": typed})
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    return {
        group["label"]: [
            item["label"] + (f" ({item['also']})" if item["also"] else "")
            for item in group["items"]
        ]
        for group in response.json()["groups"]
    }


@pytest.fixture
def shelf(db):
    au = make_organisation("African Union", short_name="AU", other_names="OAU")
    egidio = make_organisation("Community of Sant’Egidio")
    make_edition(title="Peace in Côte d’Ivoire", countries=["CIV"], organisations=[au])
    make_edition(title="Ceasefire in Burma", countries=["MMR"], organisations=[egidio])
    make_case(title="A secret peace", organisations=[make_organisation("Secret Union")])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("pea", {"Cases": ["Peace in Côte d’Ivoire"]}),
        ("cote d'iv", {"Countries": ["Côte d’Ivoire"], "Cases": ["Peace in Côte d’Ivoire"]}),
        ("ivo", {"Countries": ["Côte d’Ivoire"], "Cases": ["Peace in Côte d’Ivoire"]}),
        ("ivory", {"Countries": ["Côte d’Ivoire (Ivory Coast)"]}),
        ("burm", {"Countries": ["Myanmar (Burma)"], "Cases": ["Ceasefire in Burma"]}),
        ("oa", {"Organisations": ["African Union (OAU)"]}),
        ("union afr", {"Organisations": ["African Union"]}),
        ("SANT'E", {"Organisations": ["Community of Sant’Egidio"]}),
        ("secr", {}),
        ("peru", {}),
        ("p", {}),
        ("", {}),
    ],
)
def test_the_beginning_of_any_word_of_any_name_will_do(shelf, client, typed, expected):
    assert suggested(client, typed) == expected


def test_a_name_that_is_just_that_comes_first(db, client):
    names = ["United Union", "Union", "A union", "Unions"]
    make_edition(organisations=[make_organisation(name) for name in names])
    assert suggested(client, "union")["Organisations"][0] == "Union"


def test_a_withdrawn_case_and_its_country_are_suggested_no_longer(shelf, client, moderator):
    case = Case.objects.get(title="Ceasefire in Burma")
    services.withdraw(case, by=moderator, reason="Wrong.")
    assert "Myanmar (Burma)" not in suggested(client, "burm").get("Countries", [])
    assert "Cases" not in suggested(client, "burm")


def test_a_merged_organisation_leads_to_what_it_became(db, client, editor):
    gone, kept = make_organisation("League of Ceylon"), make_organisation("Lanka League")
    make_edition(organisations=[gone])
    merge(gone, kept, by=editor, reason="The same.")
    assert suggested(client, "ceyl") == {"Organisations": ["Lanka League (League of Ceylon)"]}
    assert suggested(client, "leag") == {"Organisations": ["Lanka League"]}


def test_no_more_are_suggested_than_fit(db, client, django_assert_num_queries):
    for n in range(6):
        make_edition(title=f"Zebra {n}", organisations=[make_organisation(f"Zebras {n}")])
    client.get("/suggest/?q=zebra")
    with django_assert_num_queries(6):
        found = suggested(client, "zebra")
    assert {label: len(lines) for label, lines in found.items()} == {"Cases": 4, "Organisations": 4}


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_no_error(db, client, typed):
    make_edition()
    if "\ud800" not in typed:  # no browser can send it
        suggested(client, typed[:100])


def test_what_is_sent_otherwise_is_no_error_either(db, client):
    assert client.get("/suggest/").json() == {"groups": []}
    assert client.get("/suggest/?q=%00%ff&q=pe").status_code == 200
    assert client.post("/suggest/", {"q": "pe"}).status_code == 405
