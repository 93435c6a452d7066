"""Several at once, on connections of their own: each act is one line, and the chain is whole."""

import threading
from functools import partial

import pytest

from cases import services as cases
from cases.models import Case
from corrections.models import Notice
from desk import services as desk
from editions.log.verify import read_log
from editions.models import Edition, LogLine
from editions.removing import ask_removal
from tests.corrections.test_races import at_once
from tests.editions.log.forging import rows
from tests.factories import make_edition, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]


def submitted(edition, editor):
    case = Case.objects.get(pk=edition.case_id)
    case = cases.change_case(case, by=editor, reason="News.", standfirst="New.")
    return cases.submit(case, by=editor, reason="Ready.")


def test_whoever_publishes_and_announces_at_once_writes_one_whole_log():
    editor, maud, ada = make_user("edith"), make_user("maud"), make_user("ada")
    one, two, three, four, five = [make_edition() for _ in range(5)]
    ready = [submitted(edition, editor) for edition in (one, two)]
    removal = ask_removal(four, by=ada, ground="A court.")
    publish = partial(desk.publish, by=maud, kind="update", change_note="News.")
    outcomes = at_once(
        *[partial(publish, case) for case in ready],
        lambda: desk.express_concern(three.case, by=maud, reason="Doubted."),
        lambda: desk.express_concern(one.case, by=maud, reason="Doubted."),
        lambda: desk.remove_edition(removal, by=maud),
        lambda: desk.withdraw(Case.objects.get(pk=five.case_id), by=maud, reason="A forgery."),
    )
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes
    log = read_log()
    assert log.faults == []
    assert len(log.editions) == Edition.objects.count()
    assert len(log.notices) == Notice.objects.count()
    assert len(log.removals) == 1


def test_two_begin_one_log():
    """On a database that was emptied, where two publish at once."""
    editor, maud = make_user("edith"), make_user("maud")
    ready = [submitted(make_edition(), editor) for _ in range(2)]
    rows(LogLine)._raw_delete("default")
    publish = partial(desk.publish, by=maud, kind="update", change_note="News.")
    outcomes = at_once(*[partial(publish, case) for case in ready])
    assert all(isinstance(outcome, Edition) for outcome in outcomes), outcomes
    assert list(LogLine.objects.values_list("number", "event")) == [
        *((1, "beginning"), (2, "publication")),
        (3, "publication"),
    ]
    assert read_log().faults == []


def test_a_log_that_is_read_while_it_grows_is_whole():
    edition, maud = make_edition(), make_user("maud")
    faults, done = [], threading.Event()

    def write():
        try:
            for _ in range(3):
                desk.express_concern(edition.case, by=maud, reason="Doubted.")
                desk.lift_concern(edition.case, by=maud, reason="It holds.")
        finally:
            done.set()

    def read():
        while not done.is_set():
            faults.extend(read_log().faults)

    outcomes = at_once(write, read)
    assert outcomes == [None, None]
    assert faults == []
