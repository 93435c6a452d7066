"""Parses a manuscript of either template: text in, plain data out, no database."""

from . import blocks, decoding, markers, rich_text
from .linking import link
from .manuscript import Block, Caution, Manuscript, Note, Origin, Pieces
from .markers import Marker
from .notes import read_notes
from .outline import divide

_MAX_TEXT = 100_000  # characters; `cases.rendering` refuses longer ones


def read(text: str, name: str, origin: Origin | None = None) -> Manuscript:
    """The article in `text`; `name` is the base name of the file, or a name for pasted text;
    `origin` where it stood before.

    Pure, in bounded time. Raises Refused, with a reason, for text that is no article.
    """
    clean, dropped = decoding.cleaned(text)
    outline = divide(clean, name)
    manuscript = Manuscript(
        name=name,
        digest=decoding.digest(clean, name),
        title=outline.title.text,
        facts=outline.facts,
        labels=outline.labels,
        left_over=outline.left_over,
        cautions=outline.cautions,
        origin=origin,
    )
    if dropped:
        words = f"Invisible characters were left out: {', '.join(dropped[:10])}."
        manuscript.cautions.append(Caution("invisible-characters", 1, words))
    manuscript.notes, doubts = read_notes(outline.notes)
    manuscript.cautions += doubts
    manuscript.sources, doubts = link(manuscript.notes)
    manuscript.cautions = _without_settled(manuscript.cautions, manuscript) + doubts
    _add_text(manuscript, blocks.classify(outline.text), outline.title.number)
    manuscript.cautions += _warn_of_verbatim_locators(manuscript.notes)
    manuscript.cautions.sort(key=lambda caution: caution.line)
    return manuscript


def _without_settled(cautions: list[Caution], manuscript: Manuscript) -> list[Caution]:
    """The warnings without those about documents that an earlier note gives in full."""
    new = {source.line for source in manuscript.sources}
    return [c for c in cautions if c.line in new or not c.code.endswith("-from-symbol")]


def _add_text(manuscript: Manuscript, raw: list[blocks.RawBlock], title_line: int) -> None:
    texts = [(b, item) for b, block in enumerate(raw) for item in range(len(block.items))]
    words = [raw[b].items[item] for b, item in texts]
    searched = [
        w if raw[b].kind != "heading" else "" for (b, _), w in zip(texts, words, strict=True)
    ]
    found, others = markers.find(searched, {note.number for note in manuscript.notes})
    by_text: dict[int, list[Marker]] = {}
    for marker in found:
        by_text.setdefault(marker.text, []).append(marker)
    marked = [False] * len(raw)
    for at in by_text:
        marked[texts[at][0]] = True
    items: list[list[Pieces]] = [[] for _ in raw]
    for at, (b, _) in enumerate(texts):
        items[b].append(_pieces(words[at], by_text.get(at, [])))
    manuscript.standfirst, manuscript.authors, kept = blocks.split_front_matter(raw, marked)
    manuscript.standfirst = rich_text.bare(manuscript.standfirst)
    manuscript.authors = [rich_text.bare(author) for author in manuscript.authors]
    kept_ids = {id(block) for block in kept}
    manuscript.blocks = [
        Block(block.kind, block.line, tuple(items[b]), block.ordered)
        for b, block in enumerate(raw)
        if id(block) in kept_ids
    ]
    manuscript.marked = {marker.number for marker in found}
    _warn_of_markers(manuscript, found, others, [raw[b].line for b, _ in texts], words)
    _warn_of_missing_parts(manuscript, title_line)


def _pieces(text: str, found: list[Marker]) -> Pieces:
    pieces: list[str | int] = []
    at = 0
    for marker in found:
        pieces += [text[at : marker.start].rstrip(), marker.number]
        at = marker.end
    return tuple(piece for piece in (*pieces, text[at:]) if piece != "")


def _warn_of_markers(
    manuscript: Manuscript,
    found: list[Marker],
    others: list[Marker],
    lines: list[int],
    words: list[str],
) -> None:
    numbers = {note.number for note in manuscript.notes}
    for marker in found:
        if marker.weight <= 3:
            text = f"Taken for the marker of note {marker.number}: {_around(words, marker)}"
            manuscript.cautions.append(Caution("marker-uncertain", lines[marker.text], text))
    for marker in others:
        code = "marker-repeated" if marker.number in numbers else "marker-without-note"
        text = f"{marker.number} was left in the text as written: {_around(words, marker)}"
        manuscript.cautions.append(Caution(code, lines[marker.text], text))
    for note in manuscript.notes:
        if note.number not in manuscript.marked:
            text = f"No marker of note {note.number} was found; it is kept at the end of the draft."
            manuscript.cautions.append(Caution("note-without-marker", note.line, text))


def _warn_of_missing_parts(manuscript: Manuscript, title_line: int) -> None:
    missing = (
        ("standfirst-missing", not manuscript.standfirst, "There is no standfirst."),
        ("text-missing", not manuscript.paragraphs, "There is no text below the title."),
        ("notes-missing", not manuscript.notes, "There are no printed notes."),
    )
    length = sum(
        len(p) for b in manuscript.blocks for i in b.items for p in i if isinstance(p, str)
    )
    too_long = (("text-too-long", length > _MAX_TEXT, "The text is too long to be rendered."),)
    for code, applies, text in (*missing, *too_long):
        if applies:
            manuscript.cautions.append(Caution(code, title_line, text))


def _around(words: list[str], marker: Marker) -> str:
    text = words[marker.text]
    return f"“…{text[max(0, marker.start - 25) : marker.end + 15]}…”"


def _warn_of_verbatim_locators(notes: list[Note]) -> list[Caution]:
    return [
        Caution("locator-verbatim", note.line, f"Kept as printed: “{cited.locator.written}”.")
        for note in notes
        for cited in note.citations
        if cited.locator and cited.locator.verbatim
    ]
