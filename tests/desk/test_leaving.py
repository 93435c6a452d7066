"""Somebody who leaves: drafts and claims go to a colleague; nobody's own work becomes two's."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cases import services as cases
from cases.models import Case
from corrections import services as corrections
from desk import leaving, services
from editions.services import OwnWork
from reviews import claims
from reviews.models import ReviewFile
from revisions.models import AuditEvent
from tests.conftest import _member
from tests.factories import PASSWORD, make_case, make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def emil(editor):
    """Another editor."""
    return _member("emil", "Editors")


@pytest.fixture
def mona(moderator):
    """Another moderator."""
    return _member("mona", "Moderators")


@pytest.fixture
def leave(logged_in, administrator):
    """`leave(person, **data)` is the administrator's answer."""

    def post(person, **data):
        return logged_in(administrator).post(f"/admin/auth/user/{person.pk}/leaving/", data)

    return post


def claimed(by):
    sent, _token = corrections.send(make_edition(), message="The year is wrong.")
    return corrections.take(sent, by=by)


def test_drafts_go_to_a_colleague_and_stay_in_the_name_of_who_wrote_them(
    leave, logged_in, administrator, editor, emil
):
    case = make_case(by=editor, title="Ending a war in a valley")
    there = Client()
    there.post("/admin/login/", {"username": editor.username, "password": PASSWORD})
    page = logged_in(administrator).get(f"/admin/auth/user/{editor.pk}/leaving/").content.decode()
    assert "Ending a war in a valley" in page
    assert leave(editor, to=emil.pk).status_code == 302
    case.refresh_from_db()
    assert list(case.contributors.all()) == [editor]
    assert list(Case.objects.of(emil)) == [case] and not Case.objects.held_by(editor)
    assert case.title in logged_in(emil).get("/admin/").content.decode()
    editor.refresh_from_db()
    assert not editor.is_active and there.get("/admin/").status_code == 302
    about = AuditEvent.objects.filter(action="handed-over", about_type__model="user").get()
    assert about.by == administrator and about.after == "emil" and case.title in about.note
    assert AuditEvent.objects.filter(action="assigned", about_type__model="case").exists()


def test_claims_go_to_a_colleague_who_may_decide(leave, administrator, moderator, mona, emil):
    correction = claimed(moderator)
    refused = leave(moderator, to=emil.pk).content.decode()
    assert "cannot take these over" in refused
    assert User.objects.get(pk=moderator.pk).is_active
    leave(moderator, to=mona.pk)
    correction.refresh_from_db()
    assert (correction.taken_by, correction.status) == (mona, "taken")
    note = correction.events.last().note
    assert moderator.username in note and administrator.username in note


def test_a_review_that_was_claimed_goes_to_a_colleague(leave, editor, moderator, mona):
    case = cases.submit(make_case(by=editor), by=editor, reason="Ready.")
    claims.claim(case, by=moderator)
    leave(moderator, to=mona.pk)
    assert ReviewFile.objects.get(case=case).holder == mona


def test_taking_over_makes_nobody_a_second_pair_of_eyes(leave, editor, moderator, mona):
    """A moderator's own draft, handed over, and back."""
    case = cases.submit(make_case(by=moderator), by=moderator, reason="Ready.")
    leave(moderator, to=mona.pk)
    User.objects.filter(pk=moderator.pk).update(is_active=True)
    with pytest.raises(OwnWork):
        services.publish(case, by=User.objects.get(pk=moderator.pk))
    changed = cases.change_case(case, by=mona, reason="A comma.", standfirst="Shorter now.")
    assert set(changed.contributors.all()) == {moderator, mona}
    services.publish(Case.objects.get(pk=case.pk), by=mona)  # two have written it


def test_what_one_wrote_alone_stays_one_s_own_work_when_a_draft_is_handed_over_to_one(
    leave, editor, moderator
):
    own = cases.submit(make_case(by=moderator), by=moderator, reason="Ready.")
    make_case(by=editor)
    leave(editor, to=moderator.pk)
    with pytest.raises(OwnWork):
        services.publish(own, by=moderator)


def test_what_was_taken_over_is_handed_on(leave, editor, emil, moderator):
    case = make_case(by=editor)
    leave(editor, to=emil.pk)
    leave(emil, to=moderator.pk)
    assert list(Case.objects.held_by(moderator)) == [case]
    assert not Case.objects.held_by(emil) and not Case.objects.held_by(editor)


def test_who_took_a_draft_over_may_discard_it_and_others_may_not(
    leave, logged_in, editor, emil, moderator
):
    case = make_case(by=editor)
    address = f"/admin/cases/case/{case.pk}/delete/"
    assert logged_in(emil).get(address).status_code == 403
    leave(editor, to=emil.pk)
    assert logged_in(emil).get(address).status_code == 200
    assert logged_in(moderator).get(address).status_code == 403


@pytest.mark.parametrize(
    "data", [{}, {"to": "999999"}, {"to": "x"}, {"left_behind": "on", "to": 0}]
)
def test_without_a_choice_nothing_is_done(leave, editor, emil, data):
    make_case(by=editor)
    if data.get("to") == 0:
        data = data | {"to": emil.pk}
    answer = leave(editor, **data)
    assert answer.status_code == 200 and "That did not work" in answer.content.decode()
    assert User.objects.get(pk=editor.pk).is_active


def test_nobody_may_take_over_where_that_is_said(leave, editor):
    case = make_case(by=editor)
    leave(editor, left_behind="on")
    assert not User.objects.get(pk=editor.pk).is_active
    assert list(Case.objects.held_by(editor)) == [case]
    assert AuditEvent.objects.get(action="handed-over").after == "left behind"


def test_who_holds_nothing_leaves_by_one_press(leave, reader, administrator):
    leave(reader)
    assert not User.objects.get(pk=reader.pk).is_active


def test_nobody_closes_their_own_account(leave, logged_in, administrator):
    assert "Nobody closes their own" in leave(administrator).content.decode()
    data = {"username": "ada", "email": "ada@example.org", "role": "administrator"}
    address = f"/admin/auth/user/{administrator.pk}/change/"
    for over in ({}, {"is_active": "on", "role": "Editors"}):
        answer = logged_in(administrator).post(address, data | over)
        assert "Nobody closes their own" in answer.content.decode()
    ada = User.objects.get(pk=administrator.pk)
    assert ada.is_active and ada.is_superuser


def test_closing_an_account_in_its_form_says_what_would_be_stranded(
    logged_in, administrator, editor
):
    case = make_case(by=editor, title="Ending a war in a valley")
    address = f"/admin/auth/user/{editor.pk}/change/"
    data = {"username": "edith", "email": "e@example.org", "role": "Editors"}
    answer = logged_in(administrator).post(address, data).content.decode()
    assert "would be stranded" in answer and case.title in answer
    assert User.objects.get(pk=editor.pk).is_active


def test_only_administrators_do_it(logged_in, moderator, editor):
    answer = logged_in(moderator).post(f"/admin/auth/user/{editor.pk}/leaving/")
    assert answer.status_code == 403


def test_somebody_who_is_closed_takes_nothing_over(administrator, editor, emil):
    make_case(by=editor)
    User.objects.filter(pk=emil.pk).update(is_active=False)
    with pytest.raises(leaving.NotPossible):
        leaving.hand_over(editor, by=administrator, to=emil)
    assert User.objects.get(pk=editor.pk).is_active
