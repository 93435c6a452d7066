"""The table of stages and moves in docs/moderating.md, move by move; any other is refused."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from cases import services as cases
from cases.models import Case
from desk import services
from editions.models import Edition
from reviews import claims
from tests.factories import make_case, make_edition, make_user, publish_case

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "moderating.md"
ROW = re.compile(r"^\| ([a-z ]+) \| ([a-z ]+) \| (editor|moderator) \| ([a-z ]+) \|$", re.MULTILINE)
TABLE = {(stage, move): (who, after) for stage, move, who, after in ROW.findall(MANUAL.read_text())}
STAGES = {stage.label: stage.value for stage in Case.Stage}


def change(case, by):
    return cases.change_case(case, by=by, reason="As in print.", aim=case.aim)


MOVES = {
    "change": change,
    "submit": lambda case, by: cases.submit(case, by=by, reason="Ready."),
    "publish": lambda case, by: services.publish(case, by=by, change_note="The same again."),
    "send back": lambda case, by: services.send_back(case, by=by, reason="Not yet."),
    "take back": lambda case, by: cases.take_back(case, by=by, reason="Not ready after all."),
    "settle": lambda case, by: services.settle(case, by=by),
    "withdraw": lambda case, by: services.withdraw(case, by=by, reason="In doubt."),
}


def brought_to(stage, editor, moderator):
    """A case that is in print and says what it says there, in that stage."""
    case = make_edition().case
    case.refresh_from_db()
    if stage == "approved":
        return case
    case = change(case, editor)
    if stage in ("in review", "changes requested"):
        case = MOVES["submit"](case, editor)
    return MOVES["send back"](case, moderator) if stage == "changes requested" else case


def test_the_table_is_read_and_knows_no_other_stage_or_move():
    assert {stage for stage, _move in TABLE} == set(STAGES)
    assert {move for _stage, move in TABLE} == set(MOVES)
    assert {after for _who, after in TABLE.values()} == set(STAGES)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("stage", STAGES)
def test_every_move_is_as_the_table_says_or_refused(stage, move, editor, moderator):
    case = brought_to(stage, editor, moderator)
    assert case.stage == STAGES[stage]
    who, after = TABLE.get((stage, move), ("moderator", stage))
    person = {"editor": editor, "moderator": moderator}[who]
    if (stage, move) in TABLE:
        MOVES[move](case, person)
    else:
        with pytest.raises(cases.WrongStage):
            MOVES[move](case, person)
    case.refresh_from_db()
    assert case.stage == STAGES[after]


@pytest.mark.parametrize("stage", STAGES)
def test_from_every_stage_there_is_a_way_into_print(stage, editor, moderator):
    case = brought_to(stage, editor, moderator)
    edition = publish_case(case, by=moderator, change_note="The same again.")
    assert edition.is_current


@pytest.mark.parametrize("stage", STAGES)
def test_nobody_who_has_left_holds_a_case_up(stage, editor, moderator, administrator):
    case = brought_to(stage, editor, moderator)
    if case.stage == Case.Stage.IN_REVIEW:
        claims.claim(case, by=moderator)
        claims.take_over(case, by=administrator)
    User.objects.filter(pk__in=(editor.pk, moderator.pk)).update(is_active=False)
    newcomer = make_user("newcomer")
    case = change(case, newcomer)
    if case.stage != Case.Stage.IN_REVIEW:
        case = MOVES["submit"](case, newcomer)
    assert services.publish(case, by=administrator, change_note="News.").is_current


@pytest.mark.parametrize("stage", STAGES)
def test_what_one_alone_has_changed_is_decided_by_another(stage, editor, moderator, administrator):
    case = brought_to(stage, editor, moderator)
    case.contributors.set([moderator])
    if case.stage != Case.Stage.IN_REVIEW:
        case = MOVES["submit"](case, editor)
    with pytest.raises(services.editions.OwnWork):
        services.publish(case, by=moderator, change_note="News.")
    assert services.publish(case, by=administrator, change_note="News.").is_current


@pytest.mark.parametrize("stage", STAGES)
def test_what_was_withdrawn_comes_back_from_every_stage(stage, editor, moderator):
    case = brought_to(stage, editor, moderator)
    services.withdraw(case, by=moderator, reason="In doubt.")
    case.refresh_from_db()
    edition = publish_case(case, by=moderator, change_note="It stands.")
    assert Edition.objects.listed().get() == edition


def test_what_was_never_printed_cannot_be_settled(editor, moderator):
    with pytest.raises(cases.WrongStage):
        services.settle(make_case(by=editor), by=moderator)
