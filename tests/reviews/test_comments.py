"""Threads about paragraphs: found again when the text moves, said to be gone when it is."""

import pytest
from django.core.exceptions import ValidationError

from cases import services as cases
from cases.rendering import render_case
from desk import services
from reviews import comments
from reviews.comments import WrongThreadState, paragraphs_of, placed
from reviews.models import Comment, Thread
from revisions.append_only import Immutable
from revisions.models import AuditEvent
from tests.factories import make_case, publish_case

ONE = "The talks began in spring, and they were held in Moscow and in Tehran."
TWO = "A ceasefire was signed by both of the parties before the autumn was over."


@pytest.fixture
def case(editor):
    return make_case(by=editor, body=f"{ONE}\n\n{TWO}")


def about(case, number):
    return paragraphs_of(render_case(case).html)[number - 1]


def where(thread, body, case):
    case.body = body
    return placed([thread], render_case(case).html)[0]


def test_a_paragraph_is_found_where_it_has_moved_to(case, moderator):
    thread = comments.comment(case, by=moderator, text="Says who?", about=about(case, 2))
    assert (thread.place, thread.paragraph, thread.stood_at) == ("p2", TWO, 2)
    found = where(thread, f"Words.\n\nMore.\n\n{TWO}\n\n{ONE}", case)
    assert (found.now_at, found.is_changed, found.is_gone) == ("p3", False, False)


def test_a_paragraph_that_was_changed_is_found_and_said_to_be_changed(case, moderator):
    thread = comments.comment(case, by=moderator, text="Says who?", about=about(case, 2))
    found = where(thread, f"{ONE}\n\n{TWO.replace('autumn', 'winter')}", case)
    assert (found.now_at, found.is_changed) == ("p2", True)


def test_a_paragraph_that_is_gone_is_said_to_be_gone(case, moderator):
    thread = comments.comment(case, by=moderator, text="Says who?", about=about(case, 2))
    found = where(thread, ONE, case)
    assert (found.is_gone, found.thread.stood_at) == (True, 2)


def test_of_two_paragraphs_of_the_same_words_the_one_at_its_place_is_meant(case, moderator):
    thread = comments.comment(case, by=moderator, text="Says who?", about=about(case, 2))
    assert where(thread, f"{TWO}\n\n{TWO}\n\n{TWO}", case).now_at == "p2"


def test_a_thread_is_answered_resolved_and_opened_again(case, editor, moderator):
    thread = comments.comment(case, by=moderator, text="Who reads this first?")
    assert placed([thread], "")[0].is_about_all
    comments.reply(thread, by=editor, text="You do.")
    thread = comments.resolve(thread, by=editor)
    with pytest.raises(WrongThreadState, match="edith"):
        comments.resolve(thread, by=moderator)
    thread = comments.reopen(thread, by=moderator)
    with pytest.raises(WrongThreadState):
        comments.reopen(thread, by=moderator)
    actions = AuditEvent.objects.exclude(action="created").values_list("action", "by__username")
    assert list(actions) == [
        ("reopened", "maud"),
        ("resolved", "edith"),
        ("commented", "edith"),
        ("commented", "maud"),
    ]


def test_an_empty_comment_is_refused_and_leaves_no_thread(case, moderator):
    with pytest.raises(ValidationError):
        comments.comment(case, by=moderator, text=" \n ")
    assert not Thread.objects.exists()


def test_nothing_that_was_said_is_changed(case, moderator):
    comments.comment(case, by=moderator, text="Says who?")
    with pytest.raises(Immutable):
        Comment.objects.update(text="Never mind.")


def test_a_case_goes_back_with_what_was_said_of_its_paragraphs(case, editor, moderator):
    case = cases.submit(case, by=editor, reason="Ready.")
    thread = comments.comment(case, by=moderator, text="Say where.", about=about(case, 1))
    threads = Thread.objects.of(case)
    sent = services.send_back(case, by=moderator, reason="Nearly.", comments=threads)
    beginning = "The talks began in spring, and they were"
    assert sent.stage_reason == f"Nearly.\n\n“{beginning} …”: Say where."
    assert Thread.objects.get() == thread


def test_a_thread_is_kept_with_the_edition_that_it_was_for(case, editor, moderator):
    comments.comment(case, by=moderator, text="First.")
    publish_case(case, by=moderator)
    case.refresh_from_db()
    comments.comment(case, by=moderator, text="Second.")
    assert [thread.file.number for thread in Thread.objects.of(case)] == [1, 2]
