"""One edition in forms for machines: JSON, CSL-JSON, RIS, BibTeX and Markdown."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import rispy
from django.conf import settings

from .citation import as_csl
from .models import Edition

_BIBTEX = str.maketrans(
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


@dataclass(frozen=True)
class Format:
    """A form in which an edition can be had."""

    label: str
    content_type: str
    write: Callable[[Edition], str]


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def as_json(edition: Edition) -> str:
    """The record as frozen, its digest, and its permanent address."""
    address = settings.SITE_URL + edition.permanent_path
    return _json({"address": address, "digest": edition.digest, "record": edition.record})


def as_csl_json(edition: Edition) -> str:
    """A list of one CSL-JSON item: the edition itself."""
    return _json([as_csl(edition)])


def as_ris(edition: Edition) -> str:
    """The edition as a RIS report."""
    item = as_csl(edition)
    day = edition.published_at
    entry = {
        "type_of_reference": "RPRT",
        "authors": [_inverted(name) for name in item["author"]],
        "title": _line(edition.title),
        "abstract": _line(edition.standfirst),
        "publisher": item["publisher"],
        "edition": item["edition"],
        "year": str(day.year),
        "date": f"{day:%Y/%m/%d}/",
        "urls": [item["URL"]],
        "language": item["language"],
    }
    return rispy.dumps([entry])


def as_bibtex(edition: Edition) -> str:
    """The edition as a BibTeX @techreport."""
    item = as_csl(edition)
    fields = {
        "author": " and ".join(_bibtex_name(name) for name in item["author"]),
        "title": "{" + edition.title.translate(_BIBTEX) + "}",
        "institution": item["publisher"].translate(_BIBTEX),
        "type": "Case study",
        "number": f"edition {edition.number}",
        "year": str(edition.published_at.year),
        "month": f"{edition.published_at:%b}".lower(),
        "url": item["URL"],
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@techreport{{{item['id']},", *lines, "}", ""])


def as_markdown(edition: Edition) -> str:
    """The text as its editors wrote it, with Pandoc citations, under a heading."""
    parts = [f"# {edition.title}", edition.standfirst, edition.body.strip()]
    return "\n\n".join(part for part in parts if part) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def _inverted(name: dict[str, str]) -> str:
    return name.get("literal") or f"{name['family']}, {name['given']}"


def _bibtex_name(name: dict[str, str]) -> str:
    text = _inverted(name).translate(_BIBTEX)
    return "{" + text + "}" if "literal" in name else text


FORMATS = {
    "json": Format("JSON", "application/json; charset=utf-8", as_json),
    "csl.json": Format(
        "CSL-JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", as_csl_json
    ),
    "ris": Format("RIS", "application/x-research-info-systems; charset=utf-8", as_ris),
    "bib": Format("BibTeX", "application/x-bibtex; charset=utf-8", as_bibtex),
    "md": Format("Markdown", "text/markdown; charset=utf-8", as_markdown),
}
