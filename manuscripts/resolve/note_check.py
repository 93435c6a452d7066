"""Checks that the notes will read as printed, by rendering them as readers will see them."""

import re
from collections import Counter
from typing import Any

from cases.rendering import MAX_LENGTH, render
from manuscripts.parse.manuscript import Caution, Note, Reference
from manuscripts.parse.months import NUMBERS
from manuscripts.parse.references.words_kept import LABELS, words
from sources.citing import Cite, set_notes
from sources.formats import csl_json
from sources.models import Source

from . import new_source
from .markdown import notes_alone
from .resolved import Resolved

_MAX_CITATIONS = 400  # more would take seconds
_POINTING_BACK = frozenset("above idem id infra loc op supra cit there".split())
_UNIFIED = str.maketrans("“”‘’–—", "\"\"''--")


def differences(resolved: Resolved) -> list[Caution]:
    """A warning for every note that will not read as it was printed.

    Spacing, dashes, the kind of quotation marks and a last full stop are ignored.
    """
    manuscript = resolved.manuscript
    cited = sum(len(note.citations) for note in manuscript.notes)
    text = notes_alone(manuscript, resolved.keys)
    if cited > _MAX_CITATIONS or len(text) > MAX_LENGTH:
        return []
    sources = zip(resolved.keys, manuscript.sources, resolved.known_sources, strict=True)
    library = {key: item_of(key, source, known) for key, source, known in sources}
    placed = sorted(manuscript.notes, key=lambda note: note.number not in manuscript.marked)
    notes = render(text, library).notes
    if len(notes) != len(placed):
        text = f"The draft has {len(notes)} notes, the manuscript {len(placed)}."
        return [Caution("notes-out-of-step", placed[0].line if placed else 1, text)]
    restyled, cautions = [], []
    for set_, printed in zip(notes, placed, strict=True):
        if _normalised(set_.text) == _normalised(printed.text):
            continue
        lacking = _missing_words(printed, set_.text, manuscript.sources)
        if lacking is None:
            restyled.append(printed)
            continue
        text = f"It will read: {set_.text}"
        text += f" (It will lack: {lacking}.)" if lacking else ""
        cautions.append(Caution("note-reads-differently", printed.line, text))
    return cautions + _restyled(restyled)


def _restyled(notes: list[Note]) -> list[Caution]:
    """One warning for the notes whose words all stay but are set in the house's form."""
    if not notes:
        return []
    numbers = ", ".join(str(note.number) for note in notes[:20]) + (" …" if len(notes) > 20 else "")
    plural = "Notes" if len(notes) > 1 else "Note"
    text = f"{plural} {numbers}: printed in another form, set in the house’s; no word is lost."
    return [Caution("notes-restyled", notes[0].line, text)]


def _missing_words(printed: Note, text: str, sources: list[Reference]) -> str | None:
    """The words of a printed note that it will not have; None where it has the same words, but for
    labels, for what points back (“Ibid.”) and for the day and month that the source keeps."""
    before, after = _telling_words(printed.text), _telling_words(text)
    again = any(cited.again for cited in printed.citations)
    if before == after:
        return None
    kept = {str(cited.of_note) for cited in printed.citations if cited.of_note}
    told: set[str] = set()  # words that the short form stands for
    days = [cited.reference.accessed for cited in printed.citations if cited.reference.accessed]
    kept |= {str(number) for day in days for number in (day.day, day.month)}
    told |= {f"{number:02d}" for day in days for number in (day.day, day.month)}
    for cited in printed.citations:
        source = sources[cited.source]
        kept |= set(words(f"{source.archive_url} {source.isbn} {source.title_short}"))
        if cited.reference is not source:  # the first mention has what this one lacks
            kept |= set(words(source.symbol)) | _names_of(source)
        told |= set(words(" ".join(_texts_of(source)))) | _names_of(source)
        for part in source.issued.split("-") if len(source.issued) > 4 else ():
            kept |= {part, str(int(part)), f"{int(part)}th"}
        if not source.full or cited.again or not cited.reference.full:
            kept |= {source.issued[:4]}
    missing = before - after
    lost = [w for w in missing.elements() if w not in kept and str(NUMBERS.get(w)) not in kept]
    if not lost and (again or not set(after - before) - told):
        return None  # but for days and months, which the source keeps
    return " ".join(lost)


def _names_of(source: Reference) -> set[str]:
    """The words of the names of those who made a source, and their initials."""
    names = words(" ".join(str(name) for _, people in source.people for name in people))
    return {*names, *(name[0] for name in names)}


def _texts_of(source: Reference) -> tuple[str, ...]:
    return (
        source.title,
        source.container_title,
        source.publisher,
        source.publisher_place,
        source.issued,
    )


def _telling_words(text: str) -> Counter[str]:
    return Counter(word for word in words(text) if word not in LABELS | _POINTING_BACK)


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
    return new_source.item_of(reference, key) if known is None else csl_json(known)


def _normalised(text: str) -> str:
    """The text without differences that are ignored."""
    return re.sub(r"\s+", "", text.translate(_UNIFIED)).rstrip(".")
