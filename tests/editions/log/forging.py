"""What somebody can do who reaches the database past the site's own services."""

import hashlib
import json

from django.db.models import QuerySet
from django.utils import timezone

from editions.log.appending import head_at
from editions.models import Edition, LogLine
from editions.record.digest import canonical, digest


def rows(model, **which):
    """The rows of a model, without the refusals of its own query set."""
    return QuerySet(model).filter(**which)


def erase(model, **which):
    """Delete rows with all that refers to them, as plain SQL would."""
    keys = list(rows(model, **which).values_list("pk", flat=True))
    if not keys:
        return
    for field in model._meta.get_fields(include_hidden=True):
        refers = field.auto_created and not field.concrete and not field.many_to_many
        if refers and field.related_model is not model:
            erase(field.related_model, **{f"{field.field.name}__in": keys})
    rows(model, pk__in=keys)._raw_delete("default")


def forge_record(edition, **said):
    """Change what an edition says, columns and record alike, and work its chain out anew."""
    forged = {**edition.record, **said}
    columns = {name: value for name, value in said.items() if name in ("title", "standfirst")}
    rows(Edition, pk=edition.pk).update(record=forged, **columns)
    before = ""
    for later in Edition.objects.filter(case=edition.case_id).order_by("number"):
        if later.is_removed:
            before = later.digest
            continue
        before = digest(later.record, before)
        rows(Edition, pk=later.pk).update(digest=before)


def chain_anew(change=lambda said: said, *, key=None, only=None):
    """Write all lines of the log anew; `change` forges what one says, `only` keeps so many."""
    before = ""
    for line in LogLine.objects.order_by("number"):
        if only and line.number > only:
            rows(LogLine, pk=line.pk)._raw_delete("default")
            continue
        text = canonical({**change(json.loads(line.text)), "previous": before}).decode()
        before = hashlib.sha256(text.encode()).hexdigest()
        line.text, line.digest = text, before
        signature = key.signature(head_at(line)) if key else ""
        rows(LogLine, pk=line.pk).update(
            text=text, digest=before, signature=signature, key=key.public if key else ""
        )


def forge_edition(like):
    """An edition that nobody published, with everything that belongs to one but a line."""
    number, at = like.number + 1, timezone.now()
    note = "Nobody said so."
    said = {"number": number, "kind": "update", "change_note": note, "published_at": at.isoformat()}
    forged = {**like.record, **said}
    rows(Edition, pk=like.pk).update(is_current=False)
    made = Edition.objects.get(pk=like.pk)
    made.pk, made.number, made.kind, made.change_note = None, number, "update", note
    made.published_at, made.record, made.is_current = at, forged, True
    made.digest, made._state.adding = digest(forged, like.digest), True
    made.save()
    for field in Edition._meta.many_to_many:
        if field.remote_field.through._meta.auto_created:
            getattr(made, field.name).set(getattr(like, field.name).all())
    for citation in like.citations.all():
        citation.pk, citation.edition = None, made
        citation.save(force_insert=True)
    return made
