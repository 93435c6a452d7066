"""What stands in place of a record that was removed: that it was, and blanks."""

from copy import deepcopy

from editions.models import Removal

from .field import Record
from .fields import FIELDS, FORMAT

NO_TITLE = "[…]"  # in any language


def tombstone(removal: Removal) -> Record:
    """The record of a removed edition: number, kind and day, its title unless that goes too, and
    every other field blank. Its digest is not that of the edition, which stays."""
    edition = removal.edition
    return {
        **{field.name: deepcopy(field.kind.blank) for field in FIELDS},
        "format": FORMAT,
        "case": edition.case.slug,
        "number": edition.number,
        "kind": edition.kind,
        "title": NO_TITLE if removal.title_too else edition.title,
        "change_note": removal.ground,
        "published_at": edition.published_at.isoformat(),
        "body_html": "",
        "notes": [],
        "sources": [],
        "fact_refs": {},
    }
