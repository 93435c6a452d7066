"""Links citations to sources in order of first citation, and gives the sources their keys."""

from itertools import combinations

from .manuscript import Caution, Name, Note, Reference
from .names import key_stem, near, plain
from .source_matching import SourceMatcher

_MOST_COMPARED = 40


def link(notes: list[Note]) -> tuple[list[Reference], list[Caution]]:
    """Fill in `source` of every citation; the sources in order of first citation, with keys.

    What cannot be linked and points at no page becomes words again.
    """
    matcher = SourceMatcher()
    for note in notes:
        note.parts = [
            part if isinstance(part, str) or matcher.place(part, note) else part.words
            for part in note.parts
        ]
        matcher.previous = {cited.source for cited in note.citations}
        if not note.citations:
            note.parts = [note.text]
    taken: set[str] = set()
    for source in matcher.sources:
        source.key = free_key(source, taken)
        taken.add(source.key)
    return matcher.sources, matcher.cautions + _alike_names(matcher.sources, matcher.cautions)


def free_key(source: Reference, taken: set[str]) -> str:
    """Family name and year, then b, c …, for a source whose key is not among `taken`."""
    stem = key_stem(source.authors or source.editors, source.title) or "source"
    stem += source.issued[:4]
    key, n = stem, 1
    while key in taken:
        n += 1
        key = f"{stem}{chr(96 + n)}" if n <= 26 else f"{stem}-{n}"
    return key


def _alike_names(sources: list[Reference], cautions: list[Caution]) -> list[Caution]:
    """A warning for every two names so alike that one may be a slip: they are kept apart."""
    lines: dict[Name, int] = {}
    for source in sources:
        for name in (*source.authors, *source.editors):
            lines.setdefault(name, source.line)
    groups: dict[str, list[Name]] = {}
    for name in lines:
        body = plain(name.literal)[:4]
        for mark in (
            (f"body {body}",) if body else (plain(name.family), f"given {plain(name.given)}")
        ):
            groups.setdefault(mark, []).append(name)
    known = {caution.line for caution in cautions if caution.code == "author-near-match"}
    found: dict[frozenset[Name], Caution] = {}
    for names in groups.values():
        for one, other in combinations(names[:_MOST_COMPARED], 2):
            if near(one, other) and lines[other] not in known:
                text = f"“{other}” here, “{one}” in line {lines[one]}: one may be a slip."
                found[frozenset((one, other))] = Caution("author-near-match", lines[other], text)
    return list(found.values())
