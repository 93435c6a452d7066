"""manage.py proofread: findings by line, and an exit code for what cannot stand."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases import dismissals, services
from cases.models import Case, Shingle
from cases.proofreading import proofread
from tests.factories import make_case, make_source


def said(*args, **options):
    out = StringIO()
    call_command("proofread", *args, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def case(db):
    make_source("author")
    return make_case(slug="a-war", body="They left the the town.[@author, p. 3]")


def test_a_line_says_where_what_and_by_which_rule(case, editor):
    line = "a-war:body:1: warning: “the” stands twice. (doubled-word)"
    assert line in said()
    finding = next(one for one in proofread(case) if one.code == "doubled-word")
    dismissals.dismiss(case, finding, by=editor, word="A quotation.")
    assert f"{line} [dismissed: A quotation.]" in said()


def test_hints_and_grades_are_chosen(case):
    assert "missing-conflict" not in said()
    assert "missing-conflict" in said("--hints")
    assert "doubled-word" not in said("--grade", "error")
    assert said("--grade", "hint").count("hint") and "warning" not in said("--grade", "hint")


def test_json_is_an_object_a_case(case):
    make_case(slug="b-war")
    cases = json.loads(said("--format", "json"))
    assert [one["case"] for one in cases] == ["a-war", "b-war"]
    twice = next(f for f in cases[0]["findings"] if f["rule"] == "doubled-word")
    assert twice["mending"] == {"before": "the the", "after": "the"}
    assert (twice["line"], twice["grade"], twice["dismissed"]) == (1, "warning", None)
    assert json.loads(said("b-war", "--format", "json"))[0]["case"] == "b-war"


def test_an_error_in_what_is_in_review_ends_with_1_and_in_a_draft_does_not(case, editor):
    wrong = make_case(slug="wrong", body="They met.[@nobody1999]")
    assert "unknown-key" in said()
    services.submit(wrong, by=editor, reason="Ready.")
    with pytest.raises(CommandError, match="wrong") as refused:
        said()
    assert refused.value.returncode == 1


def test_no_such_case_is_said(db):
    with pytest.raises(CommandError, match="no-such"):
        said("no-such")


def test_what_is_left_of_cases_that_are_gone_goes(case):
    Shingle.objects.create(case_id=999_999, hash=1)
    said()
    assert not Shingle.objects.filter(case_id=999_999).exists()


def test_counts_are_kept(case):
    Case.objects.update(stopping=None, warnings=None, found={})
    said()
    stored = Case.objects.get()
    assert stored.stopping == 0 and stored.found["doubled-word"] == 1
    assert stored.warnings == sum(stored.found.values())
