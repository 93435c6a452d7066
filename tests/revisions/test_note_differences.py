"""Notes are compared one by one, whatever their numbers are."""

from revisions.differences import Notes, differences


def compared(old, new):
    [found] = differences({"Notes": Notes(tuple(old))}, {"Notes": Notes(tuple(new))})
    assert found.kind == "notes"
    return [(row.number, row.last, [(c.kind, c.text) for c in row.chunks]) for row in found.notes]


def test_a_note_that_is_put_in_changes_no_other():
    rows = compared(["Hay. p.1", "Lynch. p.2"], ["New. p.9", "Hay. p.1", "Lynch. p.2"])
    assert rows == [
        (1, 0, [("added", "New. p.9")]),
        (2, 3, [("folded", "Hay. p.1\nLynch. p.2")]),
    ]


def test_a_note_is_compared_word_by_word():
    [same, changed] = compared(["Hay. p.1", "Lynch. p.2"], ["Hay. p.1", "Lynch. p.3"])
    assert same[:2] == (1, 1)
    assert changed == (2, 0, [("same", "Lynch. p."), ("removed", "2"), ("added", "3")])


def test_a_note_that_is_gone_has_the_number_that_it_had():
    assert compared(["Hay.", "Lynch."], ["Hay."])[1] == (2, 0, [("removed", "Lynch.")])
