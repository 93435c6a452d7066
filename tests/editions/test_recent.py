"""What was looked up last is not looked up again, and no more is kept than was said."""

from editions.recent import Recent


def test_what_is_known_is_not_asked_for_again():
    asked = []

    def find(keys):
        asked.append(keys)
        return {key: key * 2 for key in keys}

    recent = Recent(10)
    assert recent.of([1, 2], find) == {1: 2, 2: 4}
    assert recent.of([2, 3, 1], find) == {2: 4, 3: 6, 1: 2}
    assert recent.of([3], find) == {3: 6}
    assert asked == [[1, 2], [3]]


def test_the_longest_unasked_make_room():
    def find(keys):
        return dict.fromkeys(keys, "found")

    recent = Recent(3)
    recent.of([1, 2, 3], find)
    recent.of([1], find)
    assert set(recent.of([4, 5], find)) == {4, 5}
    assert recent.of([1], lambda keys: {}) == {1: "found"}
    assert recent.of([2, 3], lambda keys: {}) == {}
    assert set(recent.of(range(9), find)) == set(range(9))  # more than it keeps: all are answered


def test_what_is_nothing_is_looked_up_again():
    assert Recent(3).of([1], lambda keys: {}) == {}
