"""What editors do with a case: write it, change it, restore it, submit it; and its way back."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from reversion.models import Version

from organisations.models import Organisation
from organisations.naming import free_slug_among
from revisions import audit, history, revision_block
from revisions.revision_block import StaleLock

from .dismissals import MOST_COUNTED, rules_off, warnings_of
from .models import FACT_ROWS, Case
from .proofreading import Finding, Reading, compare, counted, proofread
from .regional_groups import own_regional_groups
from .rendering import render_case

_SETS = (
    *("countries", "regional_groups", "conflict_types", "initiative_types", "impact_criteria"),
    "related",
)
_COUNTED_LATER: ContextVar[set[int] | None] = ContextVar("counted_later", default=None)
_APART = frozenset((*_SETS, *FACT_ROWS))  # what is stored in rows of its own


class WrongStage(RuntimeError):
    """The case is not in a stage in which this can be done; the message says which."""


class CannotAssign(ValueError):
    """The case cannot be assigned to that person; the message says why."""


def create_case(
    *,
    by: User,
    reason: str,
    organisations: Iterable[Organisation] = (),
    slug: str = "",
    **content: Any,
) -> Case:
    """A new draft by `by`. `content` holds fields of CaseContent, many-to-many ones as iterables,
    and FACT_ROWS, each an iterable of the fields of a row. Without `slug` one is made from the
    title.

    Raises ValidationError for content the model refuses; then nothing is stored.
    """
    plain = {name: value for name, value in content.items() if name not in _APART}
    case = Case(**plain)
    case.slug = slug or free_slug_among(Case.objects.all(), case.title)
    said = {name: content[name] for name in _APART if content.get(name)}
    rows: dict[str, list[Model]] = {name: [] for name in FACT_ROWS if name not in said}
    with revision_block.recorded(by=by, reason=reason), revision_block.taken_once(case, rows):
        revision_block.save(case)
        rows["participations"] = _set_facts(case, said, organisations)
        note_change(case, by=by)
        count_findings(case)
    return case


def change_case(
    case: Case,
    *,
    by: User,
    reason: str,
    organisations: Iterable[Organisation] | None = None,
    **content: Any,
) -> Case:
    """Change what `content` names, leave the rest, and return the case as stored.

    Raises StaleLock when somebody saved it since `case` was read, ValidationError as `create_case`.
    """
    with revision_block.recorded(by=by, reason=reason):
        stored = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        if stored.lock != case.lock:
            raise StaleLock(_("This case was saved by somebody else in the meantime."))
        for name, value in content.items():
            if name not in _APART:
                setattr(stored, name, value)
        stored.clean_fields()
        with revision_block.taken_once(stored):
            note_change(stored, by=by)
            revision_block.save(stored)
            _set_facts(stored, content, organisations)
        count_findings(stored)
    return stored


def restore_case(case: Case, version: Version, *, by: User, reason: str) -> Case:
    """Make the case hold again what it held in `version`; its stage and a published slug stay.

    An organisation that has since been merged into another is the one it was merged into. Raises
    as `revisions.history.restore`.
    """
    keep = ("slug",) if case.editions.exists() else ()
    with revision_block.recorded(by=by, reason=reason):
        stored = history.restore(case, version, by=by, reason=reason, keep=keep)
        _follow_merges(stored)
        derive_regional_groups(stored)
        note_change(stored, by=by)
        stored.save()
        count_findings(stored)
    return stored


def _follow_merges(case: Case) -> None:
    merged = case.participations.exclude(organisation__merged_into=None)
    for row in merged.select_related("organisation__merged_into"):
        kept = cast(Organisation, row.organisation.merged_into)
        if case.participations.filter(organisation=kept).exists():
            row.delete()
            continue
        row.organisation = kept
        revision_block.store(row)
    for party in case.parties.exclude(organisation__merged_into=None).select_related(
        "organisation"
    ):
        party.organisation = cast(Organisation, cast(Organisation, party.organisation).merged_into)
        party.save()


def _set_facts(
    case: Case, content: Mapping[str, Any], organisations: Iterable[Organisation] | None
) -> list[Model]:
    """Store what is said in rows of its own; those of the organisations are returned."""
    for name in _SETS:
        if name in content:
            getattr(case, name).set(content[name])
    participations: list[Model] = []
    if organisations is not None:
        named = [{"organisation": organisation} for organisation in dict.fromkeys(organisations)]
        participations = _set_rows(case, "participations", named)
    for name in FACT_ROWS:
        if name in content:
            _set_rows(case, name, content[name])
    derive_regional_groups(case)
    return participations


def _set_rows(case: Case, name: str, rows: Iterable[Mapping[str, Any]]) -> list[Model]:
    manager = getattr(case, name)
    manager.all().delete()
    ordered = any(field.name == "position" for field in manager.model._meta.concrete_fields)
    made = []
    for position, fields in enumerate(rows):
        row = manager.model(**fields, case=case, **({"position": position} if ordered else {}))
        revision_block.store(row, trusted=["case"])
        made.append(row)
    return made


def derive_regional_groups(case: Case) -> None:
    """Set the case's groups to its countries' own, unless an editor's note overrules them."""
    if not case.regional_groups_note:
        years = (case.start_year, case.end_year, case.ongoing)
        case.regional_groups.set(own_regional_groups(case.countries.all(), *years))


