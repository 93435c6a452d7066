"""The one real manuscript, read in the shared folder: what it says, and that it comes out again."""

import os
from pathlib import Path

import pytest

from cases.manuscripts import Directory, accept, decode, read, understand
from cases.rendering import render
from sources.formats import library

MANUSCRIPT = Path(os.environ.get("MANUSCRIPTS", "/work/shared/manuscripts")) / "tajikistan.txt"
pytestmark = pytest.mark.skipif(
    not MANUSCRIPT.is_file(), reason=f"{MANUSCRIPT} is not here; it is not part of the project"
)


@pytest.fixture
def manuscript():
    return read(decode(MANUSCRIPT.read_bytes()), MANUSCRIPT.name)


def test_all_ten_notes_come_out_letter_for_letter(manuscript, editor):
    case = accept(understand(manuscript, Directory.load()), by=editor, reason="Imported.")
    rendered = render(case.body, library(case.body))
    assert [note.text for note in rendered.notes] == [note.text for note in manuscript.notes]
    assert rendered.problems == []
