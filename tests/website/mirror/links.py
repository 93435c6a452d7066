"""Follows the links of a mirror: what in its files leads nowhere."""

from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import html

SITE = "http://127.0.0.1:8000"
_LEADING = ("a", "link", "script", "img", "form")


def pages(root: Path) -> list[Path]:
    """The HTML files of the mirror."""
    return sorted(root.rglob("*.html"))


def read(file: Path) -> html.HtmlElement:
    return html.document_fromstring(file.read_text(encoding="utf-8"))


def linked(file: Path):
    """Each address that a page leads to or loads, as it stands there."""
    for element, name, link, _position in read(file).iterlinks():
        is_led_to = element.get("rel") not in ("canonical", "cite-as", "license")
        if element.tag in _LEADING and name in ("href", "src") and is_led_to:
            yield link


def broken_alone(root: Path) -> list[str]:
    """Links from file to file that lead to none, or to a place that is not in it."""
    found = []
    for file in pages(root):
        for link in linked(file):
            if urlsplit(link).scheme:
                continue
            target, place = urldefrag(urljoin(file.as_uri(), link))
            there = Path(unquote(urlsplit(target).path))
            if not there.is_file() or (place and not has_place(there, place)):
                found.append(f"{file.relative_to(root)}: {link}")
    return found


def broken_served(root: Path) -> list[str]:
    """Addresses without a question that pages lead to and that are no files of the mirror."""
    found = []
    for file in pages(root):
        base = f"{SITE}/{file.relative_to(root).as_posix().removesuffix('index.html')}"
        for link in linked(file):
            target = urlsplit(urljoin(base, link))
            if f"{target.scheme}://{target.netloc}" != SITE or target.query:
                continue
            path = root / unquote(target.path).lstrip("/")
            if not path.is_file() and not (path / "index.html").is_file():
                found.append(target.path)
    return found


def has_place(file: Path, place: str) -> bool:
    return file.suffix != ".html" or unquote(place) in _places(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=5000)
def _places(file: Path, _written: int) -> set[str]:
    return {str(found) for found in read(file).xpath("//@id")}