def note_change(case: Case, *, by: User) -> None:
    """Remember who changed the case since its last edition; an approved case is a draft again.

    Changes `case` in memory where the stage turns; the caller saves it.
    """
    case.contributors.add(by)
    if case.stage == Case.Stage.APPROVED:
        move(case, Case.Stage.DRAFT, by=by, reason="")


def submit(case: Case, *, by: User, reason: str) -> Case:
    """Hand the case to the moderators. Raises WrongStage when it is in review already."""
    with revision_block.recorded(by=by, reason=reason):
        stored = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        if stored.stage == Case.Stage.IN_REVIEW:
            raise WrongStage(_("This case is in review already."))
        move(stored, Case.Stage.IN_REVIEW, by=by, reason=reason)
        revision_block.save(stored, audited=False)
        count_findings(stored)
    return stored


def take_back(case: Case, *, by: User, reason: str) -> Case:
    """Make a case that waits for a moderator a draft again, and nobody decides on it. Raises
    WrongStage where it does not wait: it was never submitted, or a moderator was faster."""
    with revision_block.recorded(by=by, reason=reason):
        stored = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        if stored.stage != Case.Stage.IN_REVIEW:
            raise WrongStage(
                _("It was not taken back: it does not wait for a moderator (any more).")
            )
        move(stored, Case.Stage.DRAFT, by=by, reason=reason, action=audit.Action.TAKEN_BACK)
        revision_block.save(stored, audited=False)
    return stored


def writers() -> QuerySet[User]:
    """Those to whom a case can be assigned: who works at the desk and may change cases."""
    may_write = User.objects.with_perm(
        "cases.change_case", backend="django.contrib.auth.backends.ModelBackend"
    )
    return may_write.filter(is_staff=True).order_by("first_name", "last_name", "username")


def assign(case: Case, *, to: User | None, by: User, reason: str = "") -> Case:
    """Say who looks after the case; `to` is None for nobody. It is no change of the case: there is
    no revision, only a line in the audit trail, and nobody counts as having written it.

    Raises CannotAssign where it is theirs already, or where `to` may not change cases.
    """
    with transaction.atomic():
        stored = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        if to is not None and not writers().filter(pk=to.pk).exists():
            raise CannotAssign(_("%s may not change cases.") % to.get_username())
        if stored.editor_id == (to.pk if to else None):
            raise CannotAssign(_("It is theirs already.") if to else _("It is nobody's already."))
        before, after = ((u.get_username()[:60] if u else "") for u in (stored.editor, to))
        stored.editor = to
        stored.clean_fields(exclude=[f.name for f in Case._meta.fields if f.name != "editor"])
        stored.save(update_fields=["editor"])
        action = audit.Action.ASSIGNED
        audit.record(stored, action, by=by, before=before, after=after, note=reason)
    return stored


def count_findings(case: Case) -> int:
    """As `proofread_anew`; returns how many findings stop the publication of the case."""
    later = _COUNTED_LATER.get()
    if later is None:
        proofread_anew(case)
    else:
        later.add(case.pk)
    return case.stopping or 0


@contextmanager
def counted_together() -> Iterator[None]:
    """Cases that are stored inside are proofread once, at the end, however often each is stored."""
    token = _COUNTED_LATER.set(set())
    try:
        yield
        changed = _COUNTED_LATER.get() or ()
    finally:
        _COUNTED_LATER.reset(token)
    for case in Case.objects.filter(pk__in=changed).order_by("pk"):
        proofread_anew(case)


def proofread_anew(case: Case, *, hints: bool = False) -> list[Finding]:
    """Compare the stored case with the collection, proofread it as it stands, keep what was found
    by comparing and how much was counted, and return the findings of the rules that are on."""
    reading, off = Reading(case, render_case(case)), rules_off()
    case.compared = compare(reading)
    findings = proofread(case, hints=hints, all_rules=True, reading=reading)
    stopping, case.found = counted(findings)
    case.stopping, case.warnings = min(stopping, MOST_COUNTED), warnings_of(case.found, off)
    # Not by save(): this is no revision, not even where a source's revision is under way.
    Case.objects.filter(pk=case.pk).update(
        **{name: getattr(case, name) for name in ("stopping", "warnings", "found", "compared")}
    )
    return [finding for finding in findings if finding.blocks or finding.code not in off]


def move(
    case: Case, stage: str, *, by: User, reason: str, action: str = audit.Action.MOVED
) -> None:
    """Bring `case` to `stage` in memory; the caller saves it inside a recorded block."""
    audit.record(case, action, by=by, before=case.stage, after=str(stage), note=reason)
    case.stage = stage
    case.stage_reason = reason
    case.stage_changed_at = timezone.now()
    case.stage_changed_by = by
