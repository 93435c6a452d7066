"""Secret links to drafts: only their digest is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from reviews import links
from reviews.models import DraftLink
from revisions.models import AuditEvent
from tests.factories import make_case


def make(by, **over):
    over = {"for_whom": "A reader", "ends_at": timezone.now() + timedelta(days=14)} | over
    return links.make_link(make_case(), by=by, **over)


def test_the_token_is_kept_nowhere(moderator):
    link, token = make(moderator)
    assert links.with_token(token) == link
    assert links.with_token(link.digest) is None
    kept = [str(value) for row in DraftLink.objects.values() for value in row.values()]
    kept += [str(value) for row in AuditEvent.objects.values() for value in row.values()]
    assert token not in " ".join(kept)
    assert "A reader" not in " ".join(map(str, AuditEvent.objects.values()))


def test_a_link_ends_at_its_time_or_when_it_is_ended(moderator):
    link, _token = make(moderator)
    assert link in DraftLink.objects.alive(timezone.now())
    assert link not in DraftLink.objects.alive(link.ends_at)
    ended = links.end_link(link, by=moderator)
    assert not ended.is_alive
    with pytest.raises(links.LinkEnded):
        links.end_link(link, by=moderator)
    actions = AuditEvent.objects.exclude(action="created").values_list("action", flat=True)
    assert list(actions) == ["link-ended", "link-made"]


def test_a_link_cannot_end_before_it_begins(moderator):
    with pytest.raises(ValidationError):
        make(moderator, ends_at=timezone.now() - timedelta(days=1))
