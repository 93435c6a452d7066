"""The digest of a record, always taken over what was stored."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(record: Mapping[str, Any]) -> bytes:
    """The record as bytes that are the same for the same content: sorted keys, UTF-8, no spaces."""
    return json.dumps(
        record, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(record: Mapping[str, Any], previous: str) -> str:
    """SHA-256, in hexadecimal, over the canonical record and the digest of the edition before."""
    return hashlib.sha256(canonical(record) + b"\n" + previous.encode()).hexdigest()
