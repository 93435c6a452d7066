"""Templates rendered once and filled in many times: a page has hundreds of some of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language


class Pattern:
    """The template `name`, with room for the HTML of each of `rooms`; `always` is context that
    never changes. It is rendered once for each set of `fixed` values, language and settings; what
    fills a room must not decide anything in the template. Rooms are HTML comments: no text that was
    escaped holds a “<”."""

    def __init__(self, name: str, *rooms: str, always: Mapping[str, object] | None = None) -> None:
        self.name, self.rooms, self.always = name, rooms, always or {}
        self._rendered = lru_cache(maxsize=500)(self._render)

    def _render(self, settings_: tuple, **fixed: object) -> tuple[str, ...]:
        room = {name: SafeString(f"<!--{name}-->") for name in self.rooms}
        html = render_to_string(self.name, {**self.always, **fixed, **room}).strip()
        return tuple(re.split(f"<!--({'|'.join(self.rooms)})-->", html)) if room else (html,)

    def pieces(self, **fixed: object) -> tuple[str, ...]:
        """The template as it stands: text, name of a room, text, name of a room … text."""
        return self._rendered((get_language(), settings.SITE_NAME, settings.SITE_URL), **fixed)

    def filled(self, rooms: Mapping[str, object], **fixed: object) -> SafeString:
        """The template with each of its rooms filled in, wherever it stands."""
        return filled(self.pieces(**fixed), rooms)


def filled(pieces: Sequence[str], rooms: Mapping[str, object]) -> SafeString:
    """The pieces of a pattern with each room filled in: for many rows of one kind."""
    html = {name: _escaped(value) for name, value in rooms.items()}
    whole = list(pieces)
    whole[1::2] = [html[name] for name in whole[1::2]]
    return joined(whole)


def _escaped(value: object) -> str:
    """As Django's `conditional_escape`, which first asks after promises: there are dozens here."""
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def shortened(text: str, most: int) -> str:
    """At most so many characters of the text; Django takes long to say that there are no more."""
    return text if len(text) <= most else Truncator(text).chars(most)


def joined(parts: Iterable[str]) -> SafeString:
    """Parts that are HTML already, as one."""
    return SafeString("".join(parts))
