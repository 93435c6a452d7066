"""Names as BibTeX has them: “von Last, Jr, First”, “First von Last”, “{Some Body}”."""

import re
from collections.abc import Iterable

from bibtexparser.middlewares.names import parse_single_name_into_parts

# bibtexparser's own way to part names loses a name that begins with a backslash.
_SIGN = re.compile(r"\\.|[{}]|(?<=\s)and(?=\s)", re.S | re.I)


def names_in(latex: str) -> list[str]:
    """The names of a field, each in LaTeX: what “and” parts outside of braces."""
    found, depth, start = [], 0, 0
    for sign in _SIGN.finditer(latex):
        if sign[0] in "{}":
            depth += 1 if sign[0] == "{" else -1
        elif sign[0][0] != "\\" and depth <= 0:
            found.append(latex[start : sign.start()].strip())
            start = sign.end()
    return [name for name in [*found, latex[start:].strip()] if name]


def parts_of_name(latex: str) -> Iterable[tuple[str, str]]:
    """The parts of a name under CSL's names, each in LaTeX. A name that is one word, or all in
    braces, is that of a body; a person of a family name only has an empty given name: “Saud, {}”.
    """
    if latex.endswith(","):
        latex += " {}"
    parts = parse_single_name_into_parts(latex, strict=False)
    lower = [first[:1].islower() for first in parts.first] == [True]
    if lower and not parts.von and "," not in latex:
        parts.von, parts.first = parts.first, []  # “de Gaulle”; bibtexparser has it as a given name
    family = " ".join(parts.von + parts.last)
    if not parts.first and not parts.jr:
        return [("family" if parts.von else "literal", family)]
    return [
        ("family", family),
        ("given", " ".join(parts.first)),
        ("suffix", " ".join(parts.jr)),
    ]
