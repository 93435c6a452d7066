"""The sources of the sample collection go out and come in without a loss, in every format; another
library reads them as well."""

import json
from pathlib import Path

import pytest
import rispy
from bibtexparser import parse_string

from sources.reference_files import FORMATS, read

COLLECTION = Path(__file__).parents[3] / "collection"
ITEMS = {
    item["id"]: item
    for file in sorted(COLLECTION.glob("*/sources.json"))
    for item in json.loads(file.read_text(encoding="utf-8"))
}


@pytest.fixture(scope="module")
def items():
    """As our own reader reads them."""
    return [one.item for one in read(json.dumps(list(ITEMS.values())))]


@pytest.mark.parametrize("extension", FORMATS)
def test_nothing_is_lost_on_the_way_out_and_in(items, extension):
    _label, _type, write = FORMATS[extension]
    found = [one.item for one in read(write(items))]
    assert found == items
    assert not any(one.unread for one in read(write(items)))


def test_another_library_reads_as_many_with_the_same_titles(items):
    titles = [item["title"] for item in items]
    assert [entry["title"] for entry in rispy.loads(FORMATS["ris"][2](items))] == titles
    library = parse_string(FORMATS["bib"][2](items))
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == list(ITEMS)
