"""What a line of the log says of an edition or of a removal. What is written here once is never
written otherwise: verification says it again and compares."""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any, NamedTuple

from editions.record.digest import canonical

Salts = Mapping[str, str]


class Statement(NamedTuple):
    """What is `said`, in public, `about` something; and the salts of its parts, which are not."""

    about: str
    said: dict[str, Any]
    salts: dict[str, str]


def commitment(salt: str, *values: str) -> str:
    """SHA-256 over salt and values, each on a line: without the salt it tells nothing of them."""
    return hashlib.sha256("\n".join([salt, *values]).encode()).hexdigest()


def new_salts(*parts: str) -> dict[str, str]:
    """A salt of 256 bits for each part."""
    return {part: secrets.token_hex(32) for part in parts}


def digest_of(said: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of what is said."""
    return hashlib.sha256(canonical(said)).hexdigest()


def name_of(edition: Any) -> str:
    """How the log names an edition: the number of its case, which says nothing, and its own."""
    return f"{edition.case_id}/{edition.number}"


def of_edition(edition: Any, salts: Salts | None = None) -> Statement:
    """That an edition was published: its digest, which is over its record and the edition before;
    and who did it, as a digest. With the `salts` of then it comes out as it was said then."""
    about, kept = name_of(edition), dict(new_salts("by") if salts is None else salts)
    said = {
        "case": edition.case_id,
        "edition": edition.number,
        "digest": edition.digest,
        "by": commitment(kept.get("by", ""), about, str(edition.published_by_id)),
    }
    return Statement(about, said, kept)


def of_removal(removal: Any, salts: Salts | None = None) -> Statement:
    """That an edition was removed: its own digest, which stays, and one over ground and day."""
    kept = dict(new_salts("by", "ground") if salts is None else salts)
    edition = removal.edition
    about = f"{name_of(edition)} removed"
    decided = canonical(
        {
            "removed": removal.digest,
            "ground": removal.ground,
            "title_too": removal.title_too,
            "at": removal.confirmed_at.isoformat(),
        }
    ).decode()
    people = f"{removal.asked_by_id} {removal.confirmed_by_id}"
    said = {
        "case": edition.case_id,
        "edition": edition.number,
        "removed": removal.digest,
        "digest": commitment(kept.get("ground", ""), about, decided),
        "by": commitment(kept.get("by", ""), about, people),
    }
    return Statement(about, said, kept)
