"""Large answers as files: kept while there is room, gone when nobody can be opening them."""

from pathlib import Path

import pytest

from serving import file_cache
from serving.file_cache import FileStore


@pytest.fixture
def store():
    store = FileStore(100)
    yield store
    store.clear()


def put(store, key, size, version="v"):
    return store.put(key, version, 1, [("Content-Type", "text/csv")], [b"x" * size])


def test_an_answer_is_written_and_opened_again(store, db):
    put(store, "a", 40)
    response = store.get("a").response()
    assert b"".join(response) == b"x" * 40
    assert (response["Content-Type"], response["Content-Length"]) == ("text/csv", "40")
    assert response["ETag"].startswith('"')
    assert not response.has_header("Content-Disposition")
    response.close()
    assert store.holds(store.get("a").path)
    assert not store.holds(Path("/etc/passwd"))
    assert not FileStore(1).holds(Path("/etc/passwd"))


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
    assert not first.path.exists()


def test_what_breaks_off_leaves_nothing(store):
    def pieces():
        yield b"a"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.put("a", "v", 1, [], pieces())
    assert store.get("a") is None
    assert list(store._folder.iterdir()) == []
