"""The sources of an edition in schema.org's words."""

from collections.abc import Iterable
from typing import Any

Node = dict[str, Any]
_TYPES = {  # by CSL type; any other is a CreativeWork
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "legislation": "Legislation",
    "report": "Report",
    "thesis": "Thesis",
    "treaty": "Legislation",
    "webpage": "WebPage",
}


def works(sources: Iterable[dict[str, Any]]) -> list[Node]:
    """CSL-JSON items as works that are cited; only what they say, and only addresses of the web."""
    return [_work(item) for item in sources]


def _work(item: dict[str, Any]) -> Node:
    doi = f"https://doi.org/{item['DOI']}" if item.get("DOI") else ""
    node = {
        "@type": _TYPES.get(item.get("type", ""), "CreativeWork"),
        "name": item.get("title", ""),
        "author": _people(item.get("author")),
        "editor": _people(item.get("editor")),
        "datePublished": _date(item.get("issued")),
        "publisher": _named("Organization", item.get("publisher")),
        "isPartOf": _named("CreativeWork", item.get("container-title")),
        "isbn": item.get("ISBN", ""),
        "sameAs": doi,
        "url": _address(item.get("URL", "")),
    }
    return {name: value for name, value in node.items() if value}


def _people(names: list[dict[str, str]] | None) -> list[Node]:
    found = []
    for name in names or []:
        if name.get("literal"):
            found.append({"@type": "Organization", "name": name["literal"]})
        else:
            words = (name.get(part) for part in ("given", "non-dropping-particle", "family"))
            found.append({"@type": "Person", "name": " ".join(filter(None, words))})
    return found


def _named(type_: str, name: str | None) -> Node | None:
    return {"@type": type_, "name": name} if name else None


def _date(issued: dict[str, Any] | None) -> str:
    """“2001”, “2001-05” or “2001-05-17”; nothing where there are no such numbers."""
    for year, *rest in (issued or {}).get("date-parts", []):
        if isinstance(year, int) and year >= 0:
            return "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])
    return ""


def _address(address: str) -> str:
    return address if address.lower().startswith(("http://", "https://")) else ""
