"""The JSON Schema of a record, made from the table of fields."""

from typing import Any

from .fields import FIELDS, FORMAT
from .kinds import STRING, lists, objects

_CITATION = objects(key=STRING, locator=STRING, label=STRING)
_NOTE = objects(
    number={"type": "integer", "minimum": 1},
    html=STRING,
    text=STRING,
    refs=lists(STRING),
    citations=lists(_CITATION),
)
_OF_EDITION: dict[str, Any] = {  # what publishing adds to what editors write
    "format": {"type": "integer", "minimum": 1, "maximum": FORMAT},
    "case": STRING,
    "number": {"type": "integer", "minimum": 1},
    "kind": STRING,
    "change_note": STRING,
    "published_at": {"type": "string", "format": "date-time"},
    "body_html": STRING,
    "notes": lists(_NOTE),
    "sources": lists({"type": "object", "required": ["id", "type"]}),  # CSL-JSON
}
_FACT_REFS = {"type": "object", "additionalProperties": lists(STRING)}


def schema(format_: int = FORMAT) -> dict[str, Any]:
    """The schema (draft 2020-12) of the records of that format, as they are stored."""
    fields = {field.name: field.kind.schema for field in FIELDS if field.since <= format_}
    of_edition = _OF_EDITION | ({"fact_refs": _FACT_REFS} if format_ >= 4 else {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **objects(**fields, **of_edition),
    }
