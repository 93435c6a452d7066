"""What people decide about findings: to let one stand, to turn a rule off for the collection."""

from collections.abc import Collection, Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from revisions import audit

from .models import Case, Dismissal, RuleOff
from .proofreading import RULES, Finding

MOST_COUNTED = 32_767
_SAID = 300  # characters of a finding in the audit trail
_AT_ONCE = 500


class NotDismissible(ValueError):
    """The finding stops publication, or was dismissed already; the message says which."""


class NotSwitchable(ValueError):
    """The rule cannot be turned off or on; the message says why."""


def dismiss(case: Case, finding: Finding, *, by: User, word: str) -> Dismissal:
    """Let a finding stand, for a reason. It stays dismissed until the text that it is about
    changes. Raises NotDismissible, ValidationError where there is no word."""
    with transaction.atomic():
        stored = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        if not RULES[finding.code].may_be_off:
            raise NotDismissible(_("What stops publication cannot be dismissed: mend it."))
        if _standing(stored, finding).exists():
            raise NotDismissible(_("This finding is dismissed already."))
        row = Dismissal(
            case=stored,
            code=finding.code,
            fingerprint=finding.fingerprint,
            said=finding.message,
            word=word.strip(),
            by=by,
        )
        row.full_clean()
        row.save()
        note = f"{finding.message[:_SAID]} – {row.word}"
        audit.record(stored, audit.Action.DISMISSED, by=by, after=finding.code, note=note)
        _count(stored, finding.code, -1)
    return row


def take_back(dismissal: Dismissal, *, by: User) -> Dismissal:
    """Let a dismissed finding be one again. Raises NotDismissible where it is one already."""
    with transaction.atomic():
        case = Case.objects.select_for_update(no_key=True).get(pk=dismissal.case_id)
        row = Dismissal.objects.select_for_update().get(pk=dismissal.pk)
        if row.taken_back_at:
            raise NotDismissible(_("It was taken back already."))
        row.taken_back_at, row.taken_back_by = timezone.now(), by
        row.full_clean()
        row.save()
        note = row.said[:_SAID]
        audit.record(case, audit.Action.UNDISMISSED, by=by, before=row.code, note=note)
        _count(case, row.code, 1)
    return row


def _standing(case: Case, finding: Finding) -> QuerySet[Dismissal]:
    return Dismissal.objects.standing().filter(
        case=case, code=finding.code, fingerprint=finding.fingerprint
    )


def _count(case: Case, code: str, more: int) -> None:
    """One warning of the stored case more, or less."""
    if RULES[code].grade == "warning":
        found = case.found | {code: max(0, case.found.get(code, 0) + more)}
        case.found = {name: n for name, n in found.items() if n}
        case.warnings = warnings_of(case.found, rules_off())
        Case.objects.filter(pk=case.pk).update(found=case.found, warnings=case.warnings)


def rules_off() -> frozenset[str]:
    """The codes of the rules that are off. One query."""
    return frozenset(RuleOff.objects.values_list("code", flat=True))


def warnings_of(found: Mapping[str, int], off: Collection[str]) -> int:
    """How many warnings a case has of the rules that are on."""
    return min(sum(n for code, n in found.items() if code not in off), MOST_COUNTED)


def turn_off(code: str, *, by: User, why: str) -> RuleOff:
    """Let a rule find nothing in the whole collection; cases are counted anew. Raises
    NotSwitchable, ValidationError where nothing is said why."""
    rule = RULES.get(code)
    if rule is None or not rule.may_be_off:
        raise NotSwitchable(_("What stops publication protects what is published: it stays on."))
    with transaction.atomic():
        if RuleOff.objects.filter(code=code).exists():
            raise NotSwitchable(_("This rule is off already."))
        row = RuleOff(code=code, why=why.strip(), by=by)
        row.full_clean()
        row.save()
        audit.record(row, audit.Action.RULE_OFF, by=by, note=row.why)
        _count_all(code)
    return row


def turn_on(code: str, *, by: User) -> None:
    """Let a rule that is off find again. Raises NotSwitchable where it is on."""
    with transaction.atomic():
        row = RuleOff.objects.select_for_update().filter(code=code).first()
        if row is None:
            raise NotSwitchable(_("This rule is on already."))
        audit.record(row, audit.Action.RULE_ON, by=by, note=row.why)
        row.delete()
        _count_all(code)


def _count_all(code: str) -> None:
    """Count the warnings anew of all cases that have some of this rule. It is no revision of
    theirs."""
    off = rules_off()
    cases = Case.objects.filter(found__has_key=code).only("pk", "found").order_by("pk")
    batch: list[Case] = []
    for case in cases.iterator(chunk_size=_AT_ONCE):
        case.warnings = warnings_of(case.found, off)
        batch.append(case)
    Case.objects.bulk_update(batch, ["warnings"], batch_size=_AT_ONCE)
