"""Two at once, on two connections: exactly one wins."""

from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from corrections import services
from corrections.models import Correction
from corrections.services import WrongState
from tests.factories import make_edition, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]


def at_once(*calls):
    """Run `calls` in threads that start together; what each returned or raised, in order."""
    barrier, outcomes = Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        try:
            barrier.wait(10)
            outcomes[place] = call()
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def test_of_two_moderators_deciding_at_once_exactly_one_wins():
    correction, _token = services.send(make_edition(), message="Wrong.", passage="1992")
    maud, milo = make_user("maud"), make_user("milo")
    outcomes = at_once(
        lambda: services.accept(correction, by=maud),
        lambda: services.decline(correction, by=milo, reason="No."),
    )
    assert [type(outcome) for outcome in outcomes].count(WrongState) == 1, outcomes
    [winner] = [o for o in outcomes if isinstance(o, Correction)]
    correction.refresh_from_db()
    assert (correction.status, correction.decided_by) == (winner.status, winner.decided_by)
    assert correction.events.count() == 2


def test_the_same_form_sent_twice_at_once_is_one_correction():
    edition = make_edition()
    outcomes = at_once(*[lambda: services.send(edition, message="Wrong.", form_token="t" * 43)] * 4)
    assert len(set(outcomes)) == 1, outcomes
    assert Correction.objects.get().events.count() == 1


def test_two_connections_are_really_two():
    mine = connection.connection
    [theirs] = at_once(lambda: connection.ensure_connection() or connection.connection)
    assert mine is not theirs
