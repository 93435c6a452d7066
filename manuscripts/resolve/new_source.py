"""The source that is made of a reference of a manuscript, before it is stored."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError

from manuscripts.parse.manuscript import SOURCE_FIELDS, Reference
from sources import formats
from sources.models import Contributor, Source


def new_source(reference: Reference, key: str) -> tuple[Source, list[Contributor]]:
    """The source and its contributors, unsaved and not validated yet."""
    source = Source(key=key, **{name: getattr(reference, name) for name in SOURCE_FIELDS})
    people = [
        Contributor(role=role, position=at, given=n.given, family=n.family, literal=n.literal)
        for role, names in reference.people
        for at, n in enumerate(names)
    ]
    return source, people


def item_of(reference: Reference, key: str) -> dict[str, Any]:
    """The CSL-JSON item of the source that is made of a reference, as it will be stored: notes
    that were set with it need not be set again when the case is."""
    source, people = new_source(reference, key)
    for row in (source, *people):
        with suppress(ValidationError):  # it is named when the source is stored
            row.clean()
    return formats.item_of(source, people)
