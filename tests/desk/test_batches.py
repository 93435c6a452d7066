"""A whole import goes to readers: all findings in one table, one decision, draft by draft."""

import io

import pytest
from django.core.management import CommandError, call_command

from cases import services as cases
from cases.models import Case
from desk import batches as publishing
from desk.batch_table import Standing, rows_of
from desk.jobs import ROUNDS
from desk.models import BatchEntry, BatchPublication
from editions.models import Edition
from editions.record.verify import faults
from editions.services import OwnWork
from manuscripts import batch_work, batches
from manuscripts.files import articles
from manuscripts.models import ImportBatch
from reviews import claims
from revisions.models import AuditEvent
from tests.factories import make_user
from tests.manuscripts.files.making import make_wxr

POST = """<p>How it ended, number {n}.</p><p>It began.<sup>1</sup> They met.<sup>2</sup></p>
<p><sup>1</sup> Ann Lee. A made-up book. (London: Accord, 2001) p.{page}</p>
<p><sup>2</sup> Ann Lee. A made-up book. p.9</p>
<p>Start Year: 1993</p><p>End Year: 1997</p><p>UN Regional Group: African</p>
<p>Type of Conflict: Interstate conflict</p><p>Type of Initiative: Diplomacy</p>
<p>Main Implementing Organisation(s): The UN</p><p>Impact: Lasting</p>"""


def export(count, broken=()):
    """Posts without errors, but for those without a text."""
    posts = [
        {
            "title": f"Ending the armed conflict number {n} in Chad",
            "content": "<p>Start Year: 1993</p>" if n in broken else POST.format(n=n, page=n + 2),
        }
        for n in range(count)
    ]
    return make_wxr(*posts)


def imported(by, count=3, broken=()):
    """A finished import by `by`."""
    batch = batches.begin("export.xml", by=by, fingerprint="0" * 64)
    found = articles(io.BytesIO(export(count, broken)), "export.xml")
    list(batches.read_in(batch, [("export.xml", found)]))
    list(batch_work.import_rows(batch))
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.FINISHED
    return batch


@pytest.fixture
def batch(editor):
    return imported(editor)


@pytest.fixture
def looked(batch):
    assert publishing.look_at_imports() == 3
    return batch


def standings(batch):
    return [row.standing for row in rows_of(batch)]


def only_case(batch, n):
    return Case.objects.get(pk=batch.articles.get(position=n).case_id)


def test_an_import_goes_to_readers_as_one_decision(client, looked, moderator, editor):
    asked = publishing.ask(looked, by=moderator)
    assert standings(looked) == [Standing.WAITING] * 3
    assert publishing.publish_batches in ROUNDS and publishing.publish_batches() == 3
    assert standings(looked) == [Standing.IN_PRINT] * 3
    assert {entry.state for entry in asked.entries.all()} == {"published"}
    edition = Edition.objects.current().first()
    assert (edition.kind, edition.number, edition.published_by) == ("first", 1, moderator)
    assert edition.record["first_published_address"].startswith("https://")
    html = client.get(edition.get_absolute_url()).content.decode()
    assert "First published" in html
    old = edition.case.old_addresses.exclude(address__contains="?").first().address
    if old != edition.get_absolute_url().rstrip("/"):
        assert client.get(f"{old}/")["Location"] == edition.get_absolute_url()
    assert list(faults()) == []


def test_the_trail_has_one_line_for_the_decision_and_one_for_each_publication(looked, moderator):
    publishing.ask(looked, by=moderator)
    publishing.publish_batches()
    trail = AuditEvent.objects.filter(by=moderator)
    [decided] = trail.filter(action="batch-published")
    assert (decided.label, decided.after) == ("export.xml", "3 first editions")
    assert trail.filter(action="published").count() == 3
    moved = trail.filter(action="moved", after="in-review").first()
    assert f"import {looked.pk}" in moved.note and "as one batch" in moved.note


def test_who_imported_does_not_publish(logged_in, page, db):
    importing = make_user("mira", is_staff=True)
    batch = imported(importing)
    publishing.look_at_imports()
    with pytest.raises(OwnWork):
        publishing.ask(batch, by=importing)
    assert not BatchPublication.objects.exists()


def test_who_may_not_publish_any_more_publishes_nothing(looked, moderator):
    publishing.ask(looked, by=moderator)
    moderator.groups.clear()
    publishing.publish_batches()
    assert not Edition.objects.exists()
    assert "may not publish any more" in BatchEntry.objects.first().outcome


def test_what_has_errors_was_changed_or_is_claimed_is_passed_over_and_said(editor, moderator):
    batch = imported(editor, 5, broken=[1])
    publishing.look_at_imports()
    assert standings(batch)[1] == Standing.STOPPED
    publishing.ask(batch, by=moderator)
    case = only_case(batch, 0)
    cases.change_case(case, by=editor, reason="Better.", location="Elsewhere")
    claims.claim(
        cases.submit(only_case(batch, 2), by=editor, reason="Ready."),
        by=make_user("max", is_staff=True),
    )
    publishing.publish_batches()
    rows = rows_of(batch)
    assert "changed after" in rows[0].entry.outcome
    assert rows[1].entry is None and rows[1].standing == Standing.STOPPED
    assert rows[2].entry.state == "skipped" and rows[2].entry.outcome
    assert [row.standing for row in rows[3:]] == [Standing.IN_PRINT] * 2
    assert only_case(batch, 0).stage == "draft"  # its submission was not kept


