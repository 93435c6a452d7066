"""Files of the whole collection: made once, by one, shared, gone when something is removed."""

import gzip
import os
import threading
import time

import pytest

from serving.kept_files import BeingMade, Forgotten, KeptFiles, _lock_of, _locked


@pytest.fixture
def kept(tmp_path):
    return KeptFiles(tmp_path / "kept" / "site")


def make(kept, version="v1", name="cases.csv", text="a,b\n", **over):
    return kept.make(version, name, lambda path: path.write_text(text), {"X-A": "b"}, **over)


def test_a_file_is_made_once_and_known_to_other_processes(kept):
    made = make(kept)
    assert made.path.read_text() == "a,b\n" and made.size == 4
    assert gzip.decompress(made.packed_path.read_bytes()) == b"a,b\n"
    assert made.headers == {"X-A": "b"}
    again = make(kept, text="never written")
    assert again == made
    other = KeptFiles(kept.folder)
    assert other.get("v1", "cases.csv") == made
    assert other.get("v2", "cases.csv") is None and other.get("v1", "cases.xlsx") is None
    assert oct(kept.folder.stat().st_mode)[-3:] == "700"


def test_what_is_compressed_already_is_not_packed(kept):
    made = make(kept, name="cases.zip", is_packed=False)
    assert made.packed_size == 0 and not made.packed_path.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "/", "a/b", "x" * 80, "", "\u2028"])
def test_no_name_leads_out_of_the_folder(kept, name):
    made = make(kept, name=name)
    assert made.path.parent == kept.folder / "v1"
    assert kept.get("v1", name) == made


def test_what_breaks_off_leaves_nothing_and_is_made_anew(kept):
    def breaks(path):
        path.write_text("half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        kept.make("v1", "cases.csv", breaks, {})
    assert kept.get("v1", "cases.csv") is None
    assert [path.name for path in (kept.folder / "v1").iterdir()] == ["file-cases.csv.lock"]
    assert make(kept).size == 4


def test_of_several_who_want_one_one_makes_it(kept):
    times, results = [], []

    def slowly(path):
        times.append(1)
        time.sleep(0.3)
        path.write_text("made")

    def ask():
        results.append(KeptFiles(kept.folder).make("v1", "a", slowly, {}, wait=10))

    asking = [threading.Thread(target=ask) for _ in range(5)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert len(times) == 1 and len(results) == 5 and len({file.etag for file in results}) == 1


def test_who_waits_too_long_is_told_that_it_is_being_made(kept):
    make(kept, name="other")
    lock = _lock_of(kept.folder / "v1" / "file-cases.csv")
    assert not kept.is_being_made("v1", "cases.csv")
    with lock.open("a") as held:
        assert _locked(held)
        assert kept.is_being_made("v1", "cases.csv")
        with pytest.raises(BeingMade):
            make(kept, wait=0.1)
    assert not kept.is_being_made("v1", "cases.csv")
    assert make(kept).size == 4  # a maker that was killed holds nothing up


def test_other_versions_are_cleared_away_when_nobody_can_be_opening_them(kept):
    old, new = make(kept, "v1"), make(kept, "v2")
    kept.clear_away("v2")
    assert old.path.exists()  # a server may be about to open it
    mark = kept.folder / "v1" / "superseded"
    os.utime(mark, (time.time() - 999,) * 2)
    kept.clear_away("v2")
    assert not old.path.parent.exists() and new.path.exists()
    assert kept.get("v1", "cases.csv") is None


def test_a_version_that_was_taken_for_past_and_is_not_stays(kept):
    file = make(kept, "v2")
    kept.clear_away("v1")  # by a process that read the version before the change
    os.utime(kept.folder / "v2" / "superseded", (time.time() - 999,) * 2)
    kept.clear_away("v2")
    kept.clear_away("v1")
    assert file.path.exists()


def test_the_newest_of_any_version_is_had_when_the_database_is_away(kept):
    assert kept.latest("cases.csv") is None
    make(kept, "v1")
    head = kept.folder / "v1" / "file-cases.csv.head"
    head.write_text(head.read_text().replace('"made": ', '"made": -'))
    newest = make(kept, "v2", text="newer")
    assert kept.latest("cases.csv") == newest


def test_what_was_removed_is_in_no_file_and_in_none_that_is_being_made(kept):
    file = make(kept)
    began = time.time()
    kept.clear()
    assert not file.path.exists() and not file.packed_path.exists()
    assert kept.get("v1", "cases.csv") is None and kept.latest("cases.csv") is None
    assert kept.cleared_at() >= began

    def with_a_removal_meanwhile(path):
        path.write_text("it still holds what was removed")
        kept.clear()

    with pytest.raises((Forgotten, OSError)):
        kept.make("v2", "cases.csv", with_a_removal_meanwhile, {})
    assert not list(kept.folder.rglob("file-*"))


def test_a_removal_while_a_file_is_renamed_forgets_it(kept, monkeypatch):
    cleared = iter([0.0, 1.0])
    monkeypatch.setattr(kept, "cleared_at", lambda: next(cleared))
    with pytest.raises(Forgotten):
        make(kept)
    assert kept.get("v1", "cases.csv") is None
    assert [path.name for path in (kept.folder / "v1").iterdir()] == []


def test_a_folder_that_cannot_be_written_is_a_fault_in_words(kept, tmp_path):
    assert kept.fault() == ""
    (tmp_path / "file").write_text("")
    broken = KeptFiles(tmp_path / "file" / "kept")
    assert "Not a directory" in broken.fault()
    with pytest.raises(OSError):
        make(broken)
    assert broken.latest("cases.csv") is None and broken.cleared_at() == 0
    broken.clear()


def test_a_version_stands_since_it_was_first_seen(kept):
    first = kept.stands_since("v1")
    assert time.time() - 5 < first <= time.time()
    assert KeptFiles(kept.folder).stands_since("v1") == first
