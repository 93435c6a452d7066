"""What a source may say, and what its type needs."""

import pytest
from django.core.exceptions import ValidationError

from sources.formats import archived_at, csl_json, from_csl
from sources.models import Contributor, Source
from sources.needs import NAMES, NEEDED, USEFUL, lacks
from tests.factories import make_source

EVERYTHING = {
    "id": "everything",
    "type": "interview",
    "title": "Talks",
    "author": [{"family": "Lynch", "given": "Dov"}, {"literal": "A Body"}],
    "translator": [{"family": "Doe", "given": "Jane"}],
    "interviewer": [{"family": "Roe", "given": "R."}],
    "issued": {"date-parts": [[1998], [2001]], "circa": True},
    "original-date": {"date-parts": [[-44]]},
    "accessed": {"date-parts": [[2020, 11, 17]]},
    "number": "Paper 12, S/RES/968 (1994)",
    "page": "49-72",
    "archive": "The National Archives, Kew",
    "archive_location": "FCO 51",
    "call-number": "51/2",
    "URL": "https://example.org/a",
    "custom": {
        "archive-url": "https://web.archive.org/a",
        "urls": ["https://example.org/b"],
        "orcid": {"author": ["0000-0002-1825-0097", None]},
    },
}


@pytest.mark.django_db
def test_all_that_a_source_says_goes_out_and_comes_in_again():
    source, rows = from_csl(EVERYTHING)
    assert (source.number, source.symbol) == ("Paper 12", "S/RES/968 (1994)")
    assert (source.issued, source.original_date) == ("c. 1998/2001", "44 BC")
    source.full_clean()
    source.save()
    for row in rows:
        row.source = source
        row.full_clean()
        row.save()
    stored = Source.objects.prefetch_related("contributors").get()
    assert csl_json(stored) == EVERYTHING


def test_an_archived_address_of_older_records_is_told_from_an_archive():
    assert archived_at({"archive": "https://web.archive.org/a"}) == "https://web.archive.org/a"
    assert archived_at({"archive": "The National Archives"}) == ""
    assert archived_at(EVERYTHING) == "https://web.archive.org/a"
    source, _rows = from_csl({"id": "k", "title": "T", "archive": "https://web.archive.org/a"})
    assert (source.archive, source.archive_url) == ("", "https://web.archive.org/a")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("issued", "spring", "is no date"),
        ("original_date", "2001-14", "is no date"),
        ("symbol", "Working Paper", "strokes"),
        ("other_addresses", "https://a.org\njavascript:alert(1)", "http"),
    ],
)
@pytest.mark.django_db
def test_what_a_field_refuses(field, typed, said):
    with pytest.raises(ValidationError, match=said):
        make_source(**{field: typed})


@pytest.mark.django_db
def test_fields_are_put_in_order_when_saved():
    source = make_source(
        issued="circa 1998–2001", page="49–72", other_addresses="\nhttps://a.org\n"
    )
    assert (source.issued, source.page) == ("c. 1998/2001", "49-72")
    assert source.addresses == ["https://a.org"]
    row = Contributor(source=source, family="X", orcid="https://orcid.org/0000-0002-1825-0097")
    row.full_clean()
    assert row.orcid == "0000-0002-1825-0097"
    row.orcid = "0000-0002-1825-0098"
    with pytest.raises(ValidationError, match="ORCID"):
        row.full_clean()


def test_every_type_says_what_it_needs_and_what_is_useful():
    fields = {field.name for field in Source._meta.get_fields()}
    for type_ in Source.Type:
        assert NEEDED[type_], type_
        assert not set(NEEDED[type_]) & set(USEFUL[type_]), type_
        assert {*NEEDED[type_], *USEFUL[type_]} <= fields | {NAMES}


@pytest.mark.django_db
def test_what_is_missing_is_named():
    source = make_source(type="chapter", authors=(), publisher="")
    assert lacks(source) == [NAMES, "container_title", "publisher", "page"]
    assert lacks(make_source()) == []
