"""Reads what an object, or a revision of it, holds: field names and values in words for people."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from django.db.models import ForeignKey, ManyToManyField, ManyToOneRel, Model, TextField
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
    for field in _plain_many_to_many(type(obj)):
        values[field.attname] = list(getattr(obj, field.name).values_list("pk", flat=True))
    children = {
        name: [
            {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
            for row in getattr(obj, name).all()
        ]
        for name in followed_relations(type(obj))
    }
    return _in_words(type(obj), values, children, also)


def of_version(version: Version, also: Iterable[str] = ()) -> dict[str, Value]:
    """What the object held in that revision. Raises reversion's RevertError for unreadable data."""
    model = _model_of(version)
    rows = {name: child_rows(version, name) for name in followed_relations(model)}
    return _in_words(model, version.field_dict, rows, also)


def followed_relations(model: type[Model]) -> tuple[str, ...]:
    """The relations whose rows are part of an object's revisions (reversion's `follow`)."""
    return _get_options(model).follow


def child_relation(model: type[Model], name: str) -> ManyToOneRel:
    """The followed relation of that name."""
    return cast(ManyToOneRel, model._meta.get_field(name))


def child_rows(version: Version, relation: str) -> list[dict[str, Any]]:
    """The field values of the rows that belonged to the object in that revision."""
    link = child_relation(_model_of(version), relation)
    rows = []
    for other in version.revision.version_set.all():
        if other.content_type.model_class() is link.related_model:
            values = other.field_dict
            if str(values[link.field.attname]) == version.object_id:
                rows.append(values)
    return rows


def _model_of(version: Version) -> type[Model]:
    """The model of a version; only versions of models that still exist are looked up."""
    return cast(type[Model], version.content_type.model_class())


def _plain_many_to_many(model: type[Model]) -> list[ManyToManyField]:
    """The editable many-to-many fields that have no `through` model of our own."""
    return [
        field
        for field in model._meta.many_to_many
        if field.editable
        and (through := field.remote_field.through) is not None
        and through._meta.auto_created
    ]


def _in_words(
    model: type[Model],
    values: Mapping[str, Any],
    children: Mapping[str, Sequence[Mapping[str, Any]]],
    also: Iterable[str],
) -> dict[str, Value]:
    described: dict[str, Value] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or not (field.editable or field.name in also):
            continue
        if field.attname in values:
            described[_label(field)] = _value_in_words(field, values[field.attname])
    for field in _plain_many_to_many(model):
        names = _names_by_pk(field.related_model, values.get(field.attname, ()))
        described[_label(field)] = frozenset(names.values())
    for name, rows in children.items():
        link = child_relation(model, name)
        label = capfirst(str(link.related_model._meta.verbose_name_plural))
        described[label] = tuple(_rows_in_words(link.related_model, link.field, rows))
    return described


def _label(field: Field) -> str:
    return capfirst(str(field.verbose_name))


def _value_in_words(field: Field, value: Any) -> Value:
    if isinstance(field, TextField):
        return Text((value or "").strip())  # white space at its ends is invisible
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKey):
        return _names_by_pk(field.related_model, [value])[value]
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return formats.date_format(value, "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    return str(value)


def _names_by_pk(model: type[Model], pks: Iterable[Any]) -> dict[Any, str]:
    """The present names of the objects with these primary keys; one query."""
    pks = list(pks)
    known = model._base_manager.in_bulk([pk for pk in pks if pk is not None]) if pks else {}
    gone = _("(no longer there: %(pk)s)")
    return {pk: str(known[pk]) if pk in known else gone % {"pk": pk} for pk in pks}


def _rows_in_words(
    model: type[Model], link: ForeignKey, rows: Sequence[Mapping[str, Any]]
) -> list[str]:
    objects = [model(**row) for row in rows]
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field is not link:
            pks = {getattr(obj, field.attname) for obj in objects} - {None}
            known = field.related_model._base_manager.in_bulk(pks)
            for obj in objects:
                pk = getattr(obj, field.attname)
                setattr(obj, field.name, known.get(pk) or field.related_model(pk=pk))
    order = [name.lstrip("-") for name in model._meta.ordering or () if isinstance(name, str)]
    order = [name for name in order if name not in (link.name, "pk")]
    objects.sort(key=lambda obj: (*(getattr(obj, name) for name in order), obj.pk))
    return [_row_in_words(obj) for obj in objects]


def _row_in_words(obj: Model) -> str:
    text = str(obj)
    for field in obj._meta.concrete_fields:
        if field.flatchoices:
            choice = str(_value_in_words(field, getattr(obj, field.attname)))
            text = text if choice in text else f"{text} ({choice})"
    return text
