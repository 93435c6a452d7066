"""Says what a thing, or a revision of it, holds: fields by their names, in words for people."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import ForeignKey, ManyToManyField, Model, TextField
from django.db.models.fields import Field
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from reversion.models import Version
from reversion.revisions import _get_options

from .differences import Text, Value


def of_object(obj: Model, also: Iterable[str] = ()) -> dict[str, Value]:
    """What `obj` holds as stored: editable fields, those named in `also`, and followed rows."""
    values = {field.attname: getattr(obj, field.attname) for field in obj._meta.concrete_fields}
    for field in _sets_of_names(type(obj)):
        values[field.attname] = list(getattr(obj, field.name).values_list("pk", flat=True))
    children = {
        name: [
            {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
            for row in getattr(obj, name).all()
        ]
        for name in children_of(type(obj))
    }
    return _readable(type(obj), values, children, also)


def of_version(version: Version, also: Iterable[str] = ()) -> dict[str, Value]:
    """What the thing held in that revision. Raises reversion's RevertError for unreadable data."""
    model = version.content_type.model_class()
    rows = {name: child_rows(version, name) for name in children_of(model)}
    return _readable(model, version.field_dict, rows, also)


def children_of(model: type[Model]) -> tuple[str, ...]:
    """The relations whose rows are part of a thing's revisions (reversion's `follow`)."""
    return _get_options(model).follow


def child_rows(version: Version, relation: str) -> list[dict[str, Any]]:
    """The field values of the rows that belonged to the thing in that revision."""
    model = version.content_type.model_class()
    link = model._meta.get_field(relation)
    found = []
    for other in version.revision.version_set.all():
        if other.content_type.model_class() is link.related_model:
            values = other.field_dict
            if str(values[link.field.attname]) == version.object_id:
                found.append(values)
    return found


def _sets_of_names(model: type[Model]) -> list[ManyToManyField]:
    return [
        field
        for field in model._meta.many_to_many
        if field.editable and field.remote_field.through._meta.auto_created
    ]


def _readable(
    model: type[Model],
    values: Mapping[str, Any],
    children: Mapping[str, Sequence[Mapping[str, Any]]],
    also: Iterable[str],
) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or not (field.editable or field.name in also):
            continue
        if field.attname in values:
            found[_label(field)] = _in_words(field, values[field.attname])
    for field in _sets_of_names(model):
        names = _names(field.related_model, values.get(field.attname, ()))
        found[_label(field)] = frozenset(names.values())
    for name, rows in children.items():
        link = model._meta.get_field(name)
        label = capfirst(str(link.related_model._meta.verbose_name_plural))
        found[label] = tuple(_rows_in_words(link.related_model, link.field, rows))
    return found


def _label(field: Field) -> str:
    return capfirst(str(field.verbose_name))


def _in_words(field: Field, value: Any) -> Value:
    if isinstance(field, TextField):
        return Text((value or "").strip())  # nobody can see blanks at its ends
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKey):
        return _names(field.related_model, [value])[value]
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return formats.date_format(value, "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    return str(value)


def _names(model: type[Model], pks: Iterable[Any]) -> dict[Any, str]:
    """The names of those things as they are called today, one query."""
    pks = list(pks)
    known = model._base_manager.in_bulk([pk for pk in pks if pk is not None]) if pks else {}
    gone = _("(no longer there: %(pk)s)")
    return {pk: str(known[pk]) if pk in known else gone % {"pk": pk} for pk in pks}


def _rows_in_words(
    model: type[Model], link: ForeignKey, rows: Sequence[Mapping[str, Any]]
) -> list[str]:
    things = [model(**row) for row in rows]
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field is not link:
            pks = {getattr(thing, field.attname) for thing in things} - {None}
            known = field.related_model._base_manager.in_bulk(pks)
            for thing in things:
                pk = getattr(thing, field.attname)
                setattr(thing, field.name, known.get(pk) or field.related_model(pk=pk))
    order = [name.lstrip("-") for name in model._meta.ordering]
    order = [name for name in order if name not in (link.name, "pk")]
    things.sort(key=lambda thing: (*(getattr(thing, name) for name in order), thing.pk))
    return [_row_in_words(thing) for thing in things]


def _row_in_words(thing: Model) -> str:
    text = str(thing)
    for field in thing._meta.concrete_fields:
        if field.flatchoices:
            choice = str(_in_words(field, getattr(thing, field.attname)))
            text = text if choice in text else f"{text} ({choice})"
    return text
