"""Removes an edition where the law demands it: two people decide, and a tombstone is left.

Its number, its kind, its day and its digest stay, so that the chain of digests is whole. This is
the only way past the rule that an edition never changes.
"""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case, CaseContent
from revisions import audit
from serving.kept_files import KEPT_FILES
from serving.site_version import bump

from . import search
from .log.appending import Event, append
from .log.statements import of_removal
from .models import Edition, Neighbour, Participation, Removal, Rendering
from .models.editions import GONE_WHEN_REMOVED
from .record.tombstone import tombstone
from .related.store import store_related
from .turns import one_at_a_time

_SETS = tuple(CaseContent._meta.local_many_to_many)


class NotRemovable(RuntimeError):
    """The removal was asked for, decided or done already."""


class SamePerson(PermissionError):
    """Whoever asked for a removal does not confirm it."""


def ask_removal(edition: Edition, *, by: User, ground: str, title_too: bool = False) -> Removal:
    """Ask for the removal of an edition on a legal ground; a second person confirms it.

    Raises NotRemovable where that was asked for already, ValidationError without a ground.
    """
    with transaction.atomic():
        stored = _locked(edition)
        if stored.removals.filter(refused_at=None).exists():
            raise NotRemovable(_("The removal of this edition was asked for already."))
        removal = Removal(
            edition=stored,
            ground=ground.strip(),
            title_too=title_too,
            digest=stored.digest,
            asked_by=by,
        )
        removal.full_clean()
        removal.save()
        _audit(removal, by=by, after="asked")
    return removal


def refuse_removal(removal: Removal, *, by: User) -> Removal:
    """Leave the edition as it is; whoever asked may take it back so too. Raises NotRemovable."""
    with transaction.atomic():
        stored = _undecided(removal)
        _decide(stored, refused_by=by, refused_at=timezone.now())
        _audit(stored, by=by, before="asked", after="refused")
    return stored


def remove(removal: Removal, *, by: User) -> Removal:
    """Confirm a removal: text, notes, facts, record, citations, index and fragments are gone, and
    cannot be had back. Where the edition was in print, its case leaves the catalogue.

    Raises NotRemovable when it is decided already, SamePerson when `by` asked for it.
    """
    with transaction.atomic():
        stored = _undecided(removal)
        if stored.asked_by_id == by.pk:
            raise SamePerson(_("You asked for this removal: a second person confirms it."))
        edition, now = stored.edition, timezone.now()
        _decide(stored, confirmed_by=by, confirmed_at=now)
        _clear(edition)
        Edition.objects.filter(pk=edition.pk).leave_tombstone(**_left(stored), removed_at=now)
        if edition.is_current:
            _leave_catalogue(Edition.objects.select_related("case").get(pk=edition.pk))
        append(Event.REMOVAL, of_removal(stored))
        _audit(stored, by=by, before="asked", after="removed")
        bump(facet_index=True)
        transaction.on_commit(KEPT_FILES.clear, robust=True)  # no file of the whole holds it now
    edition.refresh_from_db()
    return stored


def _locked(edition: Edition) -> Edition:
    """The stored edition; its case is locked until the transaction ends."""
    one_at_a_time()
    Case.objects.select_for_update(no_key=True).get(pk=edition.case_id)
    return Edition.objects.select_related("case").get(pk=edition.pk)


def _undecided(removal: Removal) -> Removal:
    """The stored request: of two people who decide, one waits here and sees what the other did."""
    edition = _locked(removal.edition)
    stored = Removal.objects.select_for_update().get(pk=removal.pk)
    if stored.confirmed_at or stored.refused_at:
        raise NotRemovable(_("Somebody has decided about this removal in the meantime."))
    stored.edition = edition
    return stored


def _decide(removal: Removal, **decision: Any) -> None:
    for name, value in decision.items():
        setattr(removal, name, value)
    removal.full_clean()
    removal.save(update_fields=sorted(decision))


def _left(removal: Removal) -> dict[str, Any]:
    """The columns of the tombstone: what `tombstone` says, and blanks."""
    record = tombstone(removal)
    kept = {name: record[name] for name in ("title", "change_note")}
    return {
        **dict.fromkeys(GONE_WHEN_REMOVED, ""),
        **{field.name: None for field in CaseContent._meta.local_fields if field.null},
        **kept,
        "ongoing": False,
        "licence": record["licence"]["code"],
        "notes": [],
        "record": record,
    }


def _clear(edition: Edition) -> None:
    """The rows by which it was found, and the fragments of its pages."""
    for field in _SETS:
        getattr(edition, field.name).clear()
    Participation.objects.filter(edition=edition).delete()
    edition.citations.all().delete()
    edition.addresses.all().delete()
    Rendering.objects.filter(edition=edition).delete()


def _leave_catalogue(edition: Edition) -> None:
    search.index(edition)
    store_related(edition)
    Neighbour.objects.filter(case=edition.case).delete()


def _audit(removal: Removal, *, by: User, after: str, before: str = "") -> None:
    note = _("Edition %d.") % removal.edition.number + f" {removal.ground}"
    audit.record(
        removal.edition.case, audit.Action.REMOVED, by=by, before=before, after=after, note=note
    )
