"""The JSON Schema of a record, made from the table of fields."""

from typing import Any

from .fields import FIELDS, FORMAT
from .kinds import STRING, lists, objects

_WHERE = {"key": STRING, "locator": STRING, "label": STRING}
_SINCE_5 = {"accessed": STRING, "passage": STRING}
_NOTE = {
    "number": {"type": "integer", "minimum": 1},
    "html": STRING,
    "text": STRING,
    "refs": lists(STRING),
}
_OF_EDITION: dict[str, Any] = {  # what publishing adds to what editors write
    "format": {"type": "integer", "minimum": 1, "maximum": FORMAT},
    "case": STRING,
    "number": {"type": "integer", "minimum": 1},
    "kind": STRING,
    "change_note": STRING,
    "published_at": {"type": "string", "format": "date-time"},
    "body_html": STRING,
    "sources": lists({"type": "object", "required": ["id", "type"]}),  # CSL-JSON
}
_FACT_REFS = {"type": "object", "additionalProperties": lists(STRING)}


def schema(format_: int = FORMAT) -> dict[str, Any]:
    """The schema (draft 2020-12) of the records of that format, as they are stored."""
    fields = {field.name: field.kind.schema for field in FIELDS if field.since <= format_}
    citation = objects(**_WHERE, **(_SINCE_5 if format_ >= 5 else {}))
    of_edition = _OF_EDITION | {"notes": lists(objects(**_NOTE, citations=lists(citation)))}
    of_edition |= {"fact_refs": _FACT_REFS} if format_ >= 4 else {}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **objects(**fields, **of_edition),
    }
