"""Sources taken in from CSL-JSON: names, dates, what was copied from the web."""

import pytest
from django.core.exceptions import ValidationError

from sources.formats import NotCsl, from_csl
from sources.models import Contributor, Source

ITEM = {"id": "k", "type": "book", "title": "T"}


def taken_in(**over):
    return from_csl(ITEM | over)


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ({"family": "Hakim", "non-dropping-particle": "al-"}, {"family": "al-Hakim"}),
        ({"family": "Arc", "non-dropping-particle": "d’"}, {"family": "d’Arc"}),
        (
            {"family": "Waal", "given": "A.", "non-dropping-particle": "de"},
            {"family": "de Waal", "given": "A."},
        ),
        (
            {"family": "Humboldt", "given": "A.", "dropping-particle": "von"},
            {"family": "von Humboldt", "given": "A."},
        ),
        (
            {"family": "King", "given": "S.", "suffix": "Jr."},
            {"family": "King", "given": "S. Jr."},
        ),
        ({"given": "Madonna"}, {"literal": "Madonna"}),
        ({"literal": "A &amp; B"}, {"literal": "A & B"}),
    ],
)
def test_names_of_csl(name, taken):
    _source, (row,) = taken_in(author=[name])
    assert row.as_csl() == taken


@pytest.mark.parametrize(
    ("issued", "taken"),
    [
        ({"raw": "2001-03-05"}, "2001-03-05"),
        ({"literal": "2001"}, "2001"),
        ({"raw": "2001/3"}, "2001-03"),
        ({"date-parts": [["2001", "3", "5"]]}, "2001-03-05"),
        ({"date-parts": [[]]}, ""),
        ({"date-parts": []}, ""),
        ({}, ""),
        (None, ""),
    ],
)
def test_dates_of_csl(issued, taken):
    assert taken_in(issued=issued)[0].issued == taken


@pytest.mark.parametrize("issued", [{"raw": "spring"}, "2001", {"date-parts": [["x"]]}])
def test_a_date_that_cannot_be_read_is_refused(issued):
    with pytest.raises(NotCsl, match="date"):
        taken_in(issued=issued)


def test_the_archive_of_a_manuscript_is_no_address():
    assert taken_in(archive="National Archives")[0].archive_url == ""
    web = "https://web.archive.org/web/2001/https://example.org"
    assert taken_in(archive=web)[0].archive_url == web


def test_entities_and_tags_are_read_when_a_source_is_checked():
    source = Source(key="k", title="War &amp; <i>peace</i>", publisher="A&nbsp;B")
    source.clean()
    assert (source.title, source.publisher) == ("War & peace", "A B")
    body = Contributor(source=source, literal="Ana &amp; Co")
    body.clean()
    assert body.literal == "Ana & Co"


@pytest.mark.django_db
def test_a_title_of_tags_alone_is_missing():
    with pytest.raises(ValidationError, match="title"):
        Source(key="k", title="<i></i>").full_clean()
