"""Links citations to sources in order of first citation, and gives the sources their keys."""

from itertools import combinations

from sources.keys import lettered

from .manuscript import Caution, Cited, Name, Note, Reference
from .names import key_stem, near, plain
from .note_patterns import looks_cited
from .source_matching import SourceMatcher

_MAX_COMPARED = 40


def link(notes: list[Note]) -> tuple[list[Reference], list[Caution]]:
    """Set `source` of every citation; returns the sources in order of first citation, with keys,
    and the warnings. A citation that cannot be linked and has no locator becomes words again.
    """
    matcher = SourceMatcher()
    for note in notes:
        note.parts = [
            part
            if isinstance(part, str) or matcher.link(part, note)
            else _words(part, note, matcher)
            for part in note.parts
        ]
        matcher.previous = {cited.source for cited in note.citations}
        if not note.citations:
            note.parts = [note.text]
    taken: set[str] = set()
    for source in matcher.sources:
        if source.symbol == source.title:
            source.symbol = ""  # or the house would print it twice
        source.key = free_key(source, taken)
        taken.add(source.key)
    return matcher.sources, matcher.cautions + _similar_names(matcher.sources, matcher.cautions)


def _words(cited: Cited, note: Note, matcher: SourceMatcher) -> str:
    """A citation that points nowhere, as the words that it was printed in; named where it says that
    it is one."""
    if cited.again:
        text = f"“{cited.words}” points at no earlier note; it is kept as words."
        matcher.cautions.append(Caution("short-form-unresolved", note.line, text))
    elif kind := looks_cited(cited.words) or _short_form(cited):
        text = f"This reads like {kind} and is kept as words: {cited.words[:200]}"
        matcher.cautions.append(Caution("citation-as-words", note.line, text))
    return cited.words


def _short_form(cited: Cited) -> str:
    """What “Alpha and Beta 131” looks like where no note tells who they are."""
    names = cited.reference.authors
    is_short = cited.tentative and cited.locator and names and all(name.family for name in names)
    return "a short form of a work that no note gives in full" if is_short else ""


def free_key(source: Reference, taken: set[str]) -> str:
    """A key that is not among `taken`: family name and year, then the same with b, c …"""
    stem = key_stem(source.authors or source.editors, source.title) or "source"
    return lettered(stem + source.issued[:4], taken)


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
