"""Links citations to sources in order of first citation, and gives the sources their keys."""

from itertools import combinations

from .manuscript import Caution, Name, Note, Reference
from .names import key_stem, near, plain
from .source_matching import SourceMatcher

_MAX_COMPARED = 40


def link(notes: list[Note]) -> tuple[list[Reference], list[Caution]]:
    """Set `source` of every citation; returns the sources in order of first citation, with keys,
    and the warnings. A citation that cannot be linked and has no locator becomes words again.
    """
    matcher = SourceMatcher()
    for note in notes:
        note.parts = [
            part if isinstance(part, str) or matcher.link(part, note) else part.words
            for part in note.parts
        ]
        matcher.previous = {cited.source for cited in note.citations}
        if not note.citations:
            note.parts = [note.text]
    taken: set[str] = set()
    for source in matcher.sources:
        source.key = free_key(source, taken)
        taken.add(source.key)
    return matcher.sources, matcher.cautions + _similar_names(matcher.sources, matcher.cautions)


def free_key(source: Reference, taken: set[str]) -> str:
    """A key that is not among `taken`: family name and year, then the same with b, c …"""
    stem = key_stem(source.authors or source.editors, source.title) or "source"
    stem += source.issued[:4]
    key, n = stem, 1
    while key in taken:
        n += 1
        key = f"{stem}{chr(96 + n)}" if n <= 26 else f"{stem}-{n}"
    return key


def _similar_names(sources: list[Reference], cautions: list[Caution]) -> list[Caution]:
    """A warning for every two names so similar that one may be misspelt; both are kept."""
    lines: dict[Name, int] = {}
    for source in sources:
        for name in (*source.authors, *source.editors):
            lines.setdefault(name, source.line)
    groups: dict[str, list[Name]] = {}
    for name in lines:
        body = plain(name.literal)[:4]
        for group in (
            (f"body {body}",) if body else (plain(name.family), f"given {plain(name.given)}")
        ):
            groups.setdefault(group, []).append(name)
    known = {caution.line for caution in cautions if caution.code == "author-near-match"}
    found: dict[frozenset[Name], Caution] = {}
    for names in groups.values():
        for one, other in combinations(names[:_MAX_COMPARED], 2):
            if near(one, other) and lines[other] not in known:
                text = f"“{other}” here, “{one}” in line {lines[one]}: one may be a slip."
                found[frozenset((one, other))] = Caution("author-near-match", lines[other], text)
    return list(found.values())
