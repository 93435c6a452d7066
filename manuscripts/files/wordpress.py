"""Reads a WordPress export (WXR) as a stream: post by post, however large it is."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ..parse.decoding import LARGEST, Refused
from ..parse.manuscript import Caution, Origin
from .html_text import plain_text
from .wordpress_content import html_of

_MOST_OF_A_POST = 20_000_000  # bytes between the ends of two posts
_TYPES = ("post", "page")
_BROKEN_CONTROLS = bytes(c for c in range(0x20) if c not in (0x09, 0x0A, 0x0D))


@dataclass
class Post:
    """A post of an export: its text as `parse` reads it, and where it stood."""

    text: str
    origin: Origin
    cautions: list[Caution] = field(default_factory=list)


class _Stream:
    """The bytes of an export without the control characters that WordPress lets through; stops
    where one post grows beyond all measure."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.since_post = 0

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size if 0 < size <= 65_536 else 65_536)
        self.since_post += len(data)
        if self.since_post > _MOST_OF_A_POST:
            raise Refused(
                f"One post of the export is larger than {_MOST_OF_A_POST // 1_000_000} MB."
            )
        return data.translate(None, _BROKEN_CONTROLS)


def posts(file: IO[bytes]) -> Iterator[Post]:
    """The posts and pages of an export in its order; not what was thrown away, nor attachments,
    menus and revisions. Raises Refused where the XML is broken or a bomb; what came before is good.
    """
    stream, count = _Stream(file), 0
    authors: dict[str, str] = {}
    try:
        for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                if _name(element) == "channel":
                    channel = element
                continue
            if _name(element) == "author":
                authors |= _author(element)
            if _name(element) != "item":
                continue
            stream.since_post = 0
            if post := _post(element, authors):
                count += 1
                yield post
            element.clear()
            channel.clear()
    except DefusedXmlException:
        raise Refused(
            "The export declares XML entities or a document type: it is refused as a bomb."
        ) from None
    except ParseError as error:
        line, column = error.position
        raise Refused(
            f"The export is broken XML at line {line}, column {column}; {count} posts before "
            f"it were read."
        ) from None
    if not count:
        raise Refused("The export holds no posts or pages.")


def _name(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _author(element: Any) -> dict[str, str]:
    words = {_name(child): (child.text or "").strip() for child in element}
    login, shown = words.get("author_login", ""), words.get("author_display_name", "")
    names = " ".join(filter(None, (words.get("author_first_name"), words.get("author_last_name"))))
    return {login: shown if " " in shown else names or shown} if login else {}


def _post(item: Any, authors: dict[str, str]) -> Post | None:
    values: dict[str, str] = {}
    meta: dict[str, list[str]] = {}
    terms: dict[str, list[str]] = {"category": [], "post_tag": []}
    for child in item:
        name = _name(child)
        if name == "encoded":
            name = "excerpt" if "excerpt" in str(child.tag) else "content"
        if name == "postmeta":
            pair = {_name(part): part.text or "" for part in child}
            meta.setdefault(pair.get("meta_key", ""), []).append(pair.get("meta_value", ""))
        elif name == "category":
            kind = child.get("domain", "category")
            terms.setdefault(kind, []).append(unescape((child.text or "").strip()))
        else:
            values.setdefault(name, (child.text or "").strip("\n"))
    if values.get("post_type", "post") not in _TYPES or values.get("status") in (
        "trash",
        "auto-draft",
        "inherit",
    ):
        return None
    return _made(values, meta, terms, authors)


def _made(
    values: dict[str, str],
    meta: dict[str, list[str]],
    terms: dict[str, list[str]],
    authors: dict[str, str],
) -> Post:
    title = re.sub(r"\s+", " ", plain_text(values.get("title", ""))[0]).strip()
    footnotes = _footnotes(meta.get("footnotes", []))
    content = values.get("content", "")
    cautions: list[Caution] = []
    if len(content) > 2 * LARGEST:
        content = ""
        cautions.append(
            Caution("text-too-long", 1, "The post is longer than 2 MB; its text was left out.")
        )
    html, dropped = html_of(content, footnotes)
    text = plain_text(html)[0]
    cautions += _left_out(dropped, values.get("excerpt", ""), text)
    return Post(
        f"{title}\n\n{text}" if title else text, _origin(values, meta, terms, authors), cautions
    )


def _left_out(dropped: list[str], excerpt: str, text: str) -> list[Caution]:
    """Warnings about shortcodes without words, and an excerpt that is not in the text."""
    cautions = []
    if dropped:
        words = (
            f"Shortcodes and embeds that hold no words were left out: {', '.join(dropped[:10])}."
        )
        cautions.append(Caution("shortcode-left-out", 1, words))
    excerpt = re.sub(r"\s+", " ", plain_text(excerpt)[0]).strip()
    if excerpt and excerpt.rstrip(".") not in text:
        words = f"The post’s excerpt is not in its text: {excerpt[:300]}"
        cautions.append(Caution("excerpt-left-out", 1, words))
    return cautions


def _footnotes(values: list[str]) -> dict[str, str]:
    """The notes that the block editor keeps beside the text, by their ids."""
    try:
        found = json.loads(values[-1]) if values else []
    except ValueError:
        return {}
    rows = found if isinstance(found, list) else []
    return {
        str(row["id"]): str(row.get("content", ""))
        for row in rows
        if isinstance(row, dict) and "id" in row
    }


def _origin(
    values: dict[str, str],
    meta: dict[str, list[str]],
    terms: dict[str, list[str]],
    authors: dict[str, str],
) -> Origin:
    address, slug = values.get("link", "").strip(), values.get("post_name", "").strip()
    others = [values.get("guid", "").strip()]
    if slug and slug in address:
        others += [address.replace(slug, old) for old in meta.get("_wp_old_slug", []) if old]
    creator = values.get("creator", "").strip()
    published, modified = (values.get(name, "")[:10] for name in ("post_date", "post_modified"))
    is_day = re.compile(r"[12]\d{3}-\d\d-\d\d")
    return Origin(
        address=address if address.startswith(("http://", "https://")) else "",
        other_addresses=tuple(
            dict.fromkeys(a for a in others if a.startswith("http") and a != address)
        ),
        slug=slug,
        published=published if is_day.fullmatch(published) else "",
        modified=modified if is_day.fullmatch(modified) else "",
        author=authors.get(creator, creator),
        categories=tuple(terms["category"]),
        tags=tuple(terms["post_tag"]),
        number=values.get("post_id", "").strip(),
    )
