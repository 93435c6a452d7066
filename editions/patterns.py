"""Templates rendered once and filled in many times: a page has hundreds of some of them."""

import re
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language


class Pattern:
    """The template `name`, with room for the HTML of each of `rooms`. It is rendered once for each
    set of `fixed` values, language and settings; what fills a room must not decide anything in the
    template. Rooms are HTML comments: no text that was escaped holds a “<”."""

    def __init__(self, name: str, *rooms: str) -> None:
        self.name, self.rooms = name, rooms
        self._rendered = lru_cache(maxsize=500)(self._render)

    def _render(self, settings_: tuple, **fixed: object) -> tuple[str, ...]:
        room = {name: mark_safe(f"<!--{name}-->") for name in self.rooms}  # noqa: S308
        html = render_to_string(self.name, {**fixed, **room}).strip()
        return tuple(re.split(f"<!--({'|'.join(self.rooms)})-->", html))

    def pieces(self, **fixed: object) -> tuple[str, ...]:
        """The template as it stands: text, name of a room, text, name of a room … text."""
        return self._rendered((get_language(), settings.SITE_NAME, settings.SITE_URL), **fixed)

    def filled(self, rooms: Mapping[str, object], **fixed: object) -> SafeString:
        """The template with each of its rooms filled in, wherever it stands."""
        html = {name: conditional_escape(value) for name, value in rooms.items()}
        pieces = list(self.pieces(**fixed))
        pieces[1::2] = [html[name] for name in pieces[1::2]]
        return mark_safe("".join(pieces))  # noqa: S308
