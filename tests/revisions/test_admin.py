"""Somebody else saved while the form was open: nothing is overwritten, nothing typed is lost."""

import pytest

from cases import services
from cases.models import Case
from tests.cases.admin_forms import change_url, form_of, sent_again
from tests.factories import make_case, make_organisation, make_user


@pytest.fixture
def case(editor):
    return services.change_case(
        make_case(),
        by=editor,
        reason="With a body.",
        organisations=[make_organisation("First Body")],
    )


@pytest.fixture
def stale(case):
    """The form as it was opened before the other save."""
    other = make_user("otto", first_name="Otto", last_name="Other")
    data = form_of(case, body="My own careful text.")
    services.change_case(
        case,
        by=other,
        reason="The ceasefire came first.",
        standfirst="A wholly other standfirst about the ceasefire of the spring.",
        body="What somebody else wrote there.",
        organisations=[make_organisation("Second Body")],
    )
    return data


def test_the_save_is_refused_and_says_who_when_and_why(logged_in, editor, case, stale):
    page = logged_in(editor).post(change_url(case), stale).content.decode()
    assert "Otto Other" in page
    assert "The ceasefire came first." in page
    assert "wholly other standfirst" in page
    case.refresh_from_db()
    assert case.body != "My own careful text."


def test_nothing_that_was_typed_is_lost_rows_included(logged_in, editor, case, stale):
    third = make_organisation("Third Body")
    stale |= {"participations-TOTAL_FORMS": 2, "participations-1-organisation": third.pk}
    page = logged_in(editor).post(change_url(case), stale).content.decode()
    assert "My own careful text." in page
    assert "First Body" in page
    assert "Third Body" in page


def test_a_second_knowing_save_goes_through(logged_in, editor, case, stale):
    client = logged_in(editor)
    answer = client.post(change_url(case), stale)
    again = sent_again(answer)
    assert again["lock"] == str(Case.objects.get(pk=case.pk).lock)
    assert client.post(change_url(case), again).status_code == 302
    case.refresh_from_db()
    assert case.body == "My own careful text."
    assert {o.name for o in case.organisation_list} == {"Second Body"}


@pytest.mark.parametrize("lock", ["", "abc", "-1", "0", "99", "9" * 5000, "1\x00", "²"])
def test_a_wrong_lock_is_a_refusal_and_never_an_error(logged_in, editor, case, lock):
    answer = logged_in(editor).post(change_url(case), form_of(case, lock=lock, title="Mine"))
    assert answer.status_code == 200
    assert 'value="Mine"' in answer.content.decode()
    assert Case.objects.get(pk=case.pk).title != "Mine"
