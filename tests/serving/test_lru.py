"""What was looked up last is not looked up again, and no more is kept than was said."""

from serving.lru import LRU


def test_what_is_known_is_not_asked_for_again():
    asked = []

    def find(keys):
        asked.append(keys)
        return {key: key * 2 for key in keys}

    recent = LRU(10)
    assert recent.get([1, 2], find) == {1: 2, 2: 4}
    assert recent.get([2, 3, 1], find) == {2: 4, 3: 6, 1: 2}
    assert recent.get([3], find) == {3: 6}
    assert asked == [[1, 2], [3]]


def test_the_longest_unasked_make_room():
    def find(keys):
        return dict.fromkeys(keys, "found")

    recent = LRU(3)
    recent.get([1, 2, 3], find)
    recent.get([1], find)
    assert set(recent.get([4, 5], find)) == {4, 5}
    assert recent.get([1], lambda keys: {}) == {1: "found"}
    assert recent.get([2, 3], lambda keys: {}) == {}
    assert set(recent.get(range(9), find)) == set(range(9))  # more than it keeps: all are answered


def test_what_is_nothing_is_looked_up_again():
    assert LRU(3).get([1], lambda keys: {}) == {}
