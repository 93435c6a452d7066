"""What editors do with a case: write it, change it, restore it, submit it; and its way back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from reversion.models import Version

from organisations.models import Country, GroupMembership, Organisation, RegionalGroup
from organisations.naming import free_slug
from revisions import history, revision_block
from revisions.revision_block import StaleLock

from .models import Agreement, Case, ExternalId, Participation

_SETS = ("countries", "regional_groups", "conflict_types", "initiative_types", "related")


class WrongStage(RuntimeError):
    """The case is not in a stage in which this can be done; the message says which."""


def create_case(
    *,
    by: User,
    reason: str,
    organisations: Iterable[Organisation] = (),
    external_ids: Iterable[tuple[str, str]] = (),
    agreements: Iterable[Mapping[str, str]] = (),
    slug: str = "",
    **content: object,
) -> Case:
    """A new draft by `by`. `content` holds fields of CaseContent, many-to-many ones as iterables;
    `external_ids` are (scheme, value), `agreements` the fields of Agreement. Without `slug` one is
    made from the title.

    Raises ValidationError for content the model refuses; then nothing is stored.
    """
    plain = {name: value for name, value in content.items() if name not in _SETS}
    case = Case(**plain)
    case.slug = slug or free_slug(case.title, Case.objects.values_list("slug", flat=True))
    with revision_block.recorded(by=by, reason=reason):
        revision_block.save(case)
        _set_facts(case, content, organisations, external_ids, agreements)
        note_change(case, by=by)
    return case


def change_case(
    case: Case,
    *,
    by: User,
    reason: str,
    organisations: Iterable[Organisation] | None = None,
    external_ids: Iterable[tuple[str, str]] | None = None,
    agreements: Iterable[Mapping[str, str]] | None = None,
    **content: object,
) -> Case:
    """Change what `content` names, leave the rest, and return the case as stored.

    Raises StaleLock when somebody saved it since `case` was read, ValidationError as `create_case`.
    """
    with revision_block.recorded(by=by, reason=reason):
        stored = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        if stored.lock != case.lock:
            raise StaleLock(_("This case was saved by somebody else in the meantime."))
        for name, value in content.items():
            if name not in _SETS:
                setattr(stored, name, value)
        stored.clean_fields()
        note_change(stored, by=by)
        revision_block.save(stored)
        _set_facts(stored, content, organisations, external_ids, agreements)
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
    return stored


def _follow_merges(case: Case) -> None:
    merged = case.participations.exclude(organisation__merged_into=None)
    for row in merged.select_related("organisation__merged_into"):
        kept = cast(Organisation, row.organisation.merged_into)
        if case.participations.filter(organisation=kept).exists():
            row.delete()
            continue
        row.organisation = kept
        row.full_clean()
        row.save()


def _set_facts(
    case: Case,
    content: dict[str, object],
    organisations: Iterable[Organisation] | None,
    external_ids: Iterable[tuple[str, str]] | None,
    agreements: Iterable[Mapping[str, str]] | None,
) -> None:
    for name in _SETS:
        if name in content:
            getattr(case, name).set(content[name])
    if organisations is not None:
        case.participations.all().delete()
        for position, organisation in enumerate(dict.fromkeys(organisations)):
            row = Participation(case=case, organisation=organisation, position=position)
            row.full_clean()
            row.save()
    if external_ids is not None:
        case.external_ids.all().delete()
        for scheme, value in dict.fromkeys(external_ids):
            external = ExternalId(case=case, scheme=scheme, value=value)
            external.full_clean()
            external.save()
    if agreements is not None:
        case.agreements.all().delete()
        for fields in agreements:
            agreement = Agreement(case=case, **fields)
            agreement.full_clean()
            agreement.save()
    derive_regional_groups(case)


def derive_regional_groups(case: Case) -> None:
    """Set the case's groups to its countries' own, unless an editor's note overrules them."""
    if not case.regional_groups_note:
        years = (case.start_year, case.end_year, case.ongoing)
        case.regional_groups.set(own_regional_groups(case.countries.all(), *years))


def own_regional_groups(
    countries: Iterable[Country], start_year: int | None, end_year: int | None, ongoing: bool
) -> QuerySet[RegionalGroup]:
    """The groups of which any of `countries` was a member in any year of the initiative.

    Where the years are unknown, those of today.
    """
    today = timezone.localdate()
    start = date(min(max(start_year, 1), 9999), 1, 1) if start_year else None
    end = date(min(max(end_year, 1), 9999), 12, 31) if end_year else None
    memberships = GroupMembership.objects.in_force(
        start or end or today, today if ongoing else end or start or today
    )
    return RegionalGroup.objects.filter(
        memberships__in=memberships.filter(country__in=countries)
    ).distinct()


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
        revision_block.save(stored)
    return stored


def move(case: Case, stage: str, *, by: User, reason: str) -> None:
    """Bring `case` to `stage` in memory; the caller saves it inside a recorded block."""
    case.stage = stage
    case.stage_reason = reason
    case.stage_changed_at = timezone.now()
    case.stage_changed_by = by