def test_findings_that_came_since_stop_a_draft(looked, moderator):
    publishing.ask(looked, by=moderator)
    case = only_case(looked, 0)
    Case.objects.filter(pk=case.pk).update(body="Nobody has it.[@nobody1900, p. 1]")
    publishing.publish_batches()
    row = rows_of(looked)[0]
    assert row.entry.state == "skipped" and "nobody1900" in row.entry.outcome
    assert only_case(looked, 0).stage == "draft"


def test_a_mended_draft_is_looked_at_again_and_can_be_published_then(editor, moderator):
    batch = imported(editor, 2, broken=[0])
    publishing.look_at_imports()
    good = only_case(batch, 1)
    cases.change_case(
        only_case(batch, 0), by=moderator, reason="Mended.", body=good.body, standfirst="How."
    )
    assert standings(batch)[0] == Standing.UNSEEN
    assert publishing.look_at_imports() == 1
    assert standings(batch)[0] == Standing.READY
    publishing.ask(batch, by=moderator)
    publishing.publish_batches()
    assert standings(batch) == [Standing.IN_PRINT] * 2


def test_what_is_set_aside_stays_out_until_it_is_taken_in(logged_in, page, looked, moderator):
    desk, address = logged_in(moderator), page("publish_batch", looked.pk)
    chosen = {"article": looked.articles.get(position=1).pk}
    desk.post(address, {"action": "set-aside", **chosen, "why": ""})
    assert Standing.ASIDE not in standings(looked)  # not without a word
    desk.post(address, {"action": "set-aside", **chosen, "why": "The author objects."})
    assert "The author objects." in desk.get(address).content.decode()
    desk.post(address, {"action": "publish"})
    publishing.publish_batches()
    assert standings(looked) == [Standing.IN_PRINT, Standing.ASIDE, Standing.IN_PRINT]
    desk.post(address, {"action": "take-in", **chosen})
    assert standings(looked)[1] == Standing.READY
    assert {"set-aside", "taken-in"} <= set(AuditEvent.objects.values_list("action", flat=True))


def test_what_waits_can_be_called_off(looked, moderator):
    publishing.ask(looked, by=moderator)
    assert publishing.call_off(looked, by=moderator) == 3
    assert publishing.publish_batches() == 0
    assert not Edition.objects.exists()
    publishing.ask(looked, by=moderator)


def test_what_was_cut_off_goes_on(looked, moderator):
    publishing.ask(looked, by=moderator)
    waiting = BatchEntry.objects.waiting()
    times = iter((False, True))
    assert publishing.publish_waiting(waiting, until=lambda: next(times)) == 1
    assert [row.standing for row in rows_of(looked)].count(Standing.IN_PRINT) == 1
    assert publishing.publish_batches() == 2
    assert publishing.publish_batches() == 0
    assert Edition.objects.count() == 3


def test_a_discarded_draft_is_named(looked, moderator):
    only_case(looked, 0).delete()
    assert standings(looked)[0] == Standing.GONE
    publishing.ask(looked, by=moderator)
    assert publishing.publish_batches() == 2


def test_the_page_shows_findings_and_narrows(logged_in, page, editor, moderator):
    batch = imported(editor, 3, broken=[1])
    publishing.look_at_imports()
    desk, address = logged_in(moderator), page("publish_batch", batch.pk)
    html = desk.get(address).content.decode()
    assert "Publish 2 articles without errors" in html and "stopped by errors" in html
    for query, titles in (
        ("?grade=error", [1]),
        ("?code=organisation-new", [0]),
        ("?standing=ready", [0, 2]),
        ("?grade=nonsense&sort=nonsense", []),
        ("?sort=found", [0, 1, 2]),
    ):
        html = desk.get(address + query).content.decode()
        shown = [n for n in range(3) if f"number {n} in Chad</a>" in html]
        assert shown == titles, query


def test_an_editor_does_not_see_the_page(logged_in, page, looked, editor):
    assert logged_in(editor).get(page("publish_batch", looked.pk)).status_code == 403


@pytest.mark.parametrize("count", [1, 20])
def test_table_and_page_cost_the_same_whatever_their_length(
    editor,
    moderator,
    logged_in,
    page,
    django_assert_num_queries,
    django_assert_max_num_queries,
    count,
):
    batch = imported(editor, count)
    publishing.look_at_imports()
    with django_assert_num_queries(4):
        rows = rows_of(batch)
        assert all(row.case.kept_findings and row.standing == Standing.READY for row in rows)
    publishing.set_aside(batch.articles.all(), by=moderator, why="Not now.")
    desk = logged_in(moderator)
    with django_assert_max_num_queries(24):  # 21, with 1 row as with 20
        desk.get(page("publish_batch", batch.pk))


def test_the_command_does_the_same(editor, moderator, capsys):
    batch = imported(editor, 3, broken=[2])
    call_command("publish_batch", batch.pk, by=moderator.username)
    assert "2 of 2 drafts are published." in capsys.readouterr().out
    for number, name in ((batch.pk, editor.username), (batch.pk + 9, moderator.username)):
        with pytest.raises(CommandError):
            call_command("publish_batch", number, by=name)
    with pytest.raises(CommandError, match="No draft"):
        call_command("publish_batch", batch.pk, by=moderator.username)


def test_an_error_of_ours_in_one_draft_holds_no_other_up(looked, moderator, monkeypatch):
    real = publishing.publish

    def fails(case, **over):
        if case.title.startswith("Ending the armed conflict number 1"):
            raise RuntimeError("No such thing.")
        return real(case, **over)

    monkeypatch.setattr(publishing, "publish", fails)
    publishing.ask(looked, by=moderator)
    publishing.publish_batches()
    assert [row.standing for row in rows_of(looked)].count(Standing.IN_PRINT) == 2
    assert "RuntimeError" in rows_of(looked)[1].entry.outcome
