"""Workers that tell at once tell each event once."""

import pytest

from cases import services as cases
from desk.staff_mail import tell
from outbox.models import OutgoingMail
from revisions import audit
from revisions.models import UntoldEvent
from tests.corrections.test_races import at_once
from tests.factories import make_case

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]


def test_workers_at_once_tell_each_event_once(editor, moderator):
    case = make_case(by=editor)
    cases.submit(case, by=editor, reason="Ready.")
    for _ in range(10):
        audit.record(case, audit.Action.CLAIMED, by=moderator)
    outcomes = at_once(*[tell] * 4)
    assert all(isinstance(o, int) for o in outcomes), outcomes
    assert not UntoldEvent.objects.exists()
    keys = OutgoingMail.objects.values_list("key", flat=True)
    assert len(keys) == len(set(keys)) == 11
