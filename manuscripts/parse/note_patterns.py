"""Recognises quoted titles, lists of names and prose by their form."""

import re

from organisations.credited_names import is_body

from .names import segments

_DOUBLE, _DOUBLE_END = '“"„”', '”"“'
_SINGLE, _SINGLE_END = "‘'", "’'"
_LOWER_IN_NAMES = frozenset(
    "and of for the in on de la le van von der den del della di da do dos das du ter ten te al el "
    "ibn bin bint ben abu ould ag et eds ed others to zu af av with".split()
)


def quotation(text: str) -> tuple[str, str, str] | None:
    """The words before, in and after the quotation marks of a title; None without a quotation."""
    opening = re.search(r"(?:\A|(?<=[\s(]))[“\"„](?=\S)|(?:\A|(?<=[.,] ))[‘'](?=\S)", text)
    if opening is None:
        return None
    ends = _DOUBLE_END if opening.group() in _DOUBLE else _SINGLE_END
    inside = text[opening.end() :]
    closers = [
        i
        for i, c in enumerate(inside)
        if c in ends and i and re.match(r"[\s.,;:()]|\Z", inside[i + 1 : i + 2])
    ]
    closers = [i for i in closers if not inside[i - 1].isspace()]
    if not closers:
        return None
    close = next((i for i in closers if inside[i - 1] in ".?!,…"), closers[-1])
    return text[: opening.start()].strip(), inside[:close].strip(), inside[close + 1 :].strip()


def may_be_names(text: str) -> bool:
    """Whether a text may be a list of authors: capitals, particles and joining words only."""
    text = text.strip(" .,")
    if not text:
        return True
    words = re.findall(r"[^\W\d_][\w’'.-]*", text)
    if len(text) > 300 or not words or re.search(r"\d{3}", text):
        return False
    lower = [w for w in words if w[0].islower() and w not in _LOWER_IN_NAMES]
    return not lower and (text[0].isupper() or text[0].islower() or is_body(text))


def is_one_name(text: str) -> bool:
    """Whether `text` may be an author before a quoted title, though it has no full stop."""
    return len(segments(text)) == 1 and text.casefold() not in ("the", "a", "an", "on")


def is_prose(text: str) -> bool:
    """Whether a text is a sentence and not a title: long, with few capitalised words."""
    words = [w for w in text.split() if len(w) > 3]
    return len(words) > 4 and sum(w[0].isupper() for w in words) * 5 < len(words) * 2
