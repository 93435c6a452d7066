"""The audit trail as pages and files show it: some rows, where each leads, and all rows written."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice

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
_PIECE = 1000  # rows read and written at once


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
    yield BOM
    for rows in _pieces(events):
        lines = io.StringIO()
        csv.writer(lines).writerows([*map(harmless, row)] for row in rows)
        yield lines.getvalue()


def as_json_lines(events: QuerySet[AuditEvent]) -> Iterator[str]:
    """One object a line, written while it is read."""
    for rows in _pieces(events):
        objects = (dict(zip(COLUMNS, row, strict=True)) for row in rows if row is not COLUMNS)
        yield "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


def _pieces(events: QuerySet[AuditEvent]) -> Iterator[list[tuple[str, ...]]]:
    """COLUMNS, then the rows, some hundred at a time and the oldest first."""
    yield [COLUMNS]
    kinds = {kind.pk: f"{kind.app_label}.{kind.model}" for kind in ContentType.objects.all()}
    people = {person.pk: person for person in User.objects.all()}
    names = {pk: (person.get_username(), person.get_full_name()) for pk, person in people.items()}
    said = ("action", "about_type", "about_id", "label", "before", "after", "note")
    stored = events.order_by("pk").values_list("at", "by", *said).iterator(chunk_size=_PIECE)
    for rows in iter(lambda: list(islice(stored, _PIECE)), []):
        yield [
            (at.isoformat(), *names.get(by, ("", "")), action, kinds.get(kind, ""), *rest)
            for at, by, action, kind, *rest in rows
        ]
