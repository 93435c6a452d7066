"""A publication of an import that is killed in the middle and begun again: every draft once, none
half; and several at one import at once. These tests commit: they stand in a file of their own."""

import signal
import time
from io import StringIO
from threading import Event

import pytest
from django.core.management import call_command
from reversion.models import Version

from cases import services as cases
from cases.models import Case
from desk import batches as publishing
from desk.models import BatchEntry, BatchPublication, KeptFindings, SetAside
from editions.log.statements import name_of
from editions.models import Edition, LogLine
from outbox.models import OutgoingMail
from revisions.models import AuditEvent
from tests.corrections.test_races import at_once
from tests.desk.test_batches import imported
from tests.killed import kill_at_each_statement
from tests.manuscripts.test_killed_import import start

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("vocabularies"),
]
LAST = 3


def looked_at(editor, count):
    batch = imported(editor, count)
    publishing.look_at(publishing.drafts(batch))
    found = KeptFindings.objects.filter(stopping__gt=0).values_list("findings", flat=True)
    assert not list(found)
    return batch


@pytest.fixture
def batch(editor, moderator):
    return looked_at(editor, LAST + 1)


@pytest.fixture
def larger(editor, moderator):
    return looked_at(editor, 12)


def command(batch):
    return start("publish_batch", str(batch.pk), "--by", "maud")


def kill_at(process, count, after=0.0):
    """Kill it that many seconds after so many drafts are in print."""
    deadline = time.monotonic() + 120
    while Edition.objects.count() < count:
        assert process.poll() is None, process.stderr.read().decode()
        assert time.monotonic() < deadline
        time.sleep(0.002)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()


def until(process):
    """What it said and how it ended."""
    said = process.communicate(timeout=240)[1].decode()
    return process.returncode, said


def assert_nothing_is_half():
    """Each draft is in print with all that belongs to an edition, or as it was before."""
    editions = list(Edition.objects.select_related("case"))
    assert {(e.number, e.is_current, e.kind) for e in editions} <= {(1, True, "first")}
    for edition in editions:
        assert edition.case.stage == Case.Stage.APPROVED
        assert edition.rendering.text and edition.search_row.words
        assert LogLine.objects.filter(about=name_of(edition)).count() == 1
        assert edition.citations.count() == sum(len(n["citations"]) for n in edition.notes)
        assert edition.case.leading_addresses.count() == edition.case.old_addresses.count() > 0
    trail = AuditEvent.objects.filter(action="published").values_list("about_id", flat=True)
    assert sorted(trail) == sorted(str(edition.case_id) for edition in editions)
    printed = {edition.case_id for edition in editions}
    told = BatchEntry.objects.exclude(state="waiting").values_list("article__case", flat=True)
    assert sorted(told) == sorted(printed)
    for case in Case.objects.exclude(pk__in=printed):
        assert (case.stage, case.lock) == (Case.Stage.DRAFT, 1)
        assert Version.objects.get_for_object(case).count() == 1
        assert not case.leading_addresses.exists()
    call_command("verify_editions", stdout=StringIO())  # raises what does not hold


def assert_all_is_in_print():
    count = Case.objects.count()
    assert Edition.objects.count() == count
    assert set(BatchEntry.objects.values_list("state", flat=True)) == {"published"}
    [decided] = AuditEvent.objects.filter(action="batch-published")
    assert decided.after == f"{count} first editions"
    assert BatchPublication.objects.count() == 1
    assert_nothing_is_half()


def test_a_publication_of_12_drafts_is_killed_twice_and_begun_again(larger):
    for count, after in ((1, 0.0), (4, 0.1)):
        kill_at(command(larger), count, after)
        assert BatchEntry.objects.waiting().exists()
        assert_nothing_is_half()
    out = StringIO()
    call_command("publish_batch", larger.pk, by="maud", stdout=out)
    assert "12 of 12 drafts are published." in out.getvalue()
    assert_all_is_in_print()
    call_command("publish_batch", larger.pk, by="maud", stdout=out)
    assert "All articles of this import are in print." in out.getvalue()
    assert not OutgoingMail.objects.exists()


@pytest.mark.filterwarnings("ignore:.*was deleted while still open:ResourceWarning")
def test_a_publication_that_ends_before_any_of_its_statements_leaves_nothing_half(batch, moderator):
    publishing.ask(batch, by=moderator)
    first, entry = BatchEntry.objects.waiting()[:2]
    assert publishing._publish_one(first.pk)

    def check():
        entry.refresh_from_db()
        assert (entry.state, Edition.objects.count()) == ("waiting", 1)
        assert_nothing_is_half()

    ends = kill_at_each_statement(lambda: publishing._publish_one(entry.pk), check)
    assert ends >= 60 and Edition.objects.count() == 2
    assert_nothing_is_half()


def test_what_a_killed_command_left_is_published_by_the_worker(batch):
    kill_at(command(batch), 1)
    assert publish_all() <= LAST
    assert_all_is_in_print()


