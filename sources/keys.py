"""Keys for sources: what notes cite them by."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from anyascii import anyascii

LONGEST = 80
_KEY = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_-]*")
_JOINING = frozenset("a an and der des die el la le les of on the to und van von".split())


def proposed_key(item: Mapping[str, Any], taken: Collection[str]) -> str:
    """A key for a CSL-JSON item that is not among `taken`, keys in small letters: its own id where
    that can be one, else the family name of its first author or the first words of a body or of the
    title, and the year; with b, c … where there is such a key."""
    own = str(item.get("id") or "")
    if _KEY.fullmatch(own) and len(own) <= LONGEST and own.casefold() not in taken:
        return own
    people = item.get("author") or item.get("editor") or [{}]
    words = people[0].get("family") or people[0].get("literal") or item.get("title") or ""
    stem = _stem(str(words), whole="family" in people[0]) or "source"
    dates = (item.get("issued") or {}).get("date-parts") or [[""]]
    return lettered(f"{stem}{dates[0][0]}".replace("-", ""), taken)


def _stem(text: str, *, whole: bool) -> str:
    words = re.findall(r"[a-z0-9]+", anyascii(text).casefold())
    telling = words if whole else [word for word in words if word not in _JOINING] or words
    return "".join(telling if whole else telling[:3])[:40]


def lettered(stem: str, taken: Collection[str]) -> str:
    """`stem`, or `stem` with b, c … z, aa …: a key that is not among `taken`, in small letters."""
    key, n = stem, 1
    while key.casefold() in taken:
        n += 1
        key = stem + _letters(n)
    return key


def _letters(n: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
