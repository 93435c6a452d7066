"""JSON Schema (draft 2020-12) of what a record holds."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]


def objects(_younger: tuple[str, ...] = (), /, **properties: Schema) -> Schema:
    """The schema of an object with these properties and no other; older records lack those that are
    `_younger`."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in _younger],
        "additionalProperties": False,
    }


def lists(items: Schema) -> Schema:
    """The schema of a list of such items."""
    return {"type": "array", "items": items}


STRING: Schema = {"type": "string"}
