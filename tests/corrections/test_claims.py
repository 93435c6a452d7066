"""Who looks after a correction: a claim ends after some time, is given back, and is taken over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from corrections import asking, services
from corrections.claims import release, take_over
from corrections.models import Correction
from corrections.services import WrongState
from revisions.models import AuditEvent
from tests.factories import make_user


@pytest.fixture
def milo(db):
    return make_user("milo")


def test_a_claim_ends_after_some_time_without_a_step(correction, moderator, milo, settings):
    settings.CORRECTION_CLAIM_HOURS = 5
    services.take(correction, by=moderator)
    with pytest.raises(WrongState):
        services.take(correction, by=milo)
    now = timezone.now()
    assert Correction.objects.held(now).count() == 1
    Correction.objects.update(taken_at=now - timedelta(hours=5, minutes=1))
    assert Correction.objects.held(now).count() == 0
    taken = services.take(correction, by=milo)
    assert taken.taken_by == milo and taken.is_held(now)


def test_a_question_is_a_step_that_keeps_the_claim(correction, moderator):
    services.take(correction, by=moderator)
    Correction.objects.update(taken_at=timezone.now() - timedelta(days=30))
    asking.ask(correction, by=moderator, text="Which page?")
    correction.refresh_from_db()
    assert correction.is_held(timezone.now())


def test_taking_over_is_one_step_and_audited(correction, moderator, milo):
    taken = services.take(correction, by=moderator)
    assert take_over(taken, by=milo).taken_by == milo
    trail = AuditEvent.objects.filter(about_id=correction.pk, about_type__model="correction")
    said = [(e.action, e.by.username) for e in trail.order_by("pk")[1:]]
    assert said == [("claimed", "maud"), ("released", "milo"), ("claimed", "milo")]
    with pytest.raises(WrongState, match="milo looks after"):
        take_over(taken, by=make_user("mona"))  # who saw it in maud's hands


def test_one_gives_back_what_is_ones_own(correction, moderator, milo):
    services.take(correction, by=moderator)
    with pytest.raises(WrongState):
        release(correction, by=milo)
    assert release(correction, by=moderator).status == "new"
    assert services.take(correction, by=milo).taken_by == milo


def test_what_nobody_decides_is_overdue(correction, moderator, settings):
    settings.CORRECTION_DAYS = 3
    now = correction.created_at + timedelta(days=3, minutes=1)
    assert correction.is_overdue(now) and not correction.is_overdue(correction.created_at)
    assert Correction.objects.overdue(now).get() == correction
    services.decline(correction, by=moderator, reason="No.")
    assert not Correction.objects.overdue(now).exists()
