"""Sets the quotation marks within a title that itself stands in “ ”: ‘ ’, then “ ” again.

Marks are read whichever way they were typed ("straight", „low“, ‘single’); guillemets stay as
they are, since they cannot be taken for the marks around them. A mark without a partner, and an
apostrophe, stay as typed.
"""

_BEFORE_OPENING = frozenset(" \u00a0([{-–—/“„‘‚\"'«‹")
_DOUBLE = frozenset('“”„‟"')
_SINGLE = frozenset("‘’‚'")


def nested(title: str) -> str:
    """The title with its own marks turned for standing in double ones."""
    if not (_DOUBLE | _SINGLE).intersection(title):
        return title
    letters = list(title)
    for start, end, depth in _pairs(title):
        letters[start], letters[end] = "‘’" if depth % 2 == 0 else "“”"
    return "".join(letters)


def _pairs(title: str) -> list[tuple[int, int, int]]:
    """Where quotations begin and end, and in how many others each stands."""
    found: list[tuple[int, int]] = []
    still_open: list[int] = []
    for at, mark in enumerate(title):
        kind = _DOUBLE if mark in _DOUBLE else _SINGLE if mark in _SINGLE else None
        if kind is None:
            continue
        partner = next((n for n in reversed(still_open) if title[n] in kind), None)
        if partner is not None and _may_close(title, at, partner):
            found.append((partner, at))
            del still_open[still_open.index(partner) :]
        elif _may_open(title, at):
            still_open.append(at)
    return [(s, e, sum(a < s and e < b for a, b in found)) for s, e in found]


def _may_open(title: str, at: int) -> bool:
    before, after = title[at - 1 : at], title[at + 1 : at + 2]
    return (not before or before in _BEFORE_OPENING) and bool(after) and not after.isspace()


def _may_close(title: str, at: int, partner: int) -> bool:
    """Not straight after the opening, and no apostrophe or mark that only opens."""
    mark, after = title[at], title[at + 1 : at + 2]
    if (
        mark in "„‚"
        or (mark == "“" and title[partner] != "„")
        or (mark == "‘" and title[partner] != "‚")
    ):
        return False
    if at == partner + 1 or title[at - 1].isspace():
        return False
    return mark in _DOUBLE or not after.isalnum()
