"""The shared cache is optional: where it fails it is an empty one, and nobody waits for it."""

import os
import socket
import time

import pytest

from corrections import limits
from serving import limits as serving_limits
from serving.shared_cache import AWAY, SharedCache

REDIS = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/9")


@pytest.fixture(autouse=True)
def _is_back():
    SharedCache._away_until = 0.0
    yield
    SharedCache._away_until = 0.0


def closed():
    """Where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return SharedCache(f"redis://127.0.0.1:{free.getsockname()[1]}/0", {})


@pytest.fixture
def silent():
    """Where somebody listens who never answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield SharedCache(f"redis://127.0.0.1:{listening.getsockname()[1]}/0", {})


def as_empty(cache):
    assert cache.get("a") is None
    assert cache.get("a", "b") == "b"
    assert cache.get_or_set("a", lambda: 5) == 5
    assert cache.add("a", 1) is False
    assert cache.set("a", 1) is None
    assert cache.get_many(["a"]) == {}
    assert cache.set_many({"a": 1}) == ["a"]
    assert cache.has_key("a") is False
    assert "a" not in cache
    assert cache.touch("a") is False
    assert cache.delete("a") is False
    assert cache.delete_many(["a"]) is None
    assert cache.clear() is False
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")


def test_one_that_is_down_is_empty():
    as_empty(closed())


def test_one_that_does_not_answer_is_waited_for_once(silent, caplog):
    started = time.monotonic()
    as_empty(silent)
    assert time.monotonic() - started < 1
    assert caplog.text.count("does not answer") == 1
    assert SharedCache._away_until > time.monotonic() + AWAY - 2


def test_it_is_asked_again_after_a_while(silent):
    silent.get("a")
    SharedCache._away_until = 0.0
    started = time.monotonic()
    silent.get("a")
    assert time.monotonic() - started >= 0.15


def test_nobody_is_refused_while_it_is_away(monkeypatch):
    monkeypatch.setattr(serving_limits, "cache", closed())
    assert {limits.spend("203.0.113.7") for _ in range(limits.PER_ADDRESS * 2)} == {0}


def test_one_that_answers_keeps_what_it_is_given():
    cache = SharedCache(REDIS, {"KEY_PREFIX": "test-shared-cache"})
    cache.set("a", {"b": 1}, 5)
    if SharedCache._away_until:
        pytest.skip(f"No Redis answers at {REDIS}")
    assert cache.get("a") == {"b": 1}
    assert cache.add("a", 2) is False
    assert cache.add("n", 1, 5) is True
    assert cache.incr("n") == 2
    assert cache.get_many(["a", "n"]) == {"a": {"b": 1}, "n": 2}
    assert cache.delete("a") and not cache.has_key("a")
    cache.delete_many(["n"])
