"""Services for organisations: add one, merge two that are the same, restore a revision."""

from typing import Protocol

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Manager
from django.utils.translation import gettext as _
from reversion.models import Version

from revisions import audit, history, revision_block
from serving.site_version import bump

from .models import Organisation, OrganisationKind, names_in
from .naming import free_slug_among


class _Participation(Protocol):
    """A row that says which organisation took part, in a case or in an edition."""

    organisation: Organisation

    def save(self) -> None: ...

    def delete(self) -> object: ...


class CannotMerge(RuntimeError):
    """The two organisations cannot be merged; the message says why."""


def create_organisation(
    *, by: User | None, reason: str, name: str, kind: OrganisationKind, **fields: object
) -> Organisation:
    """A new organisation with a slug made from its name. Raises ValidationError."""
    slug = free_slug_among(Organisation.objects.all(), name)
    organisation = Organisation(name=name, kind=kind, slug=slug, **fields)
    with revision_block.recorded(by=by, reason=reason):
        revision_block.save(organisation)
    return organisation


def merge(gone: Organisation, kept: Organisation, *, by: User, reason: str) -> Organisation:
    """Merge `gone` into `kept`: its names, parts, predecessors and cases go to `kept`, and its
    address redirects there. Editions keep the name they were published with.

    Raises CannotMerge where one of them was merged before, or both are the same.
    """
    with revision_block.recorded(by=by, reason=reason):
        _lock_cases(gone)
        rows = Organisation.objects.select_for_update(no_key=True).in_bulk(
            sorted({gone.pk, kept.pk})
        )
        if gone.pk == kept.pk:
            raise CannotMerge(_("An organisation cannot be merged into itself."))
        gone, kept = rows[gone.pk], rows[kept.pk]
        if gone.merged_into_id or kept.merged_into_id:
            raise CannotMerge(_("One of the two has already been merged into another."))
        _repoint(gone, kept)
        new = [n for n in gone.names if n not in kept.names]
        kept.other_names = "\n".join([*names_in(kept.other_names), *new])
        kept.parent = None if kept.parent_id == gone.pk else kept.parent
        kept.successor = None if kept.successor_id == gone.pk else kept.successor
        gone.merged_into, gone.parent, gone.successor = kept, None, None
        revision_block.save(gone, audited=False)
        audit.record(gone, audit.Action.MERGED, by=by, after=kept.slug, note=reason)
        revision_block.save(kept)
        bump(facet_index=True)
    return kept


def restore_organisation(
    organisation: Organisation, version: Version, *, by: User, reason: str
) -> Organisation:
    """Restore an older revision; its slug stays, and a parent or successor that has been merged
    since is replaced by the one it was merged into.

    Raises as `revisions.history.restore`.
    """
    with transaction.atomic():
        restored = history.restore(organisation, version, by=by, reason=reason, keep=("slug",))
        links = {name: getattr(restored, name) for name in ("parent", "successor")}
        merged = {name: o.merged_into for name, o in links.items() if o and o.merged_into_id}
        if merged:
            with revision_block.recorded(by=by, reason=reason):
                for name, kept in merged.items():
                    setattr(restored, name, None if kept == restored else kept)
                revision_block.save(restored)
    return restored


def _lock_cases(gone: Organisation) -> None:
    """Lock the cases before the organisations, in the order in which publishing does: a save or a
    publication at the same time waits."""
    for rows in (gone.participations, gone.parties):
        cases = rows.select_related("case").order_by("case_id")
        list(cases.select_for_update(of=("case",), no_key=True))


def _repoint(gone: Organisation, kept: Organisation) -> None:
    for name, field in (
        ("parts", "parent"),
        ("predecessors", "successor"),
        ("merged", "merged_into"),
    ):
        for row in getattr(gone, name).select_for_update(no_key=True).exclude(pk=kept.pk):
            setattr(row, field, kept)
            revision_block.save(row)
    for row in gone.participations.select_related("case"):
        _move(row, kept, row.case.participations)
        revision_block.save(row.case)
    for party in gone.parties.select_related("case"):
        party.organisation = kept
        party.save()
        revision_block.save(party.case)
    for row in gone.edition_participations.select_related("edition"):
        _move(row, kept, row.edition.participations)


def _move(row: _Participation, kept: Organisation, siblings: Manager) -> None:
    """Give the row to `kept`; delete it where `kept` takes part already, as one of `siblings`."""
    if siblings.filter(organisation=kept).exists():
        row.delete()
    else:
        row.organisation = kept
        row.save()
