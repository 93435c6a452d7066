"""The table of rules: every example trips its rule, every near miss does not, mendings hold."""

import pytest

from cases.proofreading import RULES, Grade, proofread
from tests.cases.proofreading.examples import case_of


def found(code, example):
    return [one for one in proofread(case_of(example), hints=True) if one.code == code]


@pytest.mark.parametrize("code", RULES)
def test_the_example_trips_its_rule(db, code):
    findings = found(code, RULES[code].trips)
    assert findings
    assert {one.grade for one in findings} == {RULES[code].grade}
    assert all(one.message and one.fingerprint for one in findings)


@pytest.mark.parametrize("code", RULES)
def test_the_near_miss_does_not(db, code):
    assert not found(code, RULES[code].misses)


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.mend])
def test_a_mending_leaves_nothing_of_its_finding(db, code):
    case = case_of(RULES[code].trips)
    for _step in range(9):
        findings = [one for one in proofread(case, hints=True) if one.code == code]
        if not findings:
            return
        mending = findings[0].mending
        text = getattr(case, mending.field)
        setattr(case, mending.field, mending.on(text))
        assert getattr(case, mending.field) != text
    pytest.fail("Mended nine times, and it is still found.")


def test_every_rule_says_what_it_is_and_why():
    for rule in RULES.values():
        assert str(rule.title) and str(rule.why).endswith((".", "?"))
        assert rule.mend is None or rule.grade != Grade.ERROR
