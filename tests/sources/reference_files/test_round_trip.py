"""What is written is read back: every field, of every type, but what NOT_SAID names."""

from copy import deepcopy

import bibtexparser
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.reference_files import FORMATS, NOT_SAID, read
from sources.reference_files.csl_types import TYPES
from sources.reference_files.latex import decoded

from .items import items

several = st.lists(items(), min_size=1, max_size=3, unique_by=lambda item: item["id"].casefold())
WHOLE = {
    "id": "lynch2001",
    "type": "report",
    "title": "War & {peace}",
    "title-short": "War",
    "container-title": "Papers",
    "container-title-short": "Pap.",
    "publisher": "Smith and Sons",
    "publisher-place": "Dushanbe",
    "volume": "4",
    "issue": "3",
    "number": "S/RES/968 (1994)",
    "page": "49-72",
    "edition": "2",
    "genre": "Working paper",
    "language": "en",
    "URL": "https://example.org/a_b?c=%20",
    "DOI": "10.1080/13698240108402488",
    "ISBN": "978-0-306-40615-7",
    "archive": "National Archives",
    "archive_location": "Box 7",
    "call-number": "MS 12",
    "issued": {"date-parts": [[1998, 3, 5], [2001]], "circa": True},
    "original-date": {"date-parts": [[-44]]},
    "accessed": {"date-parts": [[2020, 11, 17]]},
    "author": [{"family": "van der Berg", "given": "Jan Jr."}, {"literal": "Ministry of X"}],
    "editor": [{"family": "Ruiz", "given": "A."}],
    "translator": [{"family": "Hakim", "given": "B."}],
    "interviewer": [{"family": "Saud", "given": "C."}],
    "custom": {
        "archive-url": "https://archive.org/x",
        "urls": ["https://example.org/2"],
        "orcid": {"author": ["0000-0002-1825-0097", None]},
    },
}


def said(item, extension):
    """The item without what the format does not say."""
    item, left = deepcopy(item), NOT_SAID[extension]
    custom = item.get("custom", {})
    for name in [name for name in custom if f"custom.{name}" in left]:
        del custom[name]
    if not custom:
        item.pop("custom", None)
    if "interviewer outside an interview" in left and item["type"] != "interview":
        item.pop("interviewer", None)
    if "archive_location without archive" in left and "archive" not in item:
        item.pop("archive_location", None)
    for role in ("author", "editor", "translator", "interviewer"):
        if any(not is_sayable(name, left) for name in item.get(role, [])):
            del item[role]
    return item


def is_sayable(name, left):
    whole = "".join(name.values())
    if "comma in a person's name" in left and ("," in whole):
        return "literal" in name and ", " in whole and ",," not in whole.replace(", ", "")
    return "family name without given names" not in left or "family" not in name or "given" in name


@pytest.mark.parametrize("extension", FORMATS)
def test_a_whole_item_of_every_type_is_read_back(extension):
    written = [WHOLE | {"id": f"k{n}", "type": kind} for n, kind in enumerate(TYPES)]
    found = read(FORMATS[extension][2](written))
    assert [reference.item for reference in found] == [said(item, extension) for item in written]
    assert [reference.unread for reference in found] == [[]] * len(TYPES)


@pytest.mark.parametrize("extension", FORMATS)
@settings(max_examples=100, deadline=None)
@given(several)
def test_any_items_are_read_back(extension, written):
    text = FORMATS[extension][2](written)
    found = read(text.encode())
    wanted = [said(item, extension) for item in written]
    got = [said(reference.item, extension) for reference in found]
    for one, item in zip(got, wanted, strict=True):
        for role in {"author", "editor", "translator", "interviewer"} - item.keys():
            one.pop(role, None)  # a name that the format cannot say
    assert got == wanted
    lines = text.split("\n")
    for reference, item in zip(found, written, strict=True):
        assert reference.item["id"] == item["id"]
        assert lines[reference.line - 1].strip()[:1] in "@T{"


@settings(max_examples=40, deadline=None)
@given(several)
def test_bibtexparser_reads_what_is_written(written):
    library = bibtexparser.parse_string(FORMATS["bib"][2](written))
    assert library.failed_blocks == []
    for entry, item in zip(library.entries, written, strict=True):
        assert entry.key == item["id"]
        assert decoded(entry["title"])[0] == item["title"]
        assert ("author" in entry) == ("author" in item)
        year = item.get("issued", {"date-parts": [[0]]})["date-parts"][0][0]
        assert entry.get("year") is None or str(abs(year)) in entry["year"]


@settings(max_examples=40, deadline=None)
@given(several)
def test_rispy_reads_what_is_written(written):
    for entry, item in zip(rispy.loads(FORMATS["ris"][2](written)), written, strict=True):
        assert (entry["id"], entry["title"]) == (item["id"], item["title"])
        assert len(entry.get("authors", [])) == len(item.get("author", []))
        year = item.get("issued", {"date-parts": [[0]]})["date-parts"][0][0]
        assert int(entry.get("year", 0)) == max(year, 0)