def test_a_command_and_a_worker_publish_each_draft_once_and_nobody_dies(batch, moderator):
    publishing.ask(batch, by=moderator)
    at_work = [command(batch), start("work", "--once")]
    assert [until(process) for process in at_work] == [(0, "")] * 2
    assert_all_is_in_print()


def test_of_two_workers_each_draft_is_published_by_one(batch, moderator):
    publishing.ask(batch, by=moderator)
    done = at_once(publish_all, publish_all)
    assert sum(done) == LAST + 1, done
    assert_all_is_in_print()


def test_two_commands_at_once_make_one_decision(batch):
    at_work = [command(batch), command(batch)]
    assert [until(process) for process in at_work] == [(0, "")] * 2
    assert_all_is_in_print()


def test_the_button_pressed_twice_at_once_makes_one_decision(batch, moderator):
    outcomes = at_once(*[lambda: publishing.ask(batch, by=moderator)] * 2)
    kinds = sorted(type(outcome).__name__ for outcome in outcomes)
    assert kinds == ["BatchPublication", "DecidedAlready"], outcomes
    [said] = [str(o) for o in outcomes if isinstance(o, publishing.DecidedAlready)]
    assert "maud" in said and "4 wait" in said
    assert BatchEntry.objects.count() == LAST + 1
    assert AuditEvent.objects.filter(action="batch-published").count() == 1


def publish_all():
    return publishing.publish_waiting(BatchEntry.objects.waiting())


def slowly(monkeypatch, meanwhile):
    """While the first draft is being published, `meanwhile` begins in a connection of its own, and
    is done before the second is; what both gave."""
    real, begun, started = publishing.publish, [], Event()
    one, over = publishing._publish_one, Event()

    def publish(case, **kwargs):
        if not begun:
            begun.append(True)
            started.set()
            time.sleep(0.5)
        return real(case, **kwargs)

    def in_turn(pk):
        return (not begun or over.wait(20)) and one(pk)

    monkeypatch.setattr(publishing, "publish", publish)
    monkeypatch.setattr(publishing, "_publish_one", in_turn)

    def act():
        started.wait(20)
        try:
            return meanwhile()
        finally:
            over.set()

    return at_once(publish_all, act)


def of_first(batch):
    return batch.articles.get(position=0)


def test_what_is_set_aside_while_it_is_published_stays_in_print_and_is_not_called_aside(
    batch, moderator, monkeypatch
):
    publishing.ask(batch, by=moderator)
    chosen = list(batch.articles.filter(position__in=[0, LAST]))
    done, aside = slowly(
        monkeypatch, lambda: publishing.set_aside(chosen, by=moderator, why="Not this one.")
    )
    assert aside == 1, (done, aside)
    [row] = SetAside.objects.all()
    assert row.article == chosen[1]
    assert BatchEntry.objects.get(article=chosen[1]).outcome == "Set aside: Not this one."
    assert Edition.objects.count() == LAST
    assert Edition.objects.filter(case=chosen[0].case_id).exists()


def test_who_saves_a_draft_while_it_is_published_is_told_so(batch, moderator, editor, monkeypatch):
    publishing.ask(batch, by=moderator)
    case = Case.objects.get(pk=of_first(batch).case_id)
    _done, saved = slowly(
        monkeypatch,
        lambda: cases.change_case(case, by=editor, reason="Better.", location="Elsewhere"),
    )
    assert isinstance(saved, cases.StaleLock), saved
    assert Edition.objects.count() == LAST + 1


def test_a_draft_that_is_changed_before_its_turn_is_passed_over(
    batch, moderator, editor, monkeypatch
):
    publishing.ask(batch, by=moderator)
    case = Case.objects.get(pk=batch.articles.get(position=LAST).case_id)
    slowly(
        monkeypatch,
        lambda: cases.change_case(case, by=editor, reason="Better.", location="Elsewhere"),
    )
    assert Edition.objects.count() == LAST
    [skipped] = BatchEntry.objects.filter(state="skipped")
    assert skipped.article.case_id == case.pk and "changed after" in skipped.outcome
    case.refresh_from_db()
    assert case.location == "Elsewhere" and case.stage == Case.Stage.DRAFT


def test_a_moderator_who_loses_the_right_publishes_no_more(batch, moderator, monkeypatch):
    publishing.ask(batch, by=moderator)
    slowly(monkeypatch, moderator.groups.clear)
    printed = Edition.objects.count()
    assert 1 <= printed <= 2  # what was being published when it was taken away
    rest = BatchEntry.objects.filter(state="skipped")
    assert rest.count() == LAST + 1 - printed
    assert all("may not publish any more" in entry.outcome for entry in rest)


def test_what_is_called_off_while_it_is_published_leaves_no_draft_half(
    batch, moderator, monkeypatch
):
    publishing.ask(batch, by=moderator)
    _done, off = slowly(monkeypatch, lambda: publishing.call_off(batch, by=moderator))
    printed = Edition.objects.count()
    assert off == LAST + 1 - printed and printed >= 1
    rest = BatchEntry.objects.filter(state="skipped")
    assert set(rest.values_list("outcome", flat=True)) == {"Called off."}
    call_command("verify_editions", stdout=StringIO())
