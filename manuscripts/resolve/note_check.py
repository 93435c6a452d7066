"""Checks that the notes will read as printed, by rendering them as readers will see them."""

import re
from typing import Any

from cases.rendering import MAX_LENGTH, render
from manuscripts.parse.manuscript import Caution, Name, Reference
from sources.citing import Cite, set_notes
from sources.formats import csl_json
from sources.models import Source

from .resolved import Resolved

_MAX_CITATIONS = 400  # more would take seconds
_TEXT_FIELDS = ("title", "publisher", "volume", "issue", "genre", "type")
_UNIFIED = str.maketrans("“”‘’–—", "\"\"''--")


def differences(resolved: Resolved) -> list[Caution]:
    """A warning for every note that will not read as it was printed.

    Spacing, dashes, the kind of quotation marks and a last full stop are ignored.
    """
    manuscript, text = resolved.manuscript, resolved.body
    cited = sum(len(note.citations) for note in manuscript.notes)
    if cited > _MAX_CITATIONS or len(text) > MAX_LENGTH:
        return []
    sources = zip(resolved.keys, manuscript.sources, resolved.known_sources, strict=True)
    library = {key: item_of(key, source, known) for key, source, known in sources}
    placed = sorted(manuscript.notes, key=lambda note: note.number not in manuscript.marked)
    notes = render(text, library).notes
    if len(notes) != len(placed):
        words = f"The draft has {len(notes)} notes, the manuscript {len(placed)}."
        return [Caution("notes-out-of-step", placed[0].line if placed else 1, words)]
    return [
        Caution("note-reads-differently", printed.line, f"It will read: {note.text}")
        for note, printed in zip(notes, placed, strict=True)
        if _normalised(note.text) != _normalised(printed.text)
    ]


def prints_alike(reference: Reference, known: Source) -> bool:
    """Whether notes about a known source read as for `reference`, but for the day of access."""
    items = [item_of("new", reference, None), csl_json(known)]
    formatted = []
    for item in items:
        item = {name: value for name, value in item.items() if name != "accessed"}
        notes = set_notes([[Cite("it")], [Cite("it")]], {"it": item})
        formatted.append(([_normalised(n.text) for n in notes], item.get("container-title-short")))
    return formatted[0] == formatted[1]


def item_of(key: str, reference: Reference, known: Source | None) -> dict[str, Any]:
    """The CSL-JSON of the known source, or of one that is still to be stored."""
    if known is not None:
        return csl_json(known)
    new: dict[str, Any] = {"id": key}
    new |= {name: value for name in _TEXT_FIELDS if (value := getattr(reference, name))}
    for csl, value in (
        ("title-short", reference.title_short),
        ("container-title", reference.container_title),
        ("container-title-short", reference.container_title_short),
        ("publisher-place", reference.publisher_place),
        ("URL", reference.url),
        ("author", [_name(name) for name in reference.authors]),
        ("editor", [_name(name) for name in reference.editors]),
        ("issued", _date(reference.issued)),
        ("accessed", _date(reference.accessed.isoformat() if reference.accessed else "")),
    ):
        if value:
            new[csl] = value
    return new


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    return {"family": name.family} | ({"given": name.given} if name.given else {})


def _date(text: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in text.split("-")]]} if text else {}


def _normalised(text: str) -> str:
    """The text without differences that are ignored."""
    return re.sub(r"\s+", "", text.translate(_UNIFIED)).rstrip(".")
