"""Large answers as files: kept while there is room, gone when nobody can be opening them."""

from pathlib import Path

import pytest

from serving import file_cache
from serving.file_cache import FileStore, NoRoom


@pytest.fixture
def store():
    store = FileStore(100)
    yield store
    store.clear()


def put(store, key, size, version="v"):
    return store.put(key, version, 1, [("Content-Type", "text/csv")], [b"x" * size])


@pytest.mark.parametrize("small", [40, 10])
def test_an_answer_is_written_and_opened_again(store, db, monkeypatch, small):
    monkeypatch.setattr(file_cache, "SMALL", small)
    put(store, "a", 40)
    response = store.get("a").response()
    assert b"".join(response) == b"x" * 40
    assert (response["Content-Type"], response["Content-Length"]) == ("text/csv", "40")
    assert response["ETag"].startswith('"')
    assert not response.has_header("Content-Disposition")
    response.close()


def test_those_not_asked_for_make_room_once_they_have_been_opened(store, monkeypatch):
    first, second = put(store, "a", 40), put(store, "b", 40)
    assert store.get("a") == first
    put(store, "c", 40)
    assert store.get("b") is None
    assert store.bytes == 80
    assert second.path.exists()  # a server may be about to open it
    monkeypatch.setattr(file_cache, "_OPENED_BY", -1.0)
    put(store, "a", 10, "w")
    assert not second.path.exists()
    put(store, "d", 10)
    assert not first.path.exists()


def test_what_is_still_read_takes_room_until_it_is_closed(store, monkeypatch):
    monkeypatch.setattr(file_cache, "_OPENED_BY", -1.0)
    readers = []
    with pytest.raises(NoRoom):
        for number in range(9):
            readers.append(put(store, number, 60).path.open("rb"))
    assert 3 <= len(readers) <= 5
    for reader in readers:
        reader.close()
    put(store, "b", 60)


def test_where_nobody_tells_what_is_open_only_what_is_kept_counts(store, monkeypatch):
    monkeypatch.setattr(file_cache, "_OPENED_BY", -1.0)
    monkeypatch.setattr(file_cache, "_OPEN", Path("/nowhere"))
    readers = [put(store, number, 60).path.open("rb") for number in range(9)]
    for reader in readers:
        reader.close()


def test_a_link_that_is_gone_is_passed_over(store, monkeypatch, tmp_path):
    (tmp_path / "1").symlink_to(put(store, "a", 60).path.parent / "gone")
    monkeypatch.setattr(file_cache, "_OPEN", tmp_path)
    put(store, "b", 60)


def test_what_breaks_off_leaves_nothing(store):
    def pieces():
        yield b"a"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.put("a", "v", 1, [], pieces())
    assert store.get("a") is None
    assert list(store._folder.iterdir()) == []
