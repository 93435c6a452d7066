"""The corrections desk: the queue, and deciding about one correction."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from corrections import asking, services
from corrections.models import Correction
from corrections.references import new_reference
from outbox.models import OutgoingMail
from tests.factories import make_edition, make_user, publish_case


def text_of(response):
    return response.content.decode()


@pytest.fixture
def sent(db):
    """`sent(**over)` is a new correction; all are about one edition unless `edition` is given."""
    edition = make_edition()

    def send(**over):
        over.setdefault("edition", edition)
        over.setdefault("message", "The year is wrong.")
        return services.send(over.pop("edition"), **over)[0]

    return send


@pytest.fixture
def milo(moderator):
    """Another moderator."""
    user = make_user("milo", is_staff=True)
    user.groups.set(moderator.groups.all())
    return user


def address(correction, show=""):
    return f"/admin/corrections-desk/{correction.reference}/" + (f"?show={show}" if show else "")


def test_the_queue_has_the_oldest_first_and_counts_every_drawer(
    logged_in, moderator, milo, sent, page
):
    new, taken, others, accepted, declined, spam = (sent(message=f"Slip {n}.") for n in range(6))
    services.take(taken, by=moderator)
    services.take(others, by=milo)
    services.accept(accepted, by=moderator, why="A slip.")
    services.decline(declined, by=moderator, reason="It is so.")
    services.mark_spam(spam, by=moderator)
    client = logged_in(moderator)
    html = text_of(client.get(page("corrections_desk")))
    assert html.index(new.reference) < html.index(taken.reference) < html.index(others.reference)
    assert declined.reference not in html
    for name, count, holds in (
        ("open", 3, new),
        ("mine", 1, taken),
        ("accepted", 1, accepted),
        ("decided", 1, declined),
        ("spam", 1, spam),
    ):
        html = text_of(client.get(page("corrections_desk"), {"show": name}))
        current = html.split('aria-current="page"')[-1]
        assert current.startswith(f"><strong>{count}</strong>")
        assert holds.reference in html


@pytest.mark.parametrize("show", ["", "nonsense", "\0", "<script>", "open"])
def test_whatever_drawer_is_asked_for_the_queue_answers(logged_in, moderator, sent, page, show):
    correction = sent()
    response = logged_in(moderator).get(page("corrections_desk"), {"show": show, "p": show})
    assert correction.reference in text_of(response)


def test_the_queue_takes_the_same_queries_for_one_correction_and_for_twenty(
    logged_in, moderator, sent, page, django_assert_num_queries
):
    client = logged_in(moderator)
    services.take(sent(), by=moderator)
    client.get(page("corrections_desk"))
    with django_assert_num_queries(7):
        client.get(page("corrections_desk"))
    for _ in range(19):
        services.take(sent(edition=make_edition()), by=moderator)
    with django_assert_num_queries(7):
        client.get(page("corrections_desk"))


def test_a_correction_shows_its_passage_in_the_text_of_its_edition(logged_in, moderator, sent):
    correction = sent(passage="began in spring")
    html = text_of(logged_in(moderator).get(address(correction)))
    assert "The talks <mark>began in spring</mark>" in html


def test_a_passage_that_is_not_found_is_shown_as_sent(logged_in, moderator, sent):
    correction = sent(passage="words from elsewhere")
    html = text_of(logged_in(moderator).get(address(correction)))
    assert "<mark>words from elsewhere</mark>" in html
    assert "were not found in that edition" in html


def test_a_correction_shows_its_sender_and_its_events(logged_in, moderator, sent):
    correction = sent(name="Rosa Reader", email="rosa@example.org", credit_wanted=True)
    services.take(correction, by=moderator)
    html = text_of(logged_in(moderator).get(address(correction)))
    assert "Rosa Reader" in html
    assert "mailto:rosa@example.org" in html
    assert "Wants to be named" in html
    assert "taken, maud" in html


def test_evidence_gives_links_to_the_web_and_to_nothing_else(logged_in, moderator, sent):
    correction = sent(
        evidence='javascript:alert(1) https://example.org/a?b=1&c=2 <a href="//evil.test">x</a>',
        message="<script>alert(1)</script>",
        name='"><img src=x>',
    )
    html = text_of(logged_in(moderator).get(address(correction)))
    assert 'href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer nofollow"' in html
    assert 'href="javascript:' not in html
    assert 'href="//evil' not in html
    assert "<script>alert" not in html
    assert "<img" not in html


def test_the_notice_is_drafted_from_what_was_sent(logged_in, moderator, sent):
    correction = sent(passage="spring", suggestion="autumn")
    html = text_of(logged_in(moderator).get(address(correction)))
    assert "spring</textarea>" in html
    assert "autumn</textarea>" in html


def test_accepting_goes_on_to_the_next_in_the_queue(logged_in, moderator, sent):
    first, second = sent(passage="spring"), sent()
    typed = {"action": "accept", "reason": "Thank you.", "before": "a", "after": "b", "why": "c"}
    response = logged_in(moderator).post(address(first, "open"), typed)
    assert response["Location"] == address(second, "open")
    first.refresh_from_db()
    assert (first.status, first.reason) == ("accepted", "Thank you.")
    assert (first.notice_before, first.notice_after, first.notice_why) == ("a", "b", "c")


def test_after_the_last_one_the_queue_is_shown(logged_in, moderator, sent, page):
    response = logged_in(moderator).post(address(sent(), "open"), {"action": "spam"})
    assert response["Location"] == page("corrections_desk") + "?show=open"


def test_forty_corrections_are_worked_through_one_after_the_other(logged_in, moderator, milo, sent):
    todo = [sent(message=f"Slip {n}.") for n in range(40)]
    services.take(todo[5], by=milo)
    client = logged_in(moderator)
    here, seen = address(todo[0], "open"), []
    while "/C-" in here:
        seen.append(here)
        here = client.post(here, {"action": "decline", "reason": "It is so."})["Location"]
    assert seen == [address(c, "open") for n, c in enumerate(todo) if n != 5]
    assert Correction.objects.open().get() == todo[5]


def test_taking_stays_with_the_correction_and_keeps_what_was_typed(logged_in, moderator, sent):
    correction = sent()
    typed = {"action": "take", "reason": "A half-written answer"}
    html = text_of(logged_in(moderator).post(address(correction), typed))
    assert "You look after" in html
    assert "A half-written answer</textarea>" in html
    assert 'value="take"' not in html
    correction.refresh_from_db()
    assert correction.taken_by == moderator


@pytest.mark.parametrize("action", ["decline", "answer"])
def test_an_answer_is_required_and_nothing_typed_is_lost(logged_in, moderator, sent, action):
    correction = sent(kind="comment")
    typed = {"action": action, "reason": " ", "before": "Half a notice", "after": "", "why": ""}
    html = text_of(logged_in(moderator).post(address(correction), typed))
    assert "Tell the sender why" in html
    assert "Half a notice" in html
    assert "<title>Error:" in html
    correction.refresh_from_db()
    assert correction.status == "new"


def test_accepting_asks_for_a_notice(logged_in, moderator, sent):
    correction = sent()
    html = text_of(logged_in(moderator).post(address(correction), {"action": "accept"}))
    assert "Draft the public notice" in html
    correction.refresh_from_db()
    assert correction.status == "new"


def test_a_comment_is_answered(logged_in, moderator, sent):
    comment = sent(kind="comment", email="rosa@example.org")
    client = logged_in(moderator)
    assert 'value="answer"' in text_of(client.get(address(comment)))
    client.post(address(comment), {"action": "answer", "reason": "We agree."})
    comment.refresh_from_db()
    assert comment.status == "answered"


def test_a_correction_is_not_answered_but_decided(logged_in, moderator, sent):
    correction = sent()
    client = logged_in(moderator)
    assert 'value="answer"' not in text_of(client.get(address(correction)))
    typed = {"action": "answer", "reason": "We agree."}
    html = text_of(client.post(address(correction), typed))
    assert "Only a comment is answered" in html
    assert "We agree." in html
    correction.refresh_from_db()
    assert correction.status == "new"


def test_the_second_of_two_moderators_sees_what_the_first_decided(logged_in, moderator, milo, sent):
    correction = sent()
    services.decline(correction, by=milo, reason="The year is right.")
    typed = {"action": "accept", "reason": "You are right, thank you.", "why": "A slip."}
    html = text_of(logged_in(moderator).post(address(correction), typed))
    assert f"{correction.reference} is already declined, by milo." in html
    assert "The year is right." in html
    assert "You are right, thank you." in html
    assert 'value="accept"' not in html
    assert 'value="undo"' in html
    correction.refresh_from_db()
    assert (correction.status, correction.decided_by) == ("declined", milo)


def test_taking_what_another_has_taken_says_by_whom(logged_in, moderator, milo, sent):
    correction = sent()
    services.take(correction, by=milo)
    html = text_of(logged_in(moderator).post(address(correction), {"action": "take"}))
    assert "is already taken, by milo." in html
    correction.refresh_from_db()
    assert correction.taken_by == milo


def test_a_decision_is_undone_with_a_reason_and_its_draft_is_kept(logged_in, moderator, sent):
    correction = services.accept(sent(), by=moderator, why="A slip of the pen.")
    client = logged_in(moderator)
    assert "Say why" in text_of(client.post(address(correction), {"action": "undo"}))
    response = client.post(address(correction), {"action": "undo", "reason": "Too fast."})
    assert response["Location"] == address(correction, "open")
    html = text_of(client.get(address(correction)))
    assert "A slip of the pen.</textarea>" in html
    assert "Too fast." in html
    correction.refresh_from_db()
    assert correction.status == "taken"


def test_what_is_published_is_not_undone(logged_in, moderator, sent):
    correction = services.accept(sent(), by=moderator, why="A slip.")
    edition = publish_case(correction.edition.case, kind="correction", change_note="Mended.")
    services.mend([correction], edition=edition, by=moderator)
    client = logged_in(moderator)
    html = text_of(client.get(address(correction)))
    assert 'value="undo"' not in html
    assert f"/corrections/{correction.reference}/" in html
    html = text_of(client.post(address(correction), {"action": "undo", "reason": "No."}))
    assert "its notice is public" in html
    correction.refresh_from_db()
    assert correction.status == "mended"


def test_an_accepted_one_leads_to_the_case_and_to_its_review(logged_in, moderator, sent, page):
    correction = services.accept(sent(), by=moderator, why="A slip.")
    html = text_of(logged_in(moderator).get(address(correction)))
    case = correction.edition.case
    assert page("cases_case_change", case.pk) in html
    assert page("review", case.pk) in html


def test_the_other_open_ones_of_the_case_are_named(logged_in, moderator, sent):
    correction, other, elsewhere = sent(), sent(), sent(edition=make_edition())
    html = text_of(logged_in(moderator).get(address(correction)))
    others = html.partition("Others to decide about the same case:")[2].partition("</p>")[0]
    assert other.reference in others
    assert elsewhere.reference not in others


@pytest.mark.parametrize("action", ["", "nonsense", "delete", "\0"])
def test_an_unknown_action_does_nothing(logged_in, moderator, sent, action):
    correction = sent()
    response = logged_in(moderator).post(address(correction), {"action": action, "reason": "x"})
    assert response.status_code == 200
    correction.refresh_from_db()
    assert correction.status == "new"


@pytest.mark.parametrize("field", ["reason", "before", "after", "why"])
def test_hostile_words_are_refused_or_kept_as_words(logged_in, moderator, sent, field):
    correction = sent()
    typed = {"action": "decline", "reason": "So.", field: "a\0b"}
    html = text_of(logged_in(moderator).post(address(correction), typed))
    assert "Null characters are not allowed" in html
    typed = {"action": "decline", "reason": "So.", field: "x" * 5001}
    assert "at most 5000" in text_of(logged_in(moderator).post(address(correction), typed))
    correction.refresh_from_db()
    assert correction.status == "new"


def test_a_correction_that_is_not_there_is_not_found(logged_in, moderator):
    for reference in ("C-0000-000", "x", "%00", "..%2f"):
        assert logged_in(moderator).get(f"/admin/corrections-desk/{reference}/").status_code == 404


def test_spam_is_answered_by_nothing(logged_in, moderator, sent):
    correction = sent(email="rosa@example.org")
    receipts = OutgoingMail.objects.count()
    logged_in(moderator).post(address(correction), {"action": "spam"})
    assert OutgoingMail.objects.count() == receipts


def test_the_sender_is_asked_and_the_answer_stands_in_the_thread(logged_in, moderator, sent):
    correction = sent(email="rosa@example.org")
    client = logged_in(moderator)
    drafted = {"before": "", "after": "", "why": ""}
    asked = {"action": "ask", "question": "Which page?", **drafted}
    assert client.post(address(correction), asked)["Location"].endswith("#thread-heading")
    html = text_of(client.get(address(correction)))
    assert "Which page?" in html and "by mail and on the status page" in html
    assert "waiting for the sender" in html
    queue = text_of(client.get("/admin/corrections-desk/?show=waiting"))
    assert correction.reference in queue and "<strong>1</strong> Waiting for the sender" in queue
    assert "waiting for the sender" in text_of(client.get("/admin/"))
    asking.reply(correction, text="Page <3>.")
    html = text_of(client.get(address(correction)))
    assert "Page &lt;3&gt;." in html and "answered by the sender" in html
    assert correction.reference in text_of(client.get("/admin/corrections-desk/?show=replied"))


def test_to_ask_needs_words_and_loses_no_half_written_decision(logged_in, moderator, sent):
    correction = sent()
    client = logged_in(moderator)
    half = {"action": "ask", "question": " ", "reason": "Half an answer", "why": "Half a reason"}
    html = text_of(client.post(address(correction), half))
    assert "Type what you would like to know." in html and "Half an answer</textarea>" in html
    html = text_of(client.post(address(correction), half | {"question": "Which page?"}))
    assert "Half an answer</textarea>" in html and "Half a reason</textarea>" in html
    assert "on the status page only" in html and "left no address" in html
    assert correction.messages.get().text == "Which page?"


def test_doubles_are_grouped_and_joined_and_told_apart_again(logged_in, moderator, sent, page):
    first = sent(passage="The talks began in spring")
    double = sent(passage="talks began in spring", message="So wrong.")
    other = sent(passage="They ended well", message="Else.")
    client = logged_in(moderator)
    html = text_of(client.get(page("corrections_desk")))
    assert "2 about the same in" in html and html.count("about the same in") == 1
    html = text_of(client.get(address(double)))
    same = html.partition("About the same, and still to decide:")[2].partition("</p>")[0]
    assert first.reference in same and other.reference not in same
    assert "Choose the one" in text_of(client.post(address(double), {"action": "join"}))
    client.post(address(double), {"action": "join", "into": first.reference})
    double.refresh_from_db()
    assert (double.status, double.joined_to) == ("joined", first)
    assert double.reference in text_of(client.get(address(first)))
    client.post(address(double), {"action": "undo", "reason": "Not the same."})
    double.refresh_from_db()
    assert double.status == "taken"
    for hostile in ("C-0000-000", "\0", "x" * 500, double.reference):
        typed = {"action": "join", "into": hostile}
        assert client.post(address(double), typed).status_code == 200
    double.refresh_from_db()
    assert double.status == "taken"


def test_what_a_colleague_looks_after_is_taken_over_in_one_step(logged_in, moderator, milo, sent):
    correction = services.take(sent(), by=milo)
    client = logged_in(moderator)
    html = text_of(client.get(address(correction)))
    assert "Take it over from milo" in html
    client.post(address(correction), {"action": "take_over", "held_by": milo.pk})
    correction.refresh_from_db()
    assert correction.taken_by == moderator
    html = text_of(
        logged_in(milo).post(address(correction), {"action": "take_over", "held_by": milo.pk})
    )
    assert "maud looks after" in html or "milo looks after" in html
    logged_in(moderator).post(address(correction), {"action": "release"})
    correction.refresh_from_db()
    assert correction.status == "new"


def test_what_is_undecided_for_long_is_raised(logged_in, moderator, milo, sent, page, settings):
    settings.CORRECTION_DAYS = 0
    correction = services.take(sent(), by=milo)
    Correction.objects.update(taken_at=timezone.now() - timedelta(days=30))
    client = logged_in(moderator)
    dashboard = text_of(client.get("/admin/"))
    assert "<strong>1</strong> overdue" in dashboard and correction.reference in dashboard
    html = text_of(client.get(page("corrections_desk"), {"show": "overdue"}))
    assert correction.reference in html and "free again" in html


def test_ten_thousand_corrections_are_listed_in_bounded_queries(
    logged_in, moderator, sent, page, django_assert_max_num_queries
):
    edition = sent().edition
    Correction.objects.bulk_create(
        Correction(
            reference=new_reference(),
            edition=edition,
            message=f"Slip {n} of many, all of them much alike.",
            passage=f"The talks began in spring {n}",
            form_token=f"{n:064}",
            status_digest=f"{n:064}",
        )
        for n in range(10_000)
    )
    client = logged_in(moderator)
    client.get(page("corrections_desk"))
    for asked in ("/admin/corrections-desk/", "/admin/corrections-desk/?p=150", "/admin/"):
        with django_assert_max_num_queries(40):
            began = time.perf_counter()
            assert client.get(asked).status_code == 200
            assert time.perf_counter() - began < 10
    with django_assert_max_num_queries(20):
        assert client.get(address(Correction.objects.first())).status_code == 200
    with django_assert_max_num_queries(3):
        assert "10001" in text_of(client.get("/corrections/figures/"))
