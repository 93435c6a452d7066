"""Sets the citation of an edition in Chicago and in APA.

There is one kind of item here, a report, so each style is a few plain lines and no CSL file:
citeproc-py spoils the initials of names that know no capitals, and has no headline capitals and no
ordinals of editions. Chicago is the Manual of Style, 18th edition, notes and bibliography: an entry
of the bibliography. APA is the Publication Manual, 7th edition: an entry of the reference list
(chapter 9; reports, 10.4). Both name the edition from the second on.
"""

import re
from html import escape
from typing import Any

from organisations.credited_names import in_order, initials, inverted
from sources.citing import Setting
from sources.plain_text import plain

CHICAGO_MOST, CHICAGO_FIRST = 6, 3
APA_MOST, APA_FIRST = 20, 19
_SMALL = frozenset(
    "a an the and but for nor or as at by from in into of on onto over per to upon via vs. with "
    "al bin da das de del della den der di do dos du el et ibn la le van ver von y zu".split()
)
_QUOTES = "”’\"'"


def chicago(item: dict[str, Any]) -> Setting:
    """Author. *Title in Headline Capitals*. 2nd ed. Publisher, year. Address."""
    edition = int(item["edition"])
    return _line(
        _plain(stopped(_chicago_names(item["author"]))),
        _italic(stopped(headline(plain(item["title"])))),
        _plain(f"{ordinal(edition)} ed." if edition > 1 else ""),
        _plain(f"{item['publisher']}, {_year(item)}."),
        _address(item["URL"], "."),
    )


def apa(item: dict[str, Any]) -> Setting:
    """Author, A. (year). *Title as written* (2nd ed.). Publisher, if not the author. Address"""
    edition = int(item["edition"])
    title = plain(item["title"])
    work = [_italic(title if edition > 1 else stopped(title))]
    if edition > 1:
        work.append(_plain(f"({ordinal(edition)} ed.)."))
    names, year = stopped(_apa_names(item["author"])), _plain(f"({_year(item)}).")
    is_author = [name.get("literal") for name in item["author"]] == [item["publisher"]]
    return _line(
        *([_plain(names), year, *work] if names else [*work, year]),
        _plain("" if is_author else stopped(item["publisher"])),
        _address(item["URL"]),
    )


def ordinal(number: int) -> str:
    """“1st”, “2nd”, “11th”, “23rd”."""
    last = "" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "")
    return f"{number}{last or 'th'}"


def stopped(text: str) -> str:
    """The text with a full stop at its end, inside a closing quotation mark, where it has none of
    `.?!` there; nothing for nothing."""
    body = text.rstrip(_QUOTES)
    if not text or body.endswith((".", "?", "!")):
        return text
    return f"{body}.{text[len(body) :]}" if body else text


def headline(title: str) -> str:
    """The title in headline capitals: every word but articles, short prepositions and conjunctions,
    and the particles of names; the first and the last, and what follows a colon, always. A word
    that has a capital already stays as it is."""
    words = title.split()
    last = len(words) - 1
    return " ".join(
        _capital(word, always=n in (0, last) or words[n - 1].endswith((":", "?", "!")))
        for n, word in enumerate(words)
    )


def _capital(word: str, *, always: bool) -> str:
    bare = word.strip("“”‘’\"'()[],;:?!…")
    written = bare != bare.lower() or "/" in bare or "@" in bare
    if written or (bare in _SMALL and not always):
        return word
    parts = word.split("-")
    return "-".join(
        part if n and part in _SMALL else _first_letter(part) for n, part in enumerate(parts)
    )


def _first_letter(part: str) -> str:
    return re.sub(r"^(\W*)(\w)", lambda found: found[1] + found[2].upper(), part, count=1)


def _chicago_names(names: list[dict[str, str]]) -> str:
    if not names:
        return ""
    shown = [inverted(names[0]), *map(in_order, names[1:])]
    if len(names) > CHICAGO_MOST:
        return ", ".join([*shown[:CHICAGO_FIRST], "et al."])
    return _listed(shown, "and", comma="literal" not in names[0])


def _apa_names(names: list[dict[str, str]]) -> str:
    shown = [
        name.get("literal") or inverted(name | {"given": initials(name["given"])}) for name in names
    ]
    if len(names) > APA_MOST:
        return ", ".join([*shown[:APA_FIRST], f"… {shown[-1]}"])
    return _listed(shown, "&", comma=not all("literal" in name for name in names))


def _listed(shown: list[str], sign: str, *, comma: bool) -> str:
    """“A, B, and C”; of two, “A, and B” where `comma` asks for it."""
    if len(shown) < 2:
        return "".join(shown)
    before = "," if comma or len(shown) > 2 else ""
    return f"{', '.join(shown[:-1])}{before} {sign} {shown[-1]}"


def _year(item: dict[str, Any]) -> int:
    return item["issued"]["date-parts"][0][0]


def _plain(text: str) -> Setting:
    text = plain(text)
    return Setting(text, escape(text))


def _italic(text: str) -> Setting:
    return Setting(text, f"<i>{escape(text)}</i>")


def _address(address: str, stop: str = "") -> Setting:
    html = escape(address)
    return Setting(address + stop, f'<a href="{html}" rel="noopener">{html}</a>{stop}')


def _line(*parts: Setting) -> Setting:
    """The parts that say something, on one line."""
    said = [part for part in parts if part.text]
    return Setting(" ".join(part.text for part in said), " ".join(part.html for part in said))
