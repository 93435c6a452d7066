"""Several at once, on connections of their own: one wins, and nothing is published twice."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from cases import services as cases
from cases.models import Case
from desk import services
from editions.models import Edition
from reviews import claims, comments
from reviews.claims import ClaimedByAnother
from reviews.models import ReviewFile, Schedule, Thread
from revisions.models import AuditEvent
from tests.corrections.test_races import at_once
from tests.desk.test_publish_due import decided
from tests.factories import make_case, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]


@pytest.fixture
def case():
    return cases.submit(make_case(), by=make_user("edith"), reason="Ready.")


@pytest.fixture
def due(case):
    schedule = decided(case, make_user("maud", is_superuser=True))
    Schedule.objects.update(at=timezone.now() - timedelta(hours=1))
    return schedule


def test_of_two_claims_at_once_exactly_one_holds(case):
    maud, milo = make_user("maud"), make_user("milo")
    outcomes = at_once(lambda: claims.claim(case, by=maud), lambda: claims.claim(case, by=milo))
    kinds = [type(outcome) for outcome in outcomes]
    assert sorted(kind.__name__ for kind in kinds) == ["ClaimedByAnother", "ReviewFile"], outcomes
    [winner] = [outcome for outcome in outcomes if isinstance(outcome, ReviewFile)]
    assert ReviewFile.objects.get().holder == winner.claimed_by
    assert AuditEvent.objects.filter(action="claimed").count() == 1


def test_a_claim_beside_a_publication_is_before_or_after_it(case):
    maud, milo = make_user("maud"), make_user("milo")
    claimed, published = at_once(
        lambda: claims.claim(case, by=maud), lambda: services.publish(case, by=milo)
    )
    if isinstance(claimed, ReviewFile):
        assert isinstance(published, ClaimedByAnother), published
    else:
        assert (type(claimed), type(published)) == (cases.WrongStage, Edition)


def test_several_begin_the_file_of_a_case_at_once(case):
    people = [make_user(name) for name in ("maud", "milo", "mina")]
    outcomes = at_once(
        *[lambda by=by: comments.comment(case, by=by, text="Says who?") for by in people]
    )
    assert all(isinstance(outcome, Thread) for outcome in outcomes), outcomes
    assert ReviewFile.objects.count() == 1


def test_a_scheduler_that_runs_twice_at_once_publishes_once(due):
    outcomes = at_once(*[services.publish_due] * 3)
    assert sorted(map(len, outcomes)) == [0, 0, 1], outcomes
    assert Edition.objects.count() == 1
    assert AuditEvent.objects.filter(action="published").count() == 1


def test_publishing_by_hand_beside_the_scheduler_publishes_once(case, due):
    milo = make_user("milo")
    outcomes = at_once(services.publish_due, lambda: services.publish(case, by=milo))
    assert Edition.objects.count() == 1, outcomes
    assert Schedule.objects.get().state in ("published", "called-off")


def test_what_is_changed_while_it_is_published_is_of_the_one_or_the_other(case, due):
    edith = make_user("edith")
    at_once(
        services.publish_due,
        lambda: cases.change_case(case, by=edith, reason="News.", location="Khujand"),
    )
    stored = Case.objects.get(pk=case.pk)
    if edition := Edition.objects.first():
        assert edition.location == "Tajikistan"  # as it was decided on
        assert Schedule.objects.get().state == "published"
    else:
        assert (stored.location, Schedule.objects.get().state) == ("Khujand", "refused")


def test_calling_off_beside_the_scheduler_is_one_or_the_other(case, due):
    called_off, _done = at_once(
        lambda: services.schedules.call_off(case, by=make_user("milo")), services.publish_due
    )
    state = Schedule.objects.get().state
    assert state == ("called-off" if isinstance(called_off, Schedule) else "published")
    assert Edition.objects.exists() == (state == "published")


def test_two_moderators_who_set_a_time_at_once_leave_one(case):
    ready = threading.Barrier(2)

    def set_time(name):
        user = make_user(name)
        ready.wait(10)
        return decided(case, user)

    at_once(lambda: set_time("maud"), lambda: set_time("milo"))
    assert Schedule.objects.waiting().count() == 1
