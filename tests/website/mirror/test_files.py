"""An address and its file."""

import pytest

from website.mirror.files import Folder, file_of


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/cases/a/", "cases/a/index.html"),
        ("/cases/a/editions/1.json", "cases/a/editions/1.json"),
        ("/sources/m%C3%BCller/", "sources/müller/index.html"),
    ],
)
def test_an_address_is_a_file(address, file):
    assert file_of(address) == file


@pytest.mark.parametrize(
    "address",
    ["/a/?q=b", "/../etc/passwd", "/a/%2e%2e/b/", "a", "//x", "/.mirror/lock", "/a\\b", "/a#b"],
)
def test_what_no_folder_can_hold_is_refused(address):
    with pytest.raises(ValueError, match="is no address of a file"):
        file_of(address)


def test_a_file_is_written_once_and_dropped_with_its_folder(tmp_path):
    folder = Folder(tmp_path, squeeze=True)
    folder.prepare()
    digest = folder.put("a/b/index.html", [b"x" * 1000, b"y" * 1000])
    first = (tmp_path / "a/b/index.html").stat().st_mtime_ns
    assert folder.put("a/b/index.html", [b"x" * 1000 + b"y" * 1000], digest) == digest
    assert (tmp_path / "a/b/index.html").stat().st_mtime_ns == first
    assert (tmp_path / "a/b/index.html.gz").exists()
    folder.drop("a/b/index.html")
    assert not (tmp_path / "a").exists()


def test_one_that_shrinks_leaves_no_packed_file_of_before(tmp_path):
    folder = Folder(tmp_path, squeeze=True)
    folder.prepare()
    folder.put("a.html", [b"x" * 2000])
    folder.put("a.html", [b"y"])
    assert not (tmp_path / "a.html.gz").exists()
