"""Who has a case in hand, and that nobody decides over their head."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases import services as cases
from cases.services import WrongStage
from desk import services
from reviews import claims, files
from reviews.claims import ClaimedByAnother, NotClaimed
from reviews.models import ReviewFile
from revisions.models import AuditEvent
from tests.factories import make_case, make_edition, make_user, publish_case


@pytest.fixture
def waiting(editor):
    return cases.submit(make_case(by=editor), by=editor, reason="Ready.")


@pytest.fixture
def colleague(moderator):
    other = make_user("milo", is_staff=True)
    other.groups.set(moderator.groups.all())
    return other


def said(action):
    return list(AuditEvent.objects.filter(action=action).values_list("by__username", "before"))


def test_a_claimed_case_is_left_alone_until_it_is_taken_over(waiting, moderator, colleague):
    claims.claim(waiting, by=moderator)
    for decide in (
        lambda: services.publish(waiting, by=colleague),
        lambda: services.send_back(waiting, by=colleague, reason="No."),
        lambda: claims.claim(waiting, by=colleague),
    ):
        with pytest.raises(ClaimedByAnother, match="maud"):
            decide()
    claims.take_over(waiting, by=colleague)
    with pytest.raises(ClaimedByAnother, match="milo"):
        services.publish(waiting, by=moderator)
    assert services.publish(waiting, by=colleague).number == 1
    assert said("claimed") == [("milo", "claimed by maud"), ("maud", "")]


def test_a_claim_ends_when_its_holder_does_nothing_for_long(
    waiting, moderator, colleague, settings
):
    file = claims.claim(waiting, by=moderator)
    ReviewFile.objects.update(active_at=timezone.now() - timedelta(hours=3, minutes=59))
    file.refresh_from_db()
    assert file.holder == moderator
    claims.keep_active(waiting, by=moderator)
    file.refresh_from_db()
    assert file.claim_ends_at > timezone.now() + timedelta(hours=3)
    settings.CLAIM_HOURS = 0
    assert file.holder is None
    claims.keep_active(waiting, by=moderator)  # brings no claim back that has ended
    settings.CLAIM_HOURS = 4
    ReviewFile.objects.update(active_at=timezone.now() - timedelta(hours=4, minutes=1))
    assert claims.claim(waiting, by=colleague).holder == colleague


def test_another_moderators_activity_does_not_prolong_a_claim(waiting, moderator, colleague):
    before = claims.claim(waiting, by=moderator).active_at
    claims.keep_active(waiting, by=colleague)
    assert ReviewFile.objects.get().active_at == before


def test_only_the_holder_releases(waiting, moderator, colleague):
    claims.claim(waiting, by=moderator)
    with pytest.raises(NotClaimed):
        claims.release(waiting, by=colleague)
    assert claims.release(waiting, by=moderator).holder is None
    assert said("released") == [("maud", "claimed by maud")]
    with pytest.raises(NotClaimed):
        claims.release(waiting, by=moderator)


def test_to_claim_again_is_to_go_on(waiting, moderator):
    first = claims.claim(waiting, by=moderator)
    again = claims.claim(waiting, by=moderator)
    assert (again.claimed_at, again.active_at > first.active_at) == (first.claimed_at, True)
    assert len(said("claimed")) == 1


def test_a_draft_cannot_be_claimed(moderator):
    with pytest.raises(WrongStage):
        claims.claim(make_case(), by=moderator)


def test_sending_back_and_publishing_end_the_claim(waiting, editor, moderator):
    claims.claim(waiting, by=moderator)
    waiting = services.send_back(waiting, by=moderator, reason="Say where.")
    assert files.current(waiting).holder is None
    waiting = cases.submit(waiting, by=editor, reason="Said.")
    claims.claim(waiting, by=moderator)
    services.publish(waiting, by=moderator)
    file = ReviewFile.objects.get()
    assert (file.number, file.holder, file.closed_at is None) == (1, None, False)


def test_the_file_is_of_the_edition_that_comes_next_also_after_a_withdrawal(editor, moderator):
    case = make_edition().case
    case.refresh_from_db()
    claims.set_due(case, by=moderator, due=date(2030, 1, 1))
    assert files.current(case).number == 2
    services.withdraw(case, by=moderator, reason="In doubt.")
    case.refresh_from_db()
    case = cases.submit(case, by=editor, reason="It stands.")
    assert claims.claim(case, by=moderator).number == 3
    publish_case(case, by=moderator, change_note="It stands.")
    assert ReviewFile.objects.get().number == 3


def test_a_day_that_is_set_is_in_the_trail(waiting, moderator):
    claims.set_due(waiting, by=moderator, due=date(2020, 1, 1))
    claims.set_due(waiting, by=moderator, due=date(2020, 1, 1))
    file = claims.set_due(waiting, by=moderator, due=None)
    assert file.due is None
    assert said("due") == [("maud", "2020-01-01"), ("maud", "")]
