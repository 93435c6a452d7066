"""Two at once about one notice, removal or sender: exactly one wins."""

import pytest
from django.db import connection

from corrections import services
from corrections.erasing import erase_sender
from corrections.models import Notice, SenderDetails
from corrections.notices import ConcernStands, NoConcern
from desk import services as desk
from editions.models import Edition, Removal
from editions.record.verify import faults
from editions.removing import NotRemovable, ask_removal, refuse_removal
from revisions.models import AuditEvent
from tests.corrections.test_races import at_once
from tests.factories import make_edition, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]


def kinds(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_of_two_confirmations_one_removes():
    edition = make_edition()
    removal = ask_removal(edition, by=make_user("ada"), ground="A court.")
    maud, milo = make_user("maud"), make_user("milo")
    outcomes = at_once(
        lambda: desk.remove_edition(removal, by=maud), lambda: desk.remove_edition(removal, by=milo)
    )
    assert kinds(outcomes) == [NotRemovable.__name__, Notice.__name__], outcomes
    assert Notice.objects.filter(kind="removal").count() == 1
    assert AuditEvent.objects.filter(action="removed", after="removed").count() == 1
    assert not list(faults())


def test_a_removal_is_confirmed_or_refused():
    removal = ask_removal(make_edition(), by=make_user("ada"), ground="A court.")
    maud, milo = make_user("maud"), make_user("milo")
    outcomes = at_once(
        lambda: desk.remove_edition(removal, by=maud), lambda: refuse_removal(removal, by=milo)
    )
    assert NotRemovable.__name__ in kinds(outcomes), outcomes
    stored, edition = Removal.objects.get(), Edition.objects.get()
    assert edition.is_removed == bool(stored.confirmed_at) != bool(stored.refused_at)


def test_a_removal_is_asked_once():
    edition, ada, adam = make_edition(), make_user("ada"), make_user("adam")
    outcomes = at_once(
        lambda: ask_removal(edition, by=ada, ground="A."),
        lambda: ask_removal(edition, by=adam, ground="B."),
    )
    assert kinds(outcomes) == [NotRemovable.__name__, Removal.__name__], outcomes


def test_one_concern_is_expressed_and_lifted_once():
    case, maud, milo = make_edition().case, make_user("maud"), make_user("milo")
    outcomes = at_once(
        lambda: desk.express_concern(case, by=maud, reason="A."),
        lambda: desk.express_concern(case, by=milo, reason="B."),
    )
    assert kinds(outcomes) == [ConcernStands.__name__, Notice.__name__], outcomes
    outcomes = at_once(
        lambda: desk.lift_concern(case, by=maud, reason="A."),
        lambda: desk.lift_concern(case, by=milo, reason="B."),
    )
    assert kinds(outcomes) == [NoConcern.__name__, Notice.__name__], outcomes
    assert Notice.objects.count() == 2


def test_a_sender_is_erased_once_whoever_asks():
    sent, _token = services.send(make_edition(), message="x", name="Rosa", email="r@example.org")
    maud, milo = make_user("maud"), make_user("milo")
    outcomes = at_once(
        lambda: erase_sender(sent, by=maud), lambda: erase_sender(sent, by=milo, words=True)
    )
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes
    assert not SenderDetails.objects.exists()
    assert AuditEvent.objects.filter(action="erased").count() in (1, 2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT message FROM corrections_correction")
        assert cursor.fetchall() == [("",)]
