"""Several cases at once: submitted or assigned after a question, and taken back."""

import re
from html import unescape

import pytest

from cases import services
from cases.models import Case
from revisions.models import AuditEvent
from tests.factories import make_case, make_user

LIST = "/admin/cases/case/"


def address_of(what, *cases):
    return f"{LIST}several/{what}/?" + "&".join(f"case={case.pk}" for case in cases)


def undo_of(answer):
    """The address of the link in the message of the page that was led to."""
    link = re.search(r'href="([^"]*several/undo/[^"]*)"', answer.content.decode())
    return unescape(link[1])


@pytest.fixture
def desk(logged_in, editor):
    return logged_in(editor)


def test_an_action_leads_to_a_page_that_asks(desk, editor):
    ready, waiting = make_case(), services.submit(make_case(), by=editor, reason="Ready.")
    chosen = {"action": "submit_several", "_selected_action": [ready.pk, waiting.pk], "index": 0}
    answer = desk.post(LIST, chosen, follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain == [(address_of("submit", ready, waiting), 302)]
    assert "<h1>Submit 1 case for review</h1>" in html
    assert "It is in review already." in html
    assert Case.objects.get(pk=ready.pk).stage == "draft"


def test_several_are_submitted_and_those_that_cannot_be_are_named(desk, editor):
    ready = [make_case(), make_case()]
    unread = make_case(title="Unread", body="It cites what is not there.[@nobody1999]")
    done = desk.post(address_of("submit", *ready, unread), {"reason": "Ready."}, follow=True)
    html = done.content.decode()
    assert "2 cases are in review." in html
    assert "“Unread”: 1 finding would stop its publication: open it." in html
    assert {c.stage for c in Case.objects.exclude(pk=unread.pk)} == {"in-review"}
    assert Case.objects.get(pk=unread.pk).stage == "draft"
    moved = AuditEvent.objects.filter(action="moved")
    assert {(e.by, e.before, e.after, e.note) for e in moved} == {
        (editor, "draft", "in-review", "Ready.")
    }
    assert moved.count() == 2


def test_a_submission_of_several_is_taken_back_after_a_question(desk, moderator):
    one, other = make_case(), make_case(title="Sent back meanwhile")
    done = desk.post(address_of("submit", one, other), {"reason": "Ready."}, follow=True)
    other.refresh_from_db()
    services.take_back(other, by=moderator, reason="Not yet.")
    undo = undo_of(done)
    html = desk.get(undo).content.decode()
    assert "Take 1 submission back" in html
    assert "It is not in review any more." in html
    assert Case.objects.get(pk=one.pk).stage == "in-review"
    html = desk.post(undo, follow=True).content.decode()
    assert "Undone for 1 case." in html
    assert "Sent back meanwhile" in html
    assert Case.objects.get(pk=one.pk).stage == "draft"
    last = AuditEvent.objects.filter(about_id=str(one.pk)).first()
    assert (last.action, last.before, last.after) == ("taken-back", "in-review", "draft")


def test_a_reason_is_asked_for_and_nothing_is_done_without(desk):
    case = make_case()
    html = desk.post(address_of("submit", case), {"reason": " "}).content.decode()
    assert "Say in a few words why" in html
    assert Case.objects.get().stage == "draft"


def test_several_are_assigned_shown_and_assigned_back(desk, editor, moderator):
    hers, nobodys = make_case(title="Hers"), make_case(title="Nobody’s")
    services.assign(hers, to=editor, by=moderator)
    lock = Case.objects.get(pk=hers.pk).lock
    done = desk.post(
        address_of("assign", hers, nobodys), {"to": moderator.pk, "reason": "Holiday."}, follow=True
    )
    assert "2 cases are assigned to maud." in done.content.decode()
    assert 'class="field-assigned_to">maud</td>' in done.content.decode()
    hers.refresh_from_db()
    assert (hers.editor, hers.lock) == (moderator, lock)
    assert moderator not in hers.contributors.all()
    event = AuditEvent.objects.filter(action="assigned", about_id=str(hers.pk)).first()
    assert (event.by, event.before, event.after, event.note) == (
        *(editor, "edith", "maud", "Holiday."),
    )
    desk.post(undo_of(done))
    assert Case.objects.get(pk=hers.pk).editor == editor
    assert Case.objects.get(pk=nobodys.pk).editor is None


def test_what_was_assigned_anew_since_is_not_assigned_back(desk, editor, moderator):
    case = make_case()
    done = desk.post(address_of("assign", case), {"to": moderator.pk}, follow=True)
    services.assign(case, to=None, by=moderator)
    html = desk.post(undo_of(done), follow=True).content.decode()
    assert "It was assigned to somebody else since." in html
    assert Case.objects.get().editor is None


def test_a_case_is_given_only_to_those_who_may_change_cases(desk, reader, moderator):
    case = make_case()
    html = desk.post(address_of("assign", case), {"to": reader.pk}).content.decode()
    assert "Select a valid choice" in html
    with pytest.raises(services.CannotAssign):
        services.assign(case, to=reader, by=moderator)
    services.assign(case, to=moderator, by=moderator)
    with pytest.raises(services.CannotAssign, match="already"):
        services.assign(case, to=moderator, by=moderator)


def test_nobody_undoes_what_another_did_or_what_was_never_done(desk, logged_in, moderator):
    case = make_case()
    done = desk.post(address_of("assign", case), {"to": moderator.pk}, follow=True)
    undo = undo_of(done)
    assert logged_in(moderator).get(undo).status_code == 403
    assert logged_in(moderator).get(undo + "x").status_code == 404
    assert logged_in(moderator).get(f"{LIST}several/undo/").status_code == 404


@pytest.mark.parametrize(
    "query", ["", "case=x", "case=0", "case=" + "9" * 40, "&".join(["case=1"] * 101)]
)
def test_an_address_that_names_no_case_or_too_many_is_not_found(desk, query):
    make_case()
    assert desk.get(f"{LIST}several/assign/?{query}").status_code == 404


def test_who_may_not_submit_is_not_offered_it(db, logged_in):
    case, user = make_case(), make_user("wim", is_staff=True)
    assert logged_in(user).get(address_of("submit", case)).status_code == 403
    assert logged_in(user).post(address_of("assign", case), {"to": ""}).status_code == 403


def test_what_was_sent_when_the_session_had_ended_comes_back_with_its_cases(desk, editor):
    case = make_case()
    page = desk.get(address_of("submit", case)).content.decode()
    assert f'<input type="hidden" name="case" value="{case.pk}">' in page
    session = desk.session
    session.set_expiry(-1)
    session.save()
    desk.post(address_of("submit", case), {"reason": "Ready at last.", "case": case.pk})
    desk.force_login(editor)
    html = desk.get(f"{LIST}several/submit/?working-copy=posted").content.decode()
    assert "Ready at last." in html
    assert case.title in html
