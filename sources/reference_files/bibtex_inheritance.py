"""What entries of BibTeX take from others: crossref and xdata, as BibLaTeX has them."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from .bibtex_types import ALIKE, NO_SOURCES, NOT_INHERITED
from .references import LARGEST_FILE, NotReadable

_LONGEST_CHAIN = 4  # a paper, its volume, the volumes, their series
_WHEN = frozenset(("year", "month", "day", "date"))


class Field(NamedTuple):
    """A value in LaTeX and its line."""

    latex: str
    line: int


class BibtexEntry(NamedTuple):
    """An entry, its fields under small names of BibTeX's own, and what was not understood."""

    type: str
    key: str
    line: int
    fields: dict[str, Field]
    unread: list[tuple[int, str, str]]  # line, name, value


def resolved(entries: list[BibtexEntry]) -> list[BibtexEntry]:
    """The entries that are sources, each with what it takes from others, wherever in the file those
    stand. Raises NotReadable where this would repeat more text than a file may have."""
    by_key: dict[str, BibtexEntry] = {}
    for entry in entries:
        by_key.setdefault(entry.key.casefold(), entry)
    found = []
    grown = 0
    for entry in entries:
        if entry.type in NO_SOURCES or entry.type == "xdata":
            continue
        if {"crossref", "xdata"} & entry.fields.keys():
            chain = _chain(entry, by_key)
            owns = [_with_xdata(one, by_key) for one in chain]
            grown += sum(200 + len(field.latex) for own in owns for field in own.values())
            if grown > LARGEST_FILE:
                reason = _("The cross-references of this file repeat too much text.")
                raise NotReadable(reason, entry.line)
            fields = owns.pop()
            for one, own in zip(reversed(chain[:-1]), reversed(owns), strict=True):
                fields = _inherited(one.type, own, fields)
            entry = entry._replace(fields=fields)
        found.append(entry)
    return found


def _chain(entry: BibtexEntry, by_key: dict[str, BibtexEntry]) -> list[BibtexEntry]:
    """The entry, its parent, the parent of this one."""
    chain = [entry]
    while len(chain) < _LONGEST_CHAIN and (named := chain[-1].fields.get("crossref")):
        parent = by_key.get(named.latex.strip().casefold())
        if parent is None:
            entry.unread.append((named.line, "crossref", named.latex))
        if parent is None or any(parent is one for one in chain):
            break
        chain.append(parent)
    return chain


def _with_xdata(entry: BibtexEntry, by_key: dict[str, BibtexEntry]) -> dict[str, Field]:
    """The entry's own fields and those that its xdata have beside them."""
    fields = dict(entry.fields)
    fields.pop("crossref", None)
    if named := fields.pop("xdata", None):
        for key in named.latex.split(",")[:20]:
            if data := by_key.get(key.strip().casefold()):
                for name, field in data.fields.items():
                    if name not in ("xdata", "crossref"):
                        fields.setdefault(name, field)
            else:
                entry.unread.append((named.line, "xdata", key))
    return fields


def _inherited(kind: str, own: dict[str, Field], parent: dict[str, Field]) -> dict[str, Field]:
    """The fields of an entry of that kind, with what it has of its parent: the parent's title is
    that of the book or journal it is in."""
    fields = dict(own)
    within = {"chapter": "book", "paper-conference": "book", "article-journal": "journal"}
    if prefix := within.get(ALIKE.get(kind, "")):
        title = "booktitle" if prefix == "book" else "journal"
        if title not in fields and "title" in parent:
            fields[title] = parent["title"]
            if "subtitle" in parent:
                fields.setdefault(f"{prefix}subtitle", parent["subtitle"])
    dated = bool(_WHEN & own.keys())
    for name, field in parent.items():
        if name not in NOT_INHERITED and not (dated and name in _WHEN):
            fields.setdefault(name, field)
    return fields
