"""A double is closed with the correction that it was joined to, and its sender told."""

import pytest
from django.utils import timezone

from corrections import services
from corrections.joining import NotJoinable, join
from corrections.models import Correction
from corrections.references import status_digest
from corrections.services import WrongState
from outbox.models import OutgoingMail
from revisions.models import AuditEvent
from tests.factories import make_edition


@pytest.fixture
def double(edition):
    found, token = services.send(edition, message="Surely wrong.", email="sam@example.org")
    assert found.status_digest == status_digest(token)
    return found


def bodies():
    """Whom was written to about what was decided, and what."""
    written = OutgoingMail.objects.exclude(key__contains=":received:").order_by("pk")
    return list(written.values_list("to", "body"))


def test_the_decision_about_one_is_told_to_both(
    correction, double, moderator, edition, next_edition, client
):
    Correction.objects.update(confirmed_at=timezone.now())
    join(double, into=correction, by=moderator, reason="Among us.")
    assert bodies() == []
    services.accept(correction, by=moderator, reason="Thank you, Rosa Reader: so it is.")
    told = [body for to, body in bodies() if to == "sam@example.org"]
    assert len(told) == 1
    assert "We have accepted it" in told[0] and "so it is" in told[0]
    assert "Rosa" not in told[0] and "Among us" not in told[0]
    OutgoingMail.objects.all().delete()
    [notice] = services.mend([correction], edition=next_edition(edition), by=moderator)
    assert {to for to, _body in bodies()} == {"rosa@example.org", "sam@example.org"}
    assert all(f"/corrections/{notice.reference}/" in body for _to, body in bodies())


def test_the_status_page_of_a_double_says_where_the_other_stands(
    edition, correction, moderator, client
):
    double, token = services.send(edition, message="Surely wrong.")
    join(double, into=correction, by=moderator)
    page = f"/corrections/status/{token}/"
    assert "we decide both together. We have received it." in client.get(page).content.decode()
    services.decline(correction, by=moderator, reason="No, Rosa.")
    html = client.get(page).content.decode()
    assert "leave the article as it is" in html
    assert "Rosa" not in html and correction.reference not in html


def test_joining_is_undone_and_the_other_can_be_decided_anew(correction, double, moderator):
    join(double, into=correction, by=moderator)
    undone = services.undo(double, by=moderator, reason="Not the same.")
    assert (undone.status, undone.joined_to) == ("taken", None)
    assert [e.action for e in undone.events.all()] == ["sent", "joined", "undone"]
    trail = AuditEvent.objects.filter(about_id=double.pk, about_type__model="correction")
    assert trail.filter(action="joined", after="joined").count() == 1


def test_what_cannot_be_one_is_refused(correction, double, moderator, edition):
    elsewhere, _token = services.send(make_edition(), message="Wrong.")
    third, _token = services.send(edition, message="Wrong again.")
    for one, other in ((correction, correction), (double, elsewhere)):
        with pytest.raises(NotJoinable):
            join(one, into=other, by=moderator)
    join(double, into=correction, by=moderator)
    with pytest.raises(NotJoinable, match="doubles of its own"):
        join(correction, into=third, by=moderator)
    with pytest.raises(WrongState):
        join(third, into=double, by=moderator)
    with pytest.raises(WrongState):
        join(double, into=third, by=moderator)
    services.mark_spam(third, by=moderator)
    with pytest.raises(WrongState):
        join(correction, into=third, by=moderator)
