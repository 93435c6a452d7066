"""manage.py write_field_edition."""

import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_edition


def test_four_files_are_written_and_written_over(tmp_path, db):
    folder = tmp_path / "new" / "field"
    make_edition(slug="one")
    out = StringIO()
    call_command("write_field_edition", folder, stdout=out)
    call_command("write_field_edition", folder, stdout=StringIO())
    names = {"collection.epub", "collection.sqlite3", "collection.sqlite3.zip", "README.md"}
    assert {path.name for path in folder.iterdir()} == names
    assert "EPUB/one.xhtml" in zipfile.ZipFile(folder / "collection.epub").namelist()
    assert all(name in out.getvalue() for name in names)


def test_what_was_left_half_written_is_written_anew(tmp_path, db):
    (tmp_path / ".collection.sqlite3.new").write_text("half")
    call_command("write_field_edition", tmp_path, stdout=StringIO())
    assert (tmp_path / "collection.sqlite3").read_bytes().startswith(b"SQLite format 3")
    assert not (tmp_path / ".collection.sqlite3.new").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path, db):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="file"):
        call_command("write_field_edition", tmp_path / "file", stdout=StringIO())
