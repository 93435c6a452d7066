"""Fixtures for the tests of corrections: a published case, and a correction about it."""

from datetime import timedelta

import pytest
from django.db.models import F

from cases import services as cases
from corrections import services
from outbox.models import OutgoingMail
from tests.factories import make_edition, make_source, make_user, publish_case


@pytest.fixture
def edition(db):
    """The first edition of a case whose text has an error."""
    source = make_source()
    return make_edition(
        title="Ending the civil war",
        source=source,
        body=f"The Confederation of Independent States sent peacekeepers.[@{source.key}, p. 12] "
        "They stayed.",
    )


@pytest.fixture
def sent(edition):
    """A new correction about `edition` with every field filled, and its token."""
    return services.send(
        edition,
        message="It is the Commonwealth.",
        passage="Confederation of Independent States",
        suggestion="Commonwealth of Independent States",
        evidence="https://example.org/charter, article 1",
        name="Rosa Reader",
        email="rosa@example.org",
        credit_wanted=True,
    )


@pytest.fixture
def correction(sent):
    return sent[0]


@pytest.fixture
def next_edition():
    """`next_edition(edition, **over)` changes the case and publishes it as a correction."""

    def publish(edition, **over):
        edition.case.refresh_from_db()
        editor = make_user("edith", is_staff=True)
        case = cases.change_case(
            edition.case, by=editor, reason="Mended.", standfirst="How it was truly ended."
        )
        return publish_case(case, **{"kind": "correction", "change_note": "A slip mended."} | over)

    return publish


@pytest.fixture
def later():
    """`later(**timedelta)`: that much time passes for all mails that were written."""

    def pass_time(**delta):
        due_at = F("due_at") - timedelta(**delta)
        OutgoingMail.objects.update(due_at=due_at, changed_at=F("changed_at") - timedelta(**delta))

    return pass_time
