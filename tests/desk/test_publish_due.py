"""Publishing at a set time: once, and only what was decided on."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from cases import services as cases
from cases.models import Case
from cases.rendering import render_case
from corrections.models import Correction
from desk import services
from desk.services import fingerprint, next_record, publish_due
from reviews import claims, schedules
from reviews.checklist import ChecklistOpen
from reviews.models import ChecklistItem, Schedule
from revisions.models import AuditEvent
from revisions.revision_block import StaleLock
from sources.models import Source
from tests.factories import make_case, make_edition, make_source, make_user


def decided(case, by, **over):
    """What a moderator saw of the case, to be published in an hour."""
    seen = fingerprint(next_record(case, render_case(case)))
    at = timezone.now() + timedelta(hours=1)
    over = {"kind": "update", "change_note": "News.", "at": at, "seen": seen} | over
    return schedules.schedule(case, by=by, **over)


def make_due():
    Schedule.objects.waiting().update(at=timezone.now() - timedelta(days=3))


def test_what_is_due_is_published_once_also_late(waiting, moderator, capsys):
    case = waiting()
    decided(case, moderator)
    assert publish_due() == []
    make_due()
    call_command("publish_due")
    assert "Published as edition 1." in capsys.readouterr().out
    call_command("publish_due")
    assert capsys.readouterr().out == ""
    edition = case.editions.get()
    assert (edition.published_by, edition.kind) == (moderator, "first")
    assert Schedule.objects.get().state == "published"


def test_a_later_edition_is_published_as_it_was_decided(changed, accepted, moderator):
    edition = make_edition()
    correction = accepted(edition)
    case = changed(edition)
    decided(case, moderator, kind="correction", mends=[correction.reference])
    make_due()
    publish_due()
    printed = case.editions.current().get()
    assert (printed.kind, printed.change_note) == ("correction", "News.")
    assert Correction.objects.get().mended_in == printed


def test_what_was_changed_since_is_not_published_and_says_so(changed, editor, moderator):
    case = changed()
    decided(case, moderator)
    cases.change_case(case, by=editor, reason="A comma.", location="Khujand")
    make_due()
    [schedule] = publish_due()
    assert case.editions.count() == 1
    assert (schedule.state, schedule.outcome) == (
        "refused",
        "It was changed after its time had been set.",
    )
    event = AuditEvent.objects.filter(action="unscheduled").get()
    assert (event.by, event.note) == (None, schedule.outcome)
    assert list(Schedule.objects.failed()) == [schedule]
    services.send_back(Case.objects.get(pk=case.pk), by=moderator, reason="Look again.")
    assert not Schedule.objects.failed()


def test_a_source_that_was_changed_since_stops_it_too(waiting, moderator):
    source = make_source()
    case = waiting(source=source)
    decided(case, moderator)
    Source.objects.filter(pk=source.pk).update(title="Another book altogether")
    make_due()
    assert publish_due()[0].state == "refused"
    assert not case.editions.exists()


def test_a_correction_that_was_taken_back_stops_it(changed, accepted, moderator):
    edition = make_edition()
    correction = accepted(edition)
    case = changed(edition)
    decided(case, moderator, mends=[correction.reference])
    services.corrections.undo(correction, by=moderator, reason="Not so.")
    make_due()
    assert correction.reference in publish_due()[0].outcome
    assert case.editions.count() == 1


def test_whoever_left_publishes_nothing_any_more(waiting, moderator):
    case = waiting()
    decided(case, moderator)
    moderator.is_active = False
    moderator.save()
    make_due()
    assert publish_due()[0].outcome == "Whoever set the time may not publish any more."
    assert not case.editions.exists()


def test_ones_own_work_is_not_published_at_a_set_time_either(moderator):
    case = cases.submit(make_case(by=moderator), by=moderator, reason="Ready.")
    decided(case, moderator)
    make_due()
    assert "Only you have changed this case" in publish_due()[0].outcome


def test_a_fault_of_ours_holds_nothing_else_up(waiting, moderator, monkeypatch):
    first, second = waiting(), waiting()
    decided(first, moderator)
    decided(second, moderator)
    make_due()
    real = services.editions.publish

    def fails_once(case, **over):
        if case.pk == first.pk:
            raise RuntimeError("A fault.")
        return real(case, **over)

    monkeypatch.setattr(services.editions, "publish", fails_once)
    assert [s.file.case for s in publish_due()] == [second]
    assert Schedule.objects.waiting().get().file.case == first


def test_the_time_is_changed_and_called_off(waiting, moderator):
    case = waiting()
    first = decided(case, moderator)
    second = decided(case, moderator, at=timezone.now() + timedelta(days=2))
    first.refresh_from_db()
    assert (first.state, list(Schedule.objects.waiting())) == ("called-off", [second])
    schedules.call_off(case, by=moderator)
    with pytest.raises(schedules.NotScheduled):
        schedules.call_off(case, by=moderator)
    actions = AuditEvent.objects.filter(action__contains="scheduled").order_by("pk")
    assert [e.action for e in actions] == ["scheduled", "unscheduled", "scheduled", "unscheduled"]


def test_what_is_published_by_hand_or_sent_back_waits_no_more(waiting, moderator):
    case, other = waiting(), waiting()
    decided(case, moderator)
    decided(other, moderator)
    services.publish(case, by=moderator)
    services.send_back(other, by=moderator, reason="Not yet.")
    assert not Schedule.objects.waiting()


def test_a_time_is_refused_that_has_passed_or_for_what_is_not_as_seen(waiting, editor, moderator):
    case = waiting()
    with pytest.raises(ValidationError, match="has passed"):
        decided(case, moderator, at=timezone.now())
    cases.change_case(case, by=editor, reason="A comma.", location="Khujand")
    with pytest.raises(StaleLock):
        decided(case, moderator)
    draft = make_case()
    with pytest.raises(cases.WrongStage):
        decided(draft, moderator)


def test_a_claim_and_the_checklist_hold_for_setting_a_time(waiting, moderator):
    case = waiting()
    claims.claim(case, by=make_user("milo"))
    with pytest.raises(claims.ClaimedByAnother):
        decided(case, moderator)
    claims.take_over(case, by=moderator)
    ChecklistItem.objects.create(text="Read aloud", is_required=True)
    with pytest.raises(ChecklistOpen):
        decided(case, moderator)
