"""A finding is dismissed with a word until its text changes; a rule is off for the collection."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from cases import dismissals, services
from cases.models import Case, Dismissal, RuleOff
from cases.proofreading import RULES, proofread
from revisions.models import AuditEvent
from tests.factories import make_case, make_source

TWICE = "They left the the town.[@author, p. 3]"


@pytest.fixture
def case(db):
    make_source("author")
    return make_case(body=f"One more.[@author, p. 1]\n\n{TWICE}")


def twice(case):
    found = proofread(Case.objects.get(pk=case.pk))
    return next(one for one in found if one.code == "doubled-word")


def change(case, editor, **content):
    stored = Case.objects.get(pk=case.pk)
    return services.change_case(stored, by=editor, reason="A better word.", **content)


def test_a_dismissed_finding_says_who_let_it_stand_and_why(case, editor):
    assert twice(case).dismissed is None
    dismissals.dismiss(case, twice(case), by=editor, word="A quotation.")
    dismissed = twice(case).dismissed
    assert (dismissed.by, dismissed.word) == (editor, "A quotation.")
    event = AuditEvent.objects.get(action="dismissed")
    assert (event.by, event.after, event.label) == (editor, "doubled-word", case.title)
    assert "A quotation." in event.note


def test_it_stays_dismissed_while_other_text_changes_and_its_line_moves(case, editor):
    dismissals.dismiss(case, twice(case), by=editor, word="A quotation.")
    change(case, editor, body=f"New.[@author, p. 9]\n\nNew.[@author, p. 8]\n\n{TWICE}")
    assert twice(case).dismissed
    assert twice(case).line == 5


def test_it_comes_back_when_its_sentence_changes(case, editor):
    dismissals.dismiss(case, twice(case), by=editor, word="A quotation.")
    change(case, editor, body="They left the the city.[@author, p. 3]")
    assert twice(case).dismissed is None


def test_it_is_taken_back_by_hand(case, editor, moderator):
    row = dismissals.dismiss(case, twice(case), by=editor, word="A quotation.")
    dismissals.take_back(row, by=moderator)
    assert twice(case).dismissed is None
    assert AuditEvent.objects.get(action="undismissed").by == moderator
    with pytest.raises(dismissals.NotDismissible):
        dismissals.take_back(row, by=moderator)
    dismissals.dismiss(case, twice(case), by=editor, word="A quotation all the same.")


def test_what_stops_publication_is_not_dismissed(case, editor):
    change(case, editor, body="They met.[@nobody1999]")
    error = next(one for one in proofread(Case.objects.get()) if one.blocks)
    with pytest.raises(dismissals.NotDismissible):
        dismissals.dismiss(case, error, by=editor, word="Never mind.")
    assert not Dismissal.objects.exists()


def test_nothing_is_dismissed_twice_or_without_a_word(case, editor):
    with pytest.raises(ValidationError):
        dismissals.dismiss(case, twice(case), by=editor, word=" ")
    dismissals.dismiss(case, twice(case), by=editor, word="A quotation.")
    with pytest.raises(dismissals.NotDismissible):
        dismissals.dismiss(case, twice(case), by=editor, word="Again.")


def test_impossible_dismissals_are_refused_by_the_database(case, editor):
    fields = {"case": case, "code": "x", "fingerprint": "y", "said": "z", "by": editor}
    Dismissal.objects.create(**fields, word="Once.")
    for more in (
        {"word": "Twice."},
        {"fingerprint": "a", "word": ""},
        {"fingerprint": "b", "word": "Half.", "taken_back_by": editor},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Dismissal.objects.create(**fields | more)
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleOff.objects.create(code="x", why="", by=editor)


def test_the_counts_follow(case, editor):
    before = Case.objects.get()
    assert before.found["doubled-word"] == 1
    row = dismissals.dismiss(case, twice(case), by=editor, word="A quotation.")
    after = Case.objects.get()
    assert "doubled-word" not in after.found and after.warnings == before.warnings - 1
    assert (after.lock, after.updated_at) == (before.lock, before.updated_at)
    services.count_findings(after)
    assert Case.objects.get().warnings == before.warnings - 1
    dismissals.take_back(row, by=editor)
    assert Case.objects.get().warnings == before.warnings


def test_a_rule_that_is_off_finds_nothing_and_counts_nothing(case, administrator):
    before = Case.objects.get().warnings
    dismissals.turn_off("doubled-word", by=administrator, why="Our texts are proofread twice.")
    assert "doubled-word" not in {one.code for one in proofread(Case.objects.get())}
    assert Case.objects.get().warnings == before - 1
    services.count_findings(Case.objects.get())
    assert Case.objects.get().warnings == before - 1
    dismissals.turn_on("doubled-word", by=administrator)
    assert twice(case)
    assert Case.objects.get().warnings == before
    actions = AuditEvent.objects.filter(action__startswith="rule-").order_by("pk")
    assert [event.action for event in actions] == ["rule-off", "rule-on"]


@pytest.mark.parametrize("code", [c for c, rule in RULES.items() if rule.grade == "error"])
def test_what_protects_publication_is_never_off(db, administrator, code):
    with pytest.raises(dismissals.NotSwitchable):
        dismissals.turn_off(code, by=administrator, why="Never mind.")


def test_a_rule_is_turned_once_with_a_reason_and_must_be_there(db, administrator):
    with pytest.raises(dismissals.NotSwitchable):
        dismissals.turn_off("no-such-rule", by=administrator, why="Never mind.")
    with pytest.raises(dismissals.NotSwitchable):
        dismissals.turn_on("doubled-word", by=administrator)
    with pytest.raises(ValidationError):
        dismissals.turn_off("doubled-word", by=administrator, why=" ")
    dismissals.turn_off("doubled-word", by=administrator, why="Enough.")
    with pytest.raises(dismissals.NotSwitchable):
        dismissals.turn_off("doubled-word", by=administrator, why="Enough.")


def test_to_dismiss_is_no_revision_and_needs_no_newer_case(case, editor):
    Case.objects.update(lock=F("lock") + 1)
    dismissals.dismiss(case, twice(case), by=editor, word="A quotation.")
    assert Case.objects.get().contributors.count() == 1
