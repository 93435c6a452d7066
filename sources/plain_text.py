"""One line of plain text, of whatever was typed or came from a catalogue."""

import re
from html import unescape
from typing import Any

_UNPRINTABLE = re.compile(r"[\ud800-\udfff\ue000-\uf8ff\u202d\u202e\ufeff]")
_SPACES_AND_CONTROLS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_TAG = re.compile(r"</?(?:i|b|em|strong|sup|sub|sc|u|span|br|p)(?:\s[^<>]{0,200})?/?>", re.I)


def plain(value: Any) -> str:
    """The value as one line of text, without control, private-use and overriding characters."""
    return _SPACES_AND_CONTROLS.sub(" ", _UNPRINTABLE.sub("", str(value))).strip()


def without_markup(text: str) -> str:
    """The text with entities (`&amp;`) decoded and tags for italics and the like left out, as they
    come with titles from web pages and catalogues."""
    if "<" in text:
        text = _TAG.sub("", text)
    return _ENTITY.sub(lambda entity: unescape(entity.group()), text) if "&" in text else text
