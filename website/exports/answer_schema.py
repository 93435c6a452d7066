"""The JSON Schema of an answer in JSON, made from the codebook."""

from typing import Any

from .codebook import ABOUT, COLUMNS
from .columns import Column

_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "address": {"type": "string"},
    "list": {"type": "array", "items": {"type": "string"}},
    "number": {"type": ["integer", "null"]},
    "flag": {"type": "boolean"},
    "moment": {"type": "string", "format": "date-time"},
}


def answer_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of `/cases.json`: `about`, and `cases` with the columns of the
    codebook."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_object({"about": _of(ABOUT), "cases": {"type": "array", "items": _of(COLUMNS)}}),
    }


def _of(columns: list[Column]) -> dict[str, Any]:
    return _object({c.name: _TYPES[c.type] | {"description": str(c.explanation)} for c in columns})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}
