"""The pages of sources: finding one by author or letter, and every note that cites it."""

import pytest

from tests.factories import make_case, make_edition, make_source

pytestmark = pytest.mark.django_db


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def found(client, **question):
    return [s.key for s in client.get("/sources/", question).context["page"].object_list]


@pytest.fixture
def some(db):
    """Four sources that a published case cites, and one that only a draft does."""
    make_source("lynch2001", authors=[("Dov", "Lynch")], title="The Tajik civil war")
    make_source("lynch2000", authors=[("Dov", "Lynch")], title="Strategies", issued="2000")
    make_source("Savric2018", authors=[("Bojan", "Šavrič")], title="A projection")
    make_source("2005accord", authors=[], type="treaty", title="An accord of 2005")
    body = "A.[@lynch2001] B.[@lynch2000] C.[@Savric2018] D.[@2005accord]"
    make_edition(body=body)
    make_case(source=make_source("lynch2010", authors=[("Dov", "Lynch")], title="Secret"))


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("lynch", ["lynch2000", "lynch2001"]),
        ("tajik lynch", ["lynch2001"]),
        ("SAVRIC", ["Savric2018"]),
        ("šavrič bojan", ["Savric2018"]),
        ("secret", []),
        ("lynch 2000", ["lynch2000"]),
    ],
)
def test_a_source_is_found_by_words_of_author_title_and_year(client, some, words, keys):
    assert found(client, q=words) == keys


def test_sources_can_be_narrowed_to_a_letter_whatever_its_case(client, some):
    assert found(client, letter="l") == ["lynch2000", "lynch2001"]
    assert found(client, letter="S") == ["Savric2018"]
    assert found(client, letter="2") == ["2005accord"]
    page = text(client, "/sources/?letter=l")
    assert '<a href="?letter=l" aria-current="true">L<span class="unseen">, 2 sources' in page
    assert len(found(client, letter="x")) == 4
    for wrong in ("letter=xy", "letter=%F0%9F%98%80", "type=nothing", "page=9", "page=x"):
        assert client.get(f"/sources/?{wrong}").headers["Location"] == "/sources/", wrong
    assert client.get("/sources/?letter=xy&page=7").headers["Location"] == "/sources/?page=7"
    assert client.get("/organisations/?kind=nothing").headers["Location"] == "/organisations/"
    assert client.get("/sources/lynch2000/?page=7").headers["Location"] == "/sources/lynch2000/"


def test_letters_are_those_of_what_was_found(client, some):
    letters = client.get("/sources/", {"q": "lynch"}).context["letters"]
    assert letters == [("l", 2)]


def test_nothing_found_says_so(client, some):
    assert "No source that a published case cites has “nobody”" in text(
        client, "/sources/?q=nobody"
    )


def test_a_source_names_every_note_that_cites_it_in_full_in_short_and_in_notes_of_words(client):
    source = make_source("lynch2001", title="The Tajik civil war")
    other = make_source("hay2001")
    body = (
        "One.[@lynch2001, p. 1] Two.[@hay2001; @lynch2001, pp. 2-3] Three.[^w] Four.[@lynch2001]"
        "\n\n[^w]: As he says [@lynch2001, ch. 4]."
    )
    edition = make_edition(body=body)
    address = edition.get_absolute_url()
    page = text(client, source.get_absolute_url())
    for number, place in ((1, ", p.1"), (2, ", pp.2-3"), (3, ", ch. 4"), (4, "")):
        end = ";" if number < 4 else "<"
        assert f'href="{address}#note-{number}">note {number}</a>{place}{end}' in page
    assert f'href="{address}#note-2">note 2</a>' in text(client, other.get_absolute_url())
    assert page.count("#note-") == 4


def test_a_source_that_several_cases_rest_on_has_a_timeline_of_them(client):
    source = make_source("lynch2001")
    make_edition(source=source, start_year=1990, end_year=1994)
    assert "timeline-small" not in text(client, "/sources/lynch2001/")
    make_edition(
        source=source, start_year=2000, end_year=2004, body="A.[@lynch2001] B.[@lynch2001]"
    )
    page = text(client, "/sources/lynch2001/")
    assert "Timeline of 2 cases, 1990–2004" in page
    assert 'Cited in <span class="count">(2)</span>' in page
