"""What the organisation wants to be looked at, and who ticked it."""

import pytest

from cases import services as cases
from desk import services
from reviews import checklist
from reviews.checklist import ChecklistOpen
from reviews.models import ChecklistItem, Tick
from revisions.models import AuditEvent
from tests.factories import make_case


@pytest.fixture
def waiting(editor):
    return cases.submit(make_case(by=editor), by=editor, reason="Ready.")


@pytest.fixture
def items(db):
    make = ChecklistItem.objects.create
    make(text="Not in use", is_in_use=False, is_required=True)
    return make(text="Every number has a note", is_required=True), make(text="Read aloud")


def test_what_is_required_must_be_ticked_before_anything_is_published(waiting, items, moderator):
    with pytest.raises(ChecklistOpen, match="Every number has a note"):
        services.publish(waiting, by=moderator)
    checklist.tick(waiting, items[:1], by=moderator)
    assert services.publish(waiting, by=moderator).number == 1


def test_a_tick_says_who_first_ticked_it_and_as_it_was_worded(waiting, items, editor, moderator):
    checklist.tick(waiting, items, by=moderator)
    checklist.tick(waiting, items[:1], by=editor)
    ChecklistItem.objects.update(text="Reworded")
    tick = Tick.objects.get()
    assert (tick.by, tick.wording, tick.lock) == (
        moderator,
        "Every number has a note",
        waiting.lock,
    )
    notes = AuditEvent.objects.filter(action="ticked").values_list("note", flat=True)
    assert list(notes) == ["– Read aloud", "✓ Every number has a note\n✓ Read aloud"]


def test_the_next_edition_begins_with_an_unticked_list(waiting, items, editor, moderator):
    checklist.tick(waiting, items, by=moderator)
    services.publish(waiting, by=moderator)
    waiting.refresh_from_db()
    cases.submit(waiting, by=editor, reason="Again.")
    file = checklist.tick(waiting, [], by=moderator)
    assert (file.number, [row.tick for row in checklist.rows(file)]) == (2, [None, None])
    assert Tick.objects.count() == 2  # the first edition's stay in its file
