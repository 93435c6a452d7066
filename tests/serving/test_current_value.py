"""One value per process, made anew when the key is another."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest

from serving.current_value import CurrentValue


def test_it_is_made_once_for_a_key_and_from_the_one_before_for_the_next():
    made = []

    def make(key, before):
        made.append((key, before))
        return f"value of {key}"

    current = CurrentValue(make)
    assert [current.get(1), current.get(1), current.get(2)] == ["value of 1"] * 2 + ["value of 2"]
    assert made == [(1, None), (2, "value of 1")]
    current.clear()
    current.get(2)
    assert made[-1] == (2, None)


def test_of_several_threads_one_makes_it():
    made, start = [], Barrier(8)

    def make(key, before):
        sleep(0.05)
        made.append(key)
        return key

    current = CurrentValue(make)

    def ask(_n):
        start.wait()
        return current.get("new")

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == ["new"] * 8
    assert made == ["new"]


def test_what_cannot_be_made_leaves_the_one_before_and_is_tried_again():
    def make(key, before):
        if key == "bad":
            raise ValueError
        return (key, before)

    current = CurrentValue(make)
    current.get("good")
    with pytest.raises(ValueError):
        current.get("bad")
    assert current.get("next") == ("next", ("good", None))
