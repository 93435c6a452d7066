"""What a source says, in its own words, goes from the text to wherever the note goes."""

import csv
import io
import json
import zipfile

import pytest

from cases.proofreading import proofread
from cases.services import change_case
from editions.record.verify import faults
from tests.factories import make_case, make_edition, make_source, publish_case

pytestmark = pytest.mark.django_db

WORDS = "They met [in the old town]; nobody knew."


@pytest.fixture
def edition():
    make_source("lynch2001", language="fr", title="The process")
    other = make_source("hay2001", title="The other")
    body = (
        f"One.[@lynch2001, p. 52, accessed 2020-11-17: “{WORDS}”; @hay2001] Two.[@hay2001, p. 3]"
        "^[Spoken of [@hay2001, p. 4: “An <b>inner</b> word”].]"
    )
    return make_edition(source=other, body=body)


def test_the_record_and_its_rows_have_it_and_verify(edition):
    cites = [cite for note in edition.record["notes"] for cite in note["citations"]]
    assert cites[0] == {
        "key": "lynch2001",
        "locator": "52",
        "label": "page",
        "accessed": "2020-11-17",
        "passage": WORDS,
    }
    assert [cite["passage"] for cite in cites] == [WORDS, "", "", "An <b>inner</b> word"]
    assert [row.passage for row in edition.citations.all()] == [c["passage"] for c in cites]
    assert list(faults()) == []
    edition.citations.filter(locator="52").update(passage="Other words.")
    assert len(list(faults())) == 1


def test_the_note_shows_it_on_demand(client, edition):
    page = client.get(edition.get_absolute_url()).content.decode()
    assert f'<blockquote lang="fr">{WORDS}</blockquote>' in page
    assert "An &lt;b&gt;inner&lt;/b&gt; word" in page
    assert page.count('<details class="quoted">') == 2
    note = edition.record["notes"][0]["text"]
    assert WORDS not in note and "(Accessed 17/11/2020)" in note


def test_the_page_of_the_source_shows_it(client, edition):
    page = client.get("/sources/lynch2001/").content.decode()
    assert f'lang="fr">{WORDS}</blockquote>' in page


def test_the_share_of_citations_with_it_is_told(client, edition):
    page = client.get("/about/evidence/").content.decode()
    row = page.split("with the passage in the source’s own words")[1][:60]
    assert "<td>2</td><td>50 %</td>" in row
    assert (
        "With the passage, in the source’s own words: 2."
        in client.get(edition.get_absolute_url()).content.decode()
    )


def test_the_tables_have_it(client, edition):
    packed = zipfile.ZipFile(io.BytesIO(client.get("/cases.zip").getvalue()))
    rows = list(csv.DictReader(io.StringIO(packed.read("citations.csv").decode("utf-8-sig"))))
    assert (rows[0]["passage"], rows[0]["accessed"]) == (WORDS, "2020-11-17")
    exported = json.loads(client.get(edition.permanent_path[:-1] + ".json").content)
    assert exported["record"]["notes"][0]["citations"][0]["passage"] == WORDS


def test_a_changed_passage_is_a_difference(client, edition, editor):
    case = edition.case
    change_case(case, by=editor, reason="Mended.", body=case.body.replace("nobody", "somebody"))
    publish_case(case, change_note="The passage is to the letter now.")
    page = client.get(f"{edition.get_absolute_url()}compare/1/2/").content.decode()
    assert "somebody" in page


def test_a_fact_may_rest_on_a_passage(client, editor):
    source = make_source("hay2001")
    cited = f"[@hay2001, p. 9: “{'x' * 600}”]"
    edition = make_edition(
        source=source, impact_note="It lasted.", impact_citation=cited, body="A.[@hay2001]"
    )
    assert edition.citations.last().passage == "x" * 600


def test_a_fact_rests_on_the_note_of_the_text_that_has_the_passage_as_well(editor):
    source = make_source("hay2001")
    edition = make_edition(
        source=source,
        impact_note="It lasted.",
        impact_citation="[@hay2001, p. 9]",
        body="A.[@hay2001] B.[@hay2001, p. 9: “Its words.”]",
    )
    assert len(edition.notes) == 2 and len(edition.notes[1]["refs"]) == 2


def test_one_that_is_too_long_is_a_finding(editor):
    source = make_source("hay2001")
    case = make_case(source=source, body=f"A.[@hay2001: “{'x' * 1001}”]")
    assert "long-passage" in {finding.code for finding in proofread(case)}
