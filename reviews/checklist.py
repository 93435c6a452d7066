"""The checklist of a review: what is ticked, by whom, and what must be before publication."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Case
from revisions import audit

from . import files
from .models import ChecklistItem, ReviewFile, Tick


class ChecklistOpen(RuntimeError):
    """Something that is required is not ticked; the message names it."""


@dataclass(frozen=True)
class Row:
    """An item of the checklist, and its tick where it has one."""

    item: ChecklistItem
    tick: Tick | None


def rows(file: ReviewFile | None) -> list[Row]:
    """The items in use, with what is ticked in the file. Two queries."""
    ticks = {}
    if file is not None:
        ticks = {tick.item_id: tick for tick in file.ticks.select_related("by")}
    return [Row(item, ticks.get(item.pk)) for item in ChecklistItem.objects.in_use()]


def tick(case: Case, items: Iterable[ChecklistItem], *, by: User) -> ReviewFile:
    """Make `items` what is ticked of the checklist in use. What was ticked stays as it is, and says
    who ticked it; what is not among them is cleared."""
    wanted = {item.pk: item for item in items}
    with transaction.atomic():
        stored = files.locked_case(case)
        file = files.opened(stored)
        held = {row.item.pk: row for row in rows(file) if row.tick}
        new = [item for pk, item in wanted.items() if pk not in held]
        gone = [row for pk, row in held.items() if pk not in wanted]
        for item in new:
            made = Tick(file=file, item=item, wording=item.text, lock=stored.lock, by=by)
            made.full_clean()
            made.save()
        for row in gone:
            file.ticks.filter(item=row.item).delete()
        said = [f"✓ {item}" for item in new] + [f"– {row.item}" for row in gone]
        if said:
            audit.record(stored, audit.Action.TICKED, by=by, note="\n".join(said))
    return file


def refuse_unticked(file: ReviewFile | None) -> None:
    """Raises ChecklistOpen where an item that is required is not ticked. Two queries."""
    missing = [str(r.item) for r in rows(file) if r.item.is_required and r.tick is None]
    if missing:
        raise ChecklistOpen(_("Still to be ticked: %s") % "; ".join(missing))
