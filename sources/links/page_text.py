"""The words of a page: what trafilatura takes for its text, and else all that it shows."""

import codecs
import re
from collections.abc import Sequence
from functools import lru_cache
from logging import CRITICAL, getLogger

from charset_normalizer import from_bytes
from lxml import etree, html

from sources.plain_text import plain

from .asking import Answer
from .passages import Found, Looked, look_for

_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})
_META = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?\s*([a-zA-Z0-9_.:-]{1,40})", re.I)
_CHARSET = re.compile(r"charset=[\"']?\s*([a-zA-Z0-9_.:-]{1,40})", re.I)
_UNSEEN = ("script", "style", "noscript", "template", "svg", "head")
LONGEST_TITLE = 300


def is_page(media_type: str) -> bool:
    """Whether words are read out of what a server calls so. Some do not say what they send."""
    return media_type in _PAGES


def title_of(answer: Answer) -> str:
    """What the page calls itself; blank where it does not."""
    if answer.media_type == "text/plain" or not answer.body:
        return ""
    tree = _tree(decoded(answer))
    return plain(tree.findtext(".//title") or "")[:LONGEST_TITLE] if tree is not None else ""


def texts_of(answer: Answer) -> list[str]:
    """Its text as trafilatura finds it, then all the words that it shows; without doubles. Blank
    texts are left out."""
    text = decoded(answer)
    if answer.media_type == "text/plain":
        return [text] if text.strip() else []
    tree = _tree(text)
    if tree is None:
        return []
    return list(dict.fromkeys(filter(None, (_main_text(text), _all_words(tree)))))


def _main_text(text: str) -> str:
    """What trafilatura takes for the text of a page; blank where it stumbles over it."""
    import trafilatura  # here: 50 ms and 20 MB that no process which serves readers needs

    getLogger("trafilatura").setLevel(CRITICAL)  # that a page is none is no error of ours
    try:
        return trafilatura.extract(text, include_tables=True, favor_recall=True) or ""
    except Exception:  # whatever a page makes of it: all its words are looked through as well
        return ""


def look_in(answer: Answer, passages: Sequence[str]) -> tuple[Found, ...]:
    """Look for each of the passages in what a server answered."""
    if not passages:
        return ()
    if not is_page(answer.media_type):
        return (Found(Looked.NOT_LOOKED, answer.media_type[:100]),) * len(passages)
    texts = texts_of(answer)
    return tuple(look_for(one, texts, is_whole=answer.is_whole) for one in passages)


def decoded(answer: Answer) -> str:
    """The body as text: in the encoding that it is in, whatever the server or the page says."""
    body = answer.body
    named = [
        *_CHARSET.findall(answer.headers.get("Content-Type", "")),
        *("utf-8-sig" for bom in (codecs.BOM_UTF8,) if body.startswith(bom)),
        *("utf-16" for bom in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) if body.startswith(bom)),
        *(name.decode("ascii") for name in _META.findall(body[:4096])[:1]),
        "utf-8",
    ]
    for name in dict.fromkeys(named):
        if (text := _in(body, name, answer.is_whole)) is not None:
            return text
    best = from_bytes(body[:200_000]).best()
    return body.decode(best.encoding if best else "utf-8", "replace").replace("\0", "")


def _in(body: bytes, name: str, is_whole: bool) -> str | None:
    try:
        decoder = codecs.getincrementaldecoder(name)("strict")
        return decoder.decode(body, final=is_whole).replace("\0", "")
    except (LookupError, UnicodeError, TypeError, AttributeError):
        return None


@lru_cache(maxsize=1)
def _tree(text: str) -> html.HtmlElement | None:
    try:
        return html.document_fromstring(
            text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8")
        )
    except (etree.LxmlError, ValueError):
        return None


def _all_words(tree: html.HtmlElement) -> str:
    """The words of every element but those that nobody sees; elements are apart from each other,
    as blocks mostly are."""
    words: list[str] = []
    unseen: list[object] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            if unseen and unseen[-1] is element:
                unseen.pop()
            if not unseen and element.tail:
                words.append(element.tail)
            continue
        if element.tag in _UNSEEN or not isinstance(element.tag, str):
            unseen.append(element)
        elif not unseen and element.text:
            words.append(element.text if element.tag in _INLINE else " " + element.text)
        if not unseen and isinstance(element.tag, str) and element.tag not in _INLINE:
            words.append(" ")
    return re.sub(r"[ \t]+", " ", "".join(words)).strip()  # lines stay: a hyphen may end one


_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s small span strong sub sup u var "
    "wbr font".split()
)
