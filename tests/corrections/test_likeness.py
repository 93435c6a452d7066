"""Corrections about one thing are found to be so."""

from corrections import services
from corrections.likeness import alike, grouped
from tests.factories import make_edition


def test_overlapping_passages_of_a_case_are_alike_and_others_are_not(db):
    edition = make_edition()
    first = services.send(edition, message="a", passage="The talks began in spring and went on")[0]
    second = services.send(edition, message="b", passage="began in spring and went badly")[0]
    within = services.send(edition, message="c", passage="in Spring")[0]
    apart = services.send(edition, message="a", passage="They ended well that year")[0]
    elsewhere = services.send(make_edition(), message="a", passage=first.passage)[0]
    assert alike(first, second) and alike(first, within)
    assert not alike(first, apart) and not alike(first, elsewhere)
    rows = [apart, first, elsewhere, second, within]
    assert grouped(rows) == [[apart], [first, second, within], [elsewhere]]


def test_without_passages_like_words_about_one_edition_are_alike(db):
    edition = make_edition()
    first = services.send(edition, message="The year is wrong: it was 1996.")[0]
    second = services.send(edition, message="It was 1996: the year is wrong!")[0]
    other = services.send(edition, message="Thank you for this fine article.")[0]
    assert alike(first, second) and not alike(first, other)


def test_one_that_is_like_two_groups_makes_them_one(db):
    edition = make_edition()
    first = services.send(edition, message="a", passage="The talks began in spring")[0]
    second = services.send(edition, message="b", passage="and went on for years there")[0]
    both = services.send(
        edition, message="c", passage="The talks began in spring and went on for years there"
    )[0]
    assert grouped([first, second, both]) == [[first, both, second]]
