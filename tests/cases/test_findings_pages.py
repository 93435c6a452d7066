"""What the buttons beside findings do, without a script: nothing typed is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Dismissal
from cases.proofreading import proofread
from revisions.models import WorkingCopy
from tests.cases.admin_forms import change_url, form_of
from tests.factories import make_case, make_source, make_user

BODY = "They left the the town.[@author, p. 3]"


@pytest.fixture
def case(db):
    make_source("author")
    return make_case(body=BODY)


def url(case):
    return f"/admin/cases/case/{case.pk}/findings/"


def name_of(case, code="doubled-word", **typed):
    for field, value in typed.items():
        setattr(case, field, value)
    return next(one.name for one in proofread(case, hints=True) if one.code == code)


def test_one_press_mends_what_was_typed_and_keeps_the_rest(logged_in, editor, case):
    client, typed = logged_in(editor), f"Typed just now.[@author, p. 1]\r\n\r\n{BODY}"
    name = name_of(case, body=typed.replace("\r\n", "\n"))
    sent = form_of(case, title="Typed too", body=typed, _mend=name)
    answer = client.post(url(case), sent, follow=True)
    html = answer.content.decode()
    assert "They left the town.[@author, p. 3]" in html
    assert "Typed just now." in html and "Typed too" in html
    assert "Mended: “the the” is “the” now." in html
    assert Case.objects.get().body == BODY
    assert WorkingCopy.objects.filter(address=change_url(case)).count() == 1


def test_a_mending_that_is_not_there_any_more_changes_nothing(logged_in, editor, case):
    sent = form_of(case, body="They left town.[@author, p. 3]", _mend=name_of(case))
    html = logged_in(editor).post(url(case), sent, follow=True).content.decode()
    assert "nothing was mended" in html and "They left town." in html


def test_a_finding_is_dismissed_in_two_steps_and_shown_with_its_word(logged_in, editor, case):
    client, name = logged_in(editor), name_of(case)
    asked = client.post(url(case), form_of(case, title="Typed too", _dismiss=name))
    assert "Why may it stand?" in asked.content.decode()
    refused = client.post(url(case), {"_dismiss": name, "word": " "}).content.decode()
    assert "Nothing was done." in refused and not Dismissal.objects.exists()
    sent = {"_dismiss": name, "word": "A quotation."}
    html = client.post(url(case), sent, follow=True).content.decode()
    assert "Typed too" in html  # it was kept meanwhile
    assert "let it stand on" in html and "“A quotation.”" in html
    assert Dismissal.objects.get().by == editor


def test_a_dismissed_finding_is_taken_up_again(logged_in, editor, case):
    client = logged_in(editor)
    client.post(url(case), {"_dismiss": name_of(case), "word": "A quotation."})
    row = Dismissal.objects.get()
    html = client.post(url(case), {"_take_up": row.pk}, follow=True).content.decode()
    assert "let it stand on" not in html
    assert "“the” stands twice." in html
    assert client.post(url(case), {"_take_up": "x"}).status_code == 404


def test_a_script_is_answered_in_json(logged_in, editor, case):
    client, sent = logged_in(editor), {"_dismiss": name_of(case), "_script": "1"}
    assert client.post(url(case), sent).json()["refused"]
    assert client.post(url(case), sent | {"word": "So."}).json() == {"refused": ""}
    again = client.post(url(case), sent | {"word": "So."})
    assert again.status_code == 409 and "already" in again.json()["refused"]


def test_an_error_is_not_dismissed(logged_in, editor, case):
    name = name_of(case, code="unknown-key", body="They met.[@nobody1999]")
    sent = form_of(case, body="They met.[@nobody1999]", _dismiss=name, word="So.", _script="1")
    assert logged_in(editor).post(url(case), sent).status_code == 409
    assert not Dismissal.objects.exists()


def test_hints_are_shown_to_whoever_asks(logged_in, editor):
    case = make_case(conflict=None)
    client = logged_in(editor)
    assert "The conflict is missing" not in client.get(change_url(case)).content.decode()
    html = client.post(url(case), form_of(case, _hints="1"), follow=True).content.decode()
    assert "The conflict is missing" in html
    found = client.post(f"/admin/cases/case/{case.pk}/preview/", form_of(case, _only="findings"))
    assert "The conflict is missing" not in found.content.decode()


@pytest.mark.parametrize("sent", [{}, {"_mend": "\x00"}, {"_dismiss": "a:b"}, {"_hints": "&x=1"}])
def test_odd_requests_do_nothing(logged_in, editor, case, sent):
    assert logged_in(editor).post(url(case), sent).status_code == 302
    assert not Dismissal.objects.exists()


def test_only_those_who_may_change_the_case_do_any_of_it(logged_in, client, case):
    outsider = logged_in(make_user("nina", is_staff=True))
    assert outsider.post(url(case), {"_dismiss": "x", "word": "y"}).status_code == 403


def test_the_preview_in_a_page_of_its_own_has_no_buttons(logged_in, editor, case):
    html = (
        logged_in(editor)
        .post(f"/admin/cases/case/{case.pk}/preview/", form_of(case))
        .content.decode()
    )
    assert "stands twice" in html and "_mend" not in html


def test_proofreading_while_one_types_asks_as_much_for_one_finding_as_for_twenty(
    logged_in, editor, case
):
    client, counted = logged_in(editor), []
    address = f"/admin/cases/case/{case.pk}/preview/"
    for times in (1, 1, 20):
        sent = form_of(case, body="\n\n".join([BODY] * times), _only="findings")
        with CaptureQueriesContext(connection) as queries:
            client.post(address, sent)
        counted.append(len(queries))
    assert counted[1:] == [42, 42]
