"""The suggested wording is put into the case as a revision that names the correction."""

import pytest

from cases import services as cases
from cases.models import Case
from corrections import services
from corrections.putting_in import NotPlaced, put_in
from corrections.services import WrongState
from revisions.history import revisions_of
from revisions.revision_block import StaleLock
from tests.factories import make_edition, make_source

WRONG, RIGHT = "The talks began in spring", "The talks began in winter"


@pytest.fixture
def accepted(db, moderator):
    """`accepted(body, …)` is an accepted correction of a case with that text, and the case."""

    def make(body, passage=WRONG, suggestion=RIGHT):
        source = make_source("hay2001")
        edition = make_edition(body="As it was.[@hay2001]", source=source)
        sent, _token = services.send(edition, message="m", passage=passage, suggestion=suggestion)
        correction = services.accept(sent, by=moderator, why="They began in winter.")
        edition.case.refresh_from_db()
        case = cases.change_case(edition.case, by=moderator, reason="Moved.", body=body)
        return correction, case

    return make


def test_it_is_put_in_though_the_text_has_moved(accepted, editor):
    correction, case = accepted(
        "New.\n\nSo “the *talks* BEGAN in Spring”, they say.[@hay2001] End."
    )
    changed = put_in(correction, case, by=editor)
    assert changed.body == "New.\n\nSo “The talks began in winter”, they say.[@hay2001] End."
    newest = revisions_of(changed).first().revision
    assert newest.user == editor
    assert newest.comment == f"Correction {correction.reference}: They began in winter."


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Nothing of the kind.", "not in the text"),
        ("The talks began early in that spring.", "most like them"),
        ("The talks began in spring. Yes, the talks began in spring.", "2 times"),
        ("The talks[@hay2001] began in spring.", "A note or a link stands"),
        ("The talks *began in spring* there.", "Emphasis begins or ends"),
        ("The talks\n\nbegan in spring.", "more than one paragraph"),
    ],
)
def test_what_needs_a_human_eye_is_refused_with_words(accepted, editor, body, said):
    correction, case = accepted(body)
    with pytest.raises(NotPlaced, match=said):
        put_in(correction, case, by=editor)
    assert Case.objects.get(pk=case.pk).body == body


def test_a_case_that_was_changed_meanwhile_is_not_overwritten(accepted, editor):
    correction, case = accepted(f"{WRONG}.")
    cases.change_case(case, by=editor, reason="Else.", body=f"{WRONG}. More.")
    with pytest.raises(StaleLock):
        put_in(correction, case, by=editor)


def test_only_an_accepted_one_with_a_wording_of_this_case_is_put_in(accepted, editor, moderator):
    correction, case = accepted(f"{WRONG}.", suggestion="")
    with pytest.raises(NotPlaced, match="No wording"):
        put_in(correction, case, by=editor)
    services.undo(correction, by=moderator, reason="Too fast.")
    with pytest.raises(WrongState):
        put_in(correction, case, by=editor)


def test_a_readers_markup_is_printed_as_typed(accepted, editor):
    correction, case = accepted(f"{WRONG}.", suggestion="[x](http://evil.test) <b>*bold*</b>")
    body = put_in(correction, case, by=editor).body
    assert body == r"\[x\](http://evil.test) \<b\>\*bold\*\</b\>."
