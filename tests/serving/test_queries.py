"""What an address may ask: unknown names are taken off, what is too long is refused in words."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from serving.queries import LONGEST_QUERY, known_part


def test_only_known_names_stay_in_their_order():
    query = QueryDict("a=1&b=2&a=3&c=4")
    assert known_part(query, frozenset("ab")).urlencode() in ("a=1&a=3&b=2", "b=2&a=1&a=3")
    assert known_part(query, frozenset("abc")) is None
    assert known_part(QueryDict(""), frozenset()) is None


@pytest.mark.parametrize(
    "asked, clean",
    [
        ("/about/?utm_source=x", "/about/"),
        ("/?n=1", "/"),
        ("/cases/?x=1&view=map", "/cases/?view=map"),
        ("/cases/?" + "&".join(f"a{n}=y" for n in range(900)) + "&q=a", "/cases/?q=a"),
        ("/cases.csv?x=1&region=african", "/cases.csv?region=african"),
        ("/suggest/?q=a&x=1", "/suggest/?q=a"),
        ("/corrections/?page=1&x=1", "/corrections/?page=1"),
        ("/organisations/?kind=state&x=%00", "/organisations/?kind=state"),
        ("/sources/?letter=a&amp;page=2", "/sources/?letter=a"),
        ("/sitemap.xml?x=1", "/sitemap.xml"),
        ("/corrections.atom?x=1", "/corrections.atom"),
        ("/healthz?x=1", "/healthz"),
    ],
)
def test_an_address_with_unknown_names_leads_to_the_one_without(client, db, asked, clean):
    response = client.get(asked)
    assert (response.status_code, response.headers.get("Location")) == (302, clean)


@pytest.mark.parametrize(
    "asked, status",
    [
        ("/cases/?" + urlencode({"q": "y" * 60_000}), 414),
        ("/cases/?view=grid&" + urlencode({"q": "y" * (LONGEST_QUERY + 1)}), 414),
        ("/cases/?" + urlencode({"q": "y" * 500}), 400),
        ("/cases/?" + "&".join(f"a{n}={'y' * 60}" for n in range(900)), 414),
        ("/cases.json?" + urlencode({"q": "y" * 60_000}), 414),
        ("/suggest/?" + urlencode({"q": "y" * 60_000}), 414),
        ("/corrections/?" + urlencode({"page": "9" * 2000}), 414),
        ("/cases/a/compare/1/2/?" + "y" * 9000, 414),
        ("/" + "y" * 60_000, 414),
        ("/cases/" + "y" * 400 + "/", 404),
    ],
)
def test_what_is_longer_than_any_question_is_refused_in_words(client, db, asked, status):
    response = client.get(asked)
    assert response.status_code == status
    assert len(response.content) < 20_000
    if status != 404:
        assert "too long" in response.content.decode()


def test_the_desk_has_a_limit_too(logged_in, editor):
    assert logged_in(editor).get("/admin/cases/case/?" + "q=" + "y" * 3900).status_code == 200
    refused = logged_in(editor).get("/admin/cases/case/?" + "q=" + "y" * 4100)
    assert refused.status_code == 414


def test_a_passage_may_be_as_long_as_the_form_takes(client, db):
    passage = urlencode({"passage": "ж" * 500})
    assert client.get(f"/cases/none/correct/?{passage}").status_code == 404
