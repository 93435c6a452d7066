"""Several at once, on connections of their own: nobody's work is lost, nobody meets a deadlock."""

import threading
from functools import partial

import pytest

from cases import services as cases
from cases.models import Case
from cases.services import StaleLock
from desk import services as desk
from editions.models import Edition
from organisations import services as organisations
from tests.corrections.test_races import at_once
from tests.factories import make_case, make_edition, make_organisation, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]


def submitted(case, editor):
    case = cases.change_case(case, by=editor, reason="News.", standfirst="New.")
    return cases.submit(case, by=editor, reason="Ready.")


def test_of_two_publications_at_once_exactly_one_is_an_edition():
    case = cases.submit(make_case(), by=make_user("edith"), reason="Ready.")
    maud, milo = make_user("maud"), make_user("milo")
    outcomes = at_once(
        lambda: desk.publish(case, by=maud),
        lambda: desk.publish(case, by=milo),
    )
    assert [type(outcome) for outcome in outcomes].count(Edition) == 1, outcomes
    assert Edition.objects.count() == 1


def test_neighbouring_cases_are_published_at_once():
    editor = make_user("edith")
    editions = [make_edition() for _ in range(3)]
    ready = [submitted(Case.objects.get(pk=e.case_id), editor) for e in editions]
    moderator = make_user("maud")
    outcomes = at_once(
        *[partial(desk.publish, c, by=moderator, kind="update", change_note="N.") for c in ready]
    )
    assert all(isinstance(outcome, Edition) for outcome in outcomes), outcomes


def test_a_merge_beside_a_save_loses_no_word(monkeypatch):
    gone, kept, editor = make_organisation(), make_organisation(), make_user("edith")
    case = make_case(by=editor, organisations=[gone])
    merging, move = threading.Event(), organisations._move

    def slowly(*args):
        merging.set()
        threading.Event().wait(1)
        move(*args)

    def save():
        merging.wait(5)
        return cases.change_case(case, by=editor, reason="Hours.", standfirst="Hours of typing.")

    monkeypatch.setattr(organisations, "_move", slowly)
    merged, saved = at_once(
        lambda: organisations.merge(gone, kept, by=make_user("maud"), reason="The same."), save
    )
    assert merged == kept
    case.refresh_from_db()
    assert isinstance(saved, StaleLock) or case.standfirst == "Hours of typing."
    assert case.organisation_list == [kept]
