"""Two at once, on two connections: exactly one wins."""

from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from cases.models import Case
from corrections import asking, services
from corrections.claims import take_over
from corrections.joining import join
from corrections.models import Correction
from corrections.putting_in import put_in
from corrections.services import WrongState
from outbox.models import OutgoingMail
from revisions.revision_block import StaleLock
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


def test_of_two_who_take_over_at_once_exactly_one_wins():
    correction, _token = services.send(make_edition(), message="Wrong.")
    taken = services.take(correction, by=make_user("mona"))
    maud, milo = make_user("maud"), make_user("milo")
    outcomes = at_once(lambda: take_over(taken, by=maud), lambda: take_over(taken, by=milo))
    assert [type(outcome) for outcome in outcomes].count(WrongState) == 1, outcomes
    [winner] = [o for o in outcomes if isinstance(o, Correction)]
    correction.refresh_from_db()
    assert correction.taken_by == winner.taken_by


def test_of_two_joined_to_one_another_at_once_one_stays_open():
    edition, maud = make_edition(), make_user("maud")
    one, other = (services.send(edition, message=f"Wrong {n}.")[0] for n in range(2))
    outcomes = at_once(
        lambda: join(one, into=other, by=maud), lambda: join(other, into=one, by=maud)
    )
    assert [type(outcome) for outcome in outcomes].count(Correction) == 1, outcomes
    assert sorted(Correction.objects.values_list("status", flat=True)) == ["joined", "new"]


def test_eight_equal_answers_are_one():
    correction, _token = services.send(make_edition(), message="Wrong.")
    asking.ask(correction, by=make_user("maud"), text="Which page?")
    outcomes = at_once(*[lambda: asking.reply(correction, text="Page 3.", form_token="t" * 43)] * 8)
    assert len(set(outcomes)) == 1, outcomes
    assert correction.messages.count() == 2


def test_an_answer_and_a_decision_at_once_lose_nothing():
    correction, _token = services.send(make_edition(), message="Wrong.")
    maud = make_user("maud")
    asking.ask(correction, by=maud, text="Which page?")
    replied, decided = at_once(
        lambda: asking.reply(correction, text="Page 3."),
        lambda: services.decline(correction, by=maud, reason="No."),
    )
    assert isinstance(decided, Correction), decided
    correction.refresh_from_db()
    assert correction.status == "declined"
    assert isinstance(replied, WrongState) or correction.messages.last().text == "Page 3."


def test_a_wording_put_in_by_two_at_once_is_put_in_once():
    edition = make_edition()
    sent, _token = services.send(edition, message="m", passage="in spring", suggestion="in winter")
    maud, milo = make_user("maud"), make_user("milo")
    correction = services.accept(sent, by=maud)
    case = Case.objects.get(pk=edition.case_id)
    outcomes = at_once(
        lambda: put_in(correction, case, by=maud), lambda: put_in(correction, case, by=milo)
    )
    assert [type(outcome) for outcome in outcomes].count(StaleLock) == 1, outcomes
    assert Case.objects.get(pk=case.pk).body.count("in winter") == 1


def test_two_connections_are_really_two():
    mine = connection.connection
    [theirs] = at_once(lambda: connection.ensure_connection() or connection.connection)
    assert mine is not theirs


def test_eight_posts_at_once_are_three_receipts():
    edition = make_edition()
    at_once(
        *[
            lambda n=n: services.send(edition, message=f"Wrong {n}.", email="rosa@example.org")
            for n in range(8)
        ]
    )
    assert OutgoingMail.objects.count() == 3
