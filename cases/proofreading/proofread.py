"""Asks the rules of the table about a case."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from cases.models import Case, Dismissal, RuleOff
from cases.rendering import Rendered, render_case

from .finding import ORDER, Finding, Found, Grade, Mending, Rule
from .reading import Reading
from .table import RULES

_MOST = 25  # findings of one rule
_AROUND = 40  # characters beside what is mended


def proofread(
    case: Case,
    rendered: Rendered | None = None,
    *,
    hints: bool = False,
    all_rules: bool = False,
    reading: Reading | None = None,
) -> list[Finding]:
    """Findings on the case as it stands, those that stop publication first, those that somebody
    dismissed last; with `hints` also these, with `all_rules` also those of rules that are off;
    `reading` is the case where it is read already. Two queries, and a few for facts that are not
    in memory."""
    reading = reading or Reading(case, rendered or render_case(case))
    off = set() if all_rules else set(RuleOff.objects.values_list("code", flat=True))
    asked = [
        rule
        for rule in RULES.values()
        if (hints or rule.grade != Grade.HINT) and not (rule.may_be_off and rule.code in off)
    ]
    found = _with_dismissals(case, list(_findings(reading, asked)))
    return sorted(found, key=lambda one: (one.dismissed is not None, ORDER[Grade(one.grade)]))


def stopping(case: Case, rendered: Rendered | None = None) -> list[Finding]:
    """Those findings alone that stop publication. What rendering costs, and no query besides."""
    errors = [rule for rule in RULES.values() if rule.grade == Grade.ERROR]
    return list(_findings(Reading(case, rendered or render_case(case)), errors))


def counted(findings: Iterable[Finding]) -> tuple[int, dict[str, int]]:
    """How many stop publication, and how many warnings that nobody dismissed there are by rule."""
    standing = [one for one in findings if one.dismissed is None]
    warnings = Counter(one.code for one in standing if one.grade == Grade.WARNING)
    return sum(one.blocks for one in standing), dict(sorted(warnings.items()))


def _findings(reading: Reading, rules: Collection[Rule]) -> Iterator[Finding]:
    for rule in rules:
        if reading.is_readable or rule.grade == Grade.ERROR:
            for found in islice(rule.find(reading), _MOST):
                yield _finding(rule, found, reading)


def _finding(rule: Rule, found: Found, reading: Reading) -> Finding:
    mending = _mending(rule, found, reading) if rule.mend and found.span else None
    place = found.place or found.message
    return Finding(rule.code, found.message, found.field, found.line, rule.grade, place, mending)


def _mending(rule: Rule, found: Found, reading: Reading) -> Mending | None:
    assert rule.mend and found.span  # noqa: S101 - the caller asked
    typed = reading.words[found.field].typed
    start, end = found.span
    before = typed[start:end]
    after = rule.mend(before)
    if after == before:
        return None
    left = typed[max(0, start - _AROUND) : start].rpartition("\n")[2]
    right = typed[end : end + _AROUND].partition("\n")[0]
    return Mending(found.field, start, before, after, left, right)


def _with_dismissals(case: Case, findings: list[Finding]) -> list[Finding]:
    """Each with who dismissed it, where somebody did. One query."""
    if not case.pk or not any(RULES[one.code].may_be_off for one in findings):
        return findings
    rows = Dismissal.objects.standing().filter(case=case.pk).select_related("by")
    standing = {(row.code, row.fingerprint): row for row in rows}
    return [one.let_stand(standing.get((one.code, one.fingerprint))) for one in findings]
