"""The columns that tell the facts of a case, from the table of the fields of a record."""

from collections.abc import Callable
from typing import Any

from editions.models import Edition
from editions.record.field import Field
from editions.record.fields import GROUPS

from .columns import Column


def fact_columns(group: str) -> list[Column]:
    """The columns of one of the GROUPS of the record's fields, in their order. They read the record
    of an edition in the present format, as `ExportSet` hands it out."""
    return [
        Column(
            group,
            export.name,
            export.label,
            export.explanation,
            export.type,
            _value(field, export.part),
            export.example,
            export.blank,
            export.vocabulary,
        )
        for field in GROUPS[group]
        for export in field.exports
    ]


def _value(field: Field, part: str) -> Callable[[Edition], Any]:
    return lambda edition: field.kind.export(edition.record[field.name], part)
