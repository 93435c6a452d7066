"""Warns about lines of a manuscript, and leaves lines over for the end of the draft."""

from collections.abc import Iterable

from manuscripts.parse.manuscript import Caution, Line

from .resolved import Resolved


def lines_of(resolved: Resolved, name: str) -> list[Line]:
    return resolved.manuscript.facts.get(name, [])


def warn(
    resolved: Resolved,
    code: str,
    lines: Iterable[Line],
    text: str,
    about: tuple[str, int] | None = None,
) -> None:
    """Add a warning about the first of the lines, or about line 1; `about` names the organisation
    or the source that can be chosen otherwise."""
    line = next((line.number for line in lines), 1)
    resolved.cautions.append(Caution(code, line, text, about))


def leave(resolved: Resolved, code: str, line: Line, text: str) -> None:
    """Add the line to those left over, with a warning."""
    resolved.left_over.append(line)
    resolved.cautions.append(Caution(code, line.number, text))


def warn_blank(resolved: Resolved, name: str, words: str) -> None:
    line = resolved.manuscript.labels.get(name, 1)
    resolved.cautions.append(Caution("fact-blank", line, f"{words} is blank."))
