"""The pages of vocabularies and countries: definitions, codes, and the cases each is true of."""

import pytest

from cases.models import ConflictType
from tests.factories import make_case, make_edition, make_organisation

pytestmark = pytest.mark.django_db


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_vocabulary_defines_every_term_and_counts_its_cases(client):
    make_edition(
        conflict_types=["interstate"],
        organisations=[make_organisation(kind="coalition"), make_organisation(kind="coalition")],
    )
    lists = client.get("/vocabulary/").context["lists"]
    counts = {(term.vocabulary, term.slug): n.cases for _, terms in lists for term, n in terms}
    assert counts["regional-groups", "asia-pacific"] == 1
    assert counts["conflict-types", "interstate"] == 1
    assert counts["conflict-types", "vertical-intrastate"] == 0
    assert counts["initiative-types", "mediation"] == 1
    assert counts["aims", "ending"] == 1
    assert counts["organisation-kinds", "coalition"] == 1
    page = text(client, "/vocabulary/")
    assert ConflictType.objects.get(slug="interstate").definition[:60] in page


@pytest.mark.parametrize(
    "address",
    [
        "/vocabulary/regional-groups/asia-pacific/",
        "/vocabulary/conflict-types/vertical-intrastate/",
        "/vocabulary/initiative-types/mediation/",
        "/vocabulary/aims/ending/",
        "/vocabulary/organisation-kinds/coalition/",
        "/countries/tjk/",
    ],
)
def test_a_term_or_country_lists_the_published_cases_it_is_true_of(client, address):
    edition = make_edition(organisations=[make_organisation(kind="coalition")])
    make_case(title="A draft", organisations=[make_organisation(kind="coalition")])
    other = make_edition(
        countries=["PER"], conflict_types=[], initiative_types=[], aim="keeping", location="Peru"
    )
    page = client.get(address).context["page"]
    assert page.object_list == [edition]
    assert f'href="{other.get_absolute_url()}"' not in text(client, address)


def test_a_term_explains_its_code_and_names_its_other_spellings(client):
    page = text(client, "/vocabulary/conflict-types/vertical-intrastate/")
    assert "Type of conflict 3" in page
    assert "Uppsala Conflict Data Program" in page
    assert "Civil war" in page
    assert "Non-state conflict" in text(client, "/vocabulary/conflict-types/horizontal-intrastate/")


def test_a_list_or_term_there_is_not_is_not_found(client):
    for address in ("/vocabulary/colours/red/", "/vocabulary/aims/red/", "/countries/zzz/"):
        assert client.get(address).status_code == 404


def test_a_country_shows_its_codes_and_its_dated_groups(client):
    page = text(client, "/countries/isr/")
    for words in ("State of Israel", "ISR, IL", "376", "since 30 May 2000", "temporary member"):
        assert words in page
    assert "In none" in text(client, "/countries/xkx/")
    assert "ISO has assigned no code" in text(client, "/countries/xkx/")
    assert "(observer)" in text(client, "/countries/usa/")


def test_a_country_leads_to_its_code_where_iso_has_given_it_one(client):
    page = text(client, "/countries/tjk/")
    assert 'href="https://www.iso.org/obp/ui/#iso:code:3166:TJ"' in page
    assert "haswbstatement:P298=TJK" in page
    assert "iso.org" not in text(client, "/countries/xkx/")
    assert "wikidata" not in text(client, "/countries/xkx/")
