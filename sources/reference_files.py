"""A source as reference managers read it: BibTeX and RIS, from its CSL-JSON item.

What is written is what the item says; BibTeX's months and types are its own. RIS is that of
Research Information Systems, as rispy writes it.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import rispy

from .plain_text import plain

Item = Mapping[str, Any]

BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "&": r"\&",
        "#": r"\#",
        "$": r"\$",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\n": " ",
        "\r": " ",
    }
)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # BibTeX's own macros
_TYPES = {  # CSL's type: BibTeX's, RIS's; what is not among them is of the last
    "book": ("book", "BOOK"),
    "chapter": ("incollection", "CHAP"),
    "article-journal": ("article", "JOUR"),
    "article-newspaper": ("article", "NEWS"),
    "article-magazine": ("article", "MGZN"),
    "report": ("techreport", "RPRT"),
    "thesis": ("phdthesis", "THES"),
    "paper-conference": ("inproceedings", "CPAPER"),
    "webpage": ("misc", "ELEC"),
    "legislation": ("misc", "STAT"),
    "interview": ("misc", "PCOMM"),
    "broadcast": ("misc", "VIDEO"),
    "document": ("misc", "GEN"),
}


class RisWriter(rispy.RisWriter):
    """rispy numbers the references; RIS files have nothing before TY."""

    def set_header(self, count: int) -> str:
        """Nothing."""
        return ""


def as_csl_json(item: Item) -> str:
    """A list of the one item, as it is."""
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def as_bibtex(item: Item) -> str:
    """The item as an entry of BibTeX, under its key. Addresses stand as they are."""
    type_, _ris = _TYPES.get(item["type"], _TYPES["document"])
    container = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
    publisher = {"techreport": "institution", "phdthesis": "school"}.get(type_, "publisher")
    texts = {
        "author": " and ".join(map(bibtex_name, item.get("author", []))),
        "editor": " and ".join(map(bibtex_name, item.get("editor", []))),
        "title": "{" + _escaped(item.get("title", "")) + "}",
        container.get(type_, "howpublished"): _escaped(item.get("container-title", "")),
        publisher: _escaped(item.get("publisher", "")),
        "address": _escaped(item.get("publisher-place", "")),
        "year": _date(item.get("issued"))[:1] and str(_date(item.get("issued"))[0]),
        "volume": _escaped(item.get("volume", "")),
        "number": _escaped(item.get("issue", "") or item.get("number", "")),
        "edition": _escaped(item.get("edition", "")),
        "pages": _escaped(item.get("page", "")).replace("-", "--"),
        "doi": item.get("DOI", ""),
        "isbn": item.get("ISBN", ""),
        "url": item.get("URL", ""),
        "urldate": _iso(item.get("accessed")),
        "language": item.get("language", ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in texts.items() if value]
    if len(_date(item.get("issued"))) > 1:
        lines.append(f"  month = {MONTHS[_date(item['issued'])[1] - 1]},")
    return "\n".join([f"@{type_}{{{item['id']},", *lines, "}", ""])


def as_ris(item: Item) -> str:
    """The item as a reference in RIS."""
    _bibtex, type_ = _TYPES.get(item["type"], _TYPES["document"])
    first, _dash, last = str(item.get("page", "")).partition("-")
    issued = _date(item.get("issued"))
    entry = {
        "type_of_reference": type_,
        "id": item["id"],
        "authors": [_inverted(name) for name in item.get("author", [])],
        "secondary_authors": [_inverted(name) for name in item.get("editor", [])],
        "title": plain(item.get("title", "")),
        "secondary_title": plain(item.get("container-title", "")),
        "publisher": plain(item.get("publisher", "")),
        "place_published": plain(item.get("publisher-place", "")),
        "year": str(issued[0]) if issued else "",
        "date": "/".join(f"{part:02d}" for part in issued) + "/" if len(issued) > 1 else "",
        "volume": item.get("volume", ""),
        "number": item.get("issue", "") or item.get("number", ""),
        "edition": item.get("edition", ""),
        "start_page": first,
        "end_page": last,
        "doi": item.get("DOI", ""),
        "issn": item.get("ISBN", ""),
        "urls": [item["URL"]] if item.get("URL") else [],
        "access_date": _iso(item.get("accessed")).replace("-", "/"),
        "language": item.get("language", ""),
    }
    kept = {name: value for name, value in entry.items() if value}
    return rispy.dumps([kept], implementation=RisWriter)


FORMATS: dict[str, tuple[str, str, Callable[[Item], str]]] = {  # label, media type, writer
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8", as_bibtex),
    "ris": ("RIS", "application/x-research-info-systems; charset=utf-8", as_ris),
    "csl.json": (
        "CSL-JSON",
        "application/vnd.citationstyles.csl+json; charset=utf-8",
        as_csl_json,
    ),
}


def _escaped(text: Any) -> str:
    return plain(str(text)).translate(BIBTEX)


def bibtex_name(name: Mapping[str, str]) -> str:
    """As BibTeX reads names: “family, suffix, given”; a body in braces."""
    if "literal" in name:
        return "{" + _escaped(name["literal"]) + "}"
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    parts = (family, name.get("suffix", ""), name.get("given", ""))
    return ", ".join(_escaped(part) for part in parts if part)


def _inverted(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return plain(name["literal"])
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    return ", ".join(filter(None, (family, name.get("given", ""), name.get("suffix", ""))))


def _date(value: Mapping[str, Any] | None) -> list[int]:
    parts = (value or {}).get("date-parts") or [[]]
    return [int(part) for part in parts[0]]


def _iso(value: Mapping[str, Any] | None) -> str:
    return "-".join(f"{part:02d}" for part in _date(value))
