import pytest
from django.core.exceptions import ValidationError

from corrections import services
from corrections.models import Correction, Notice
from corrections.references import with_token
from corrections.services import AlreadyPublished, WrongEdition, WrongState
from tests.factories import make_edition, make_user


def actions(correction):
    return list(correction.events.values_list("action", "by__username", "note"))


def test_sending_stores_the_words_an_event_and_only_the_digest_of_the_token(edition):
    correction, token = services.send(edition, message="  Wrong\r\nyear.\x00 ", name="R\nR")
    correction.refresh_from_db()
    assert (correction.message, correction.name, correction.status) == (
        "Wrong\nyear.",
        "R R",
        "new",
    )
    assert actions(correction) == [("sent", None, "")]
    assert with_token(token).get() == correction
    assert not any(token in str(value) for value in vars(correction).values())


def test_the_same_form_sent_twice_is_one_correction(edition):
    first = services.send(edition, message="Wrong.", form_token="t" * 43)
    assert services.send(edition, message="Wrong.", form_token="t" * 43) == first
    assert Correction.objects.count() == 1
    assert first[0].events.count() == 1


def test_other_words_from_the_same_form_are_not_lost(edition):
    first = services.send(edition, message="Wrong.", form_token="t" * 43)
    second = services.send(edition, message="Wrong indeed.", form_token="t" * 43)
    assert Correction.objects.count() == 2
    assert first[1] != second[1]


def test_the_same_words_without_a_form_are_two_corrections(edition):
    services.send(edition, message="Wrong.")
    services.send(edition, message="Wrong.")
    assert Correction.objects.count() == 2


def test_a_correction_is_taken_once(correction, moderator):
    taken = services.take(correction, by=moderator)
    assert (taken.status, taken.taken_by) == ("taken", moderator)
    with pytest.raises(WrongState, match="already taken, by maud"):
        services.take(correction, by=make_user("milo"))
    assert actions(taken)[1:] == [("taken", "maud", "")]


def test_accepting_drafts_the_notice_from_passage_and_suggestion(correction, moderator):
    accepted = services.accept(correction, by=moderator, reason="Thank you.", why="A misnomer.")
    accepted.refresh_from_db()
    assert (accepted.notice_before, accepted.notice_after, accepted.notice_why) == (
        "Confederation of Independent States",
        "Commonwealth of Independent States",
        "A misnomer.",
    )
    assert (accepted.taken_by, accepted.decided_by) == (moderator, moderator)
    assert actions(accepted)[-1] == ("accepted", "maud", "Thank you.")


def test_accepting_refuses_an_empty_notice(edition, moderator):
    bare, _token = services.send(edition, message="Wrong.")
    with pytest.raises(ValidationError, match="Draft the public notice"):
        services.accept(bare, by=moderator)
    bare.refresh_from_db()
    assert bare.status == "new"


def test_declining_and_answering_need_a_reason(edition, correction, moderator):
    comment, _token = services.send(edition, kind="comment", message="Well told.")
    for decide, row in ((services.decline, correction), (services.answer, comment)):
        with pytest.raises(ValidationError, match="Tell the sender why"):
            decide(row, by=moderator, reason=" ")
        assert decide(row, by=moderator, reason="Because.").reason == "Because."


def test_a_correction_is_not_answered(correction, moderator):
    with pytest.raises(ValidationError, match="Only a comment is answered"):
        services.answer(correction, by=moderator, reason="Thanks.")


def test_what_is_decided_is_not_decided_again(correction, moderator):
    services.decline(correction, by=moderator, reason="It is right as it stands.")
    for decide in (
        lambda: services.accept(correction, by=moderator, why="x"),
        lambda: services.mark_spam(correction, by=moderator),
        lambda: services.take(correction, by=moderator),
    ):
        with pytest.raises(WrongState, match="already declined, by maud"):
            decide()


def test_undoing_brings_a_decision_back_to_the_one_who_undoes_it(correction, moderator):
    services.mark_spam(correction, by=moderator)
    other = make_user("milo")
    undone = services.undo(correction, by=other, reason="It is not.")
    assert (undone.status, undone.taken_by, undone.decided_by) == ("taken", other, None)
    assert actions(undone)[-1] == ("undone", "milo", "It is not.")
    with pytest.raises(WrongState):
        services.undo(correction, by=other, reason="Again.")


def test_nothing_undecided_is_undone(correction, moderator):
    with pytest.raises(WrongState, match="is new"):
        services.undo(correction, by=moderator, reason="x")


def test_mending_closes_the_correction_and_publishes_its_notice(
    correction, edition, moderator, next_edition
):
    services.accept(correction, by=moderator, why="A misnomer.")
    second = next_edition(edition)
    [notice] = services.mend([correction], edition=second, by=moderator)
    correction.refresh_from_db()
    assert (correction.status, correction.mended_in) == ("mended", second)
    assert actions(correction)[-1] == ("mended", "maud", "")
    assert notice.reference == correction.reference
    assert (notice.found_in, notice.mended_in, notice.kind) == (edition, second, "correction")
    assert (notice.before, notice.after, notice.why, notice.credit) == (
        "Confederation of Independent States",
        "Commonwealth of Independent States",
        "A misnomer.",
        "Rosa Reader",
    )
    assert list(edition.case.notices.public()) == list(second.notices.all()) == [notice]


def test_what_is_published_is_not_undone(correction, edition, moderator, next_edition):
    services.accept(correction, by=moderator)
    services.mend([correction], edition=next_edition(edition), by=moderator)
    with pytest.raises(AlreadyPublished):
        services.undo(correction, by=moderator, reason="x")


def test_no_credit_is_given_where_none_is_wanted(edition, moderator, next_edition):
    quiet, _token = services.send(edition, message="x", passage="y", name="Rosa Reader")
    services.accept(quiet, by=moderator)
    [notice] = services.mend([quiet], edition=next_edition(edition), by=moderator)
    assert notice.credit == ""


def test_mending_is_all_or_nothing(correction, edition, moderator, next_edition):
    services.accept(correction, by=moderator)
    undecided, _token = services.send(edition, message="Another.")
    second = next_edition(edition)
    with pytest.raises(WrongState):
        services.mend([correction, undecided], edition=second, by=moderator)
    correction.refresh_from_db()
    assert correction.status == "accepted"
    assert not Notice.objects.exists()


def test_a_correction_is_mended_by_a_later_edition_of_its_own_case(correction, edition, moderator):
    services.accept(correction, by=moderator)
    for wrong in (edition, make_edition()):
        with pytest.raises(WrongEdition):
            services.mend([correction], edition=wrong, by=moderator)


def test_editors_announce_what_they_found_themselves(edition, moderator, next_edition):
    second = next_edition(edition)
    notice = services.announce(second, by=moderator, before="1992", after="1993", why="A slip.")
    assert (notice.correction, notice.found_in, notice.credit) == (None, edition, "")
    assert notice.reference.startswith("N-")
    with pytest.raises(WrongEdition):
        services.announce(edition, by=moderator, why="Nothing came before.")
    with pytest.raises(ValidationError, match="says what changed"):
        services.announce(second, by=moderator, why=" ")
