"""The SQLite file in a zip: what is in it, and that it is the same."""

import zipfile
from datetime import date

from tests.factories import make_edition
from website.field_edition import write_packed_sqlite, write_sqlite
from website.field_edition.readme import readme

DAY = date(2026, 11, 30)


def test_the_file_and_its_readme_lie_in_it(tmp_path, db):
    make_edition(slug="one")
    write_sqlite(tmp_path / "a.sqlite3", on=DAY)
    for name in ("a.zip", "b.zip"):
        write_packed_sqlite(tmp_path / name, on=DAY)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    packed = zipfile.ZipFile(tmp_path / "a.zip")
    assert packed.namelist() == ["README.md", "collection.sqlite3"]
    assert packed.read("README.md").decode() == readme(on=DAY)
    assert packed.read("collection.sqlite3") == (tmp_path / "a.sqlite3").read_bytes()
