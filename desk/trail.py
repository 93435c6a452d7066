"""The audit trail as pages and files show it: some rows, where each leads, and all rows written."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.urls import NoReverseMatch, reverse

from corrections.models import Correction
from outbox.models import OutgoingMail
from revisions.models import AuditEvent
from website.exports.tables import BOM, harmless

SHOWN = 50
COLUMNS = ("at", "by", "name", "action", "kind", "id", "what", "from", "to", "why")
_PIECE = 500  # rows written at once


def some(events: QuerySet[AuditEvent], before: int | None) -> tuple[list[AuditEvent], bool]:
    """The newest SHOWN of them, or those older than the row `before`; whether there are more. One
    query, whatever there is: no page is counted, none is skipped over."""
    if before is not None:
        events = events.filter(pk__lt=before)
    rows = list(events.select_related("by", "about_type").order_by("-pk")[: SHOWN + 1])
    return rows[:SHOWN], len(rows) > SHOWN


def of(thing: Model) -> QuerySet[AuditEvent]:
    """What was done to one thing."""
    kind = ContentType.objects.get_for_model(thing)
    return AuditEvent.objects.filter(about_type=kind, about_id=str(thing.pk))


def first() -> AuditEvent | None:
    """With what the trail begins."""
    return AuditEvent.objects.order_by("pk").first()


def addresses(events: Iterable[AuditEvent], user: User) -> dict[tuple[int, str], str]:
    """(kind, id) → where the thing is at the desk, for those that still are and that `user` may
    view. A query for each kind among the events."""
    wanted: dict[ContentType, set[str]] = {}
    for event in events:
        wanted.setdefault(event.about_type, set()).add(event.about_id)
    found = {}
    for kind, ids in wanted.items():
        model = kind.model_class()
        if model is None or not _may_view(user, model):
            continue
        for thing in model._base_manager.filter(pk__in=ids).only("pk", *_shown_by(model)):
            if address := _address(thing):
                found[kind.pk, str(thing.pk)] = address
    return found


def _may_view(user: User, model: type[Model]) -> bool:
    if model is OutgoingMail:
        return user.has_perm("outbox.handle_mail")
    return user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")


def _shown_by(model: type[Model]) -> tuple[str, ...]:
    return ("reference",) if model is Correction else ()


def _address(thing: Model) -> str:
    """The page of a thing at the desk, or an empty string."""
    if isinstance(thing, Correction):
        return reverse("admin:correction_desk", args=[thing.reference])
    if isinstance(thing, OutgoingMail):
        return reverse("admin:outbox")
    meta = thing._meta
    try:
        name = f"{admin.site.name}:{meta.app_label}_{meta.model_name}_change"
        return reverse(name, args=[thing.pk])
    except NoReverseMatch:
        return ""


def as_csv(events: QuerySet[AuditEvent]) -> Iterator[str]:
    """RFC 4180 with a byte order mark, written while it is read; no cell is a formula."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    lines.write(BOM)
    writer.writerow(COLUMNS)
    for number, row in enumerate(_rows(events), start=1):
        writer.writerow([harmless(str(value)) for value in row.values()])
        if number % _PIECE == 0:
            yield lines.getvalue()
            lines.seek(0)
            lines.truncate()
    yield lines.getvalue()


def as_json_lines(events: QuerySet[AuditEvent]) -> Iterator[str]:
    """One object a line, written while it is read."""
    for row in _rows(events):
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _rows(events: QuerySet[AuditEvent]) -> Iterator[dict[str, Any]]:
    kinds = {kind.pk: f"{kind.app_label}.{kind.model}" for kind in ContentType.objects.all()}
    people = {person.pk: person for person in User.objects.all()}
    for event in events.order_by("pk").iterator(chunk_size=2000):
        person = people.get(event.by_id) if event.by_id else None
        yield dict(
            zip(
                COLUMNS,
                (
                    event.at.isoformat(),
                    person.get_username() if person else "",
                    person.get_full_name() if person else "",
                    event.action,
                    kinds.get(event.about_type_id, ""),
                    event.about_id,
                    event.label,
                    event.before,
                    event.after,
                    event.note,
                ),
                strict=True,
            )
        )
