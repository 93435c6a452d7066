"""Draws the picture shown beside a shared address: the title in the house's look, 1200 by 630.

Only Latin letters are in our typefaces. A title with a letter that they lack is left out, since it
always stands beside the picture in words; what are no letters (emoji, marks of direction) are left
out of a title that can be drawn without them.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from math import acos, degrees
from typing import cast

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from editions.models import Edition
from website.charts.endings import ending_of

WIDTH, HEIGHT = 1200, 630
DESIGN = 2  # raise it when cards are drawn otherwise: they are kept under it
KEPT = 24 * 60 * 60  # seconds in the cache; readers' programs keep them for long
_MARGIN = 80
_PAPER, _INK, _SOFT, _RULE = "#fdfdfb", "#1b1f1d", "#474e4b", "#dcdfda"
_ACCENT, _WRONG = "#14605a", "#a02620"
_SIZES = (84, 76, 68, 60, 54, 48, 42)
_TITLE_TOP, _TITLE_HEIGHT, _LEADING = 178, 310, 1.18
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn")


def card_key(edition: Edition | None) -> str:
    """What a card is drawn from, as one word: its entity tag. None is the card of the site."""
    what = f"{DESIGN}\n{settings.SITE_NAME}\n{edition.digest if edition else ''}"
    return sha256(what.encode()).hexdigest()[:32]


def card_of(edition: Edition | None) -> bytes:
    """The card as PNG, of an edition or of the site; drawn once a day at most."""
    key = f"card:{card_key(edition)}"
    return cast(bytes, cache.get_or_set(key, lambda: _drawn(edition), timeout=KEPT))


def _drawn(edition: Edition | None) -> bytes:
    if edition is None:
        return draw(_subject(), label=_("Case studies of peace initiatives"))
    withdrawn = edition.is_withdrawn
    return draw(
        edition.title,
        label=_("Withdrawn case study") if withdrawn else _("Case study"),
        below=" · ".join(filter(None, (_ended(edition), edition.years, edition.location))),
        ending="" if withdrawn else edition.impact,
        corner=_("Edition %d") % edition.number,
        colour=_WRONG if withdrawn else _ACCENT,
    )


def _ended(edition: Edition) -> str:
    return str(edition.get_impact_display()) if edition.impact and not edition.is_withdrawn else ""


def _subject() -> str:
    """What the collection is about: in the place of a title where there is none to draw."""
    return _("How armed conflicts were prevented, contained or ended")


def draw(
    title: str,
    *,
    label: str,
    below: str = "",
    corner: str = "",
    colour: str = _ACCENT,
    ending: str = "",
) -> bytes:
    """A card with `title`, a `label` above it, and at its foot the mark of the `ending`, a slug of
    an impact, and two lines."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 11), fill=colour)
    ink, mask = _mark(colour, 56)
    image.paste(ink, (_MARGIN, 62), mask)
    _write(pen, (_MARGIN + 74, 90), settings.SITE_NAME, "serif", 34, 600, _INK, "lm", room=560)
    _write(pen, (WIDTH - _MARGIN, 90), label, "sans", 28, 400, colour, "rm", room=400)
    size, lines = _fitted(drawable(title, "serif") or drawable(_subject(), "serif"))
    face = _face("serif", size, 600)
    for n, line in enumerate(lines):
        pen.text((_MARGIN, _TITLE_TOP + n * size * _LEADING), line, _INK, face)
    pen.line((_MARGIN, 520, WIDTH - _MARGIN, 520), _RULE, 2)
    if ending:
        _ending(pen, _MARGIN, 552, 22, ending_of(ending).style, colour)
    start = _MARGIN + (36 if ending else 0)
    _write(pen, (start, 562), below, "sans", 30, 400, _SOFT, "lm", room=820)
    _write(pen, (WIDTH - _MARGIN, 562), corner, "sans", 30, 600, colour, "rm", room=200)
    packed = BytesIO()
    image.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(packed, "PNG")
    return packed.getvalue()


def _ending(pen: ImageDraw.ImageDraw, x: int, y: int, side: int, style: str, colour: str) -> None:
    """The mark of how a case ended, as `website.charts.endings.shape` has it."""
    right, foot = x + side, y + side
    if style == "contested":
        for left in range(x, right, 8):
            pen.rectangle((left, y, left + 3, foot), fill=colour)
        return
    pen.rectangle((x, y, right, foot), outline=colour, width=2)
    filled = {"lasting": y, "limited": y + side // 2, "too-early": foot - 5}
    if style in filled:
        pen.rectangle((x, filled[style], right, foot), fill=colour)
    if style == "failed":
        pen.line((x, y, right, foot), colour, 2)
        pen.line((x, foot, right, y), colour, 2)


def drawable(text: str, name: str) -> str:
    """The text as the typeface can draw it, accents it lacks taken off; nothing where it lacks a
    letter or a figure."""
    drawn = []
    for sign in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(sign)
        if sign.isspace():
            drawn.append(" ")
        elif kind in _INVISIBLE:
            continue
        elif _has(name, sign):
            drawn.append(sign)
        elif (base := _without_accents(sign)) and all(_has(name, letter) for letter in base):
            drawn.append(base)
        elif kind[0] in "LN":
            return ""
    return " ".join("".join(drawn).split())


def _without_accents(sign: str) -> str:
    parts = unicodedata.normalize("NFKD", sign)
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(maxsize=4096)
def _has(name: str, sign: str) -> bool:
    """Whether the typeface has a glyph for the sign: what it lacks, it draws as nothing."""
    return _face(name, 20, 400).getmask(sign).getbbox() is not None


@lru_cache(maxsize=64)
def _face(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    path = settings.BASE_DIR / "static" / "fonts" / f"peacesite-{name}.woff2"
    face = ImageFont.truetype(str(path), size)
    face.set_variation_by_axes([weight])
    return face


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size in which the title fits, and its lines; cut short where it fits in none."""
    for size in _SIZES:
        lines = list(_broken(title, size))
        most = int(_TITLE_HEIGHT / (size * _LEADING))
        if len(lines) <= most:
            return size, lines
    kept = lines[:most]
    return size, [*kept[:-1], _cut(kept[-1] + "…", _face("serif", size, 600), WIDTH - 2 * _MARGIN)]


def _broken(title: str, size: int) -> Iterator[str]:
    """The title in lines of that size; a word longer than a line is broken where it must be."""
    face, room, line = _face("serif", size, 600), WIDTH - 2 * _MARGIN, ""
    for word in title.split():
        if line and face.getlength(f"{line} {word}") > room:
            yield line
            line = ""
        line = f"{line} {word}".strip()
        while face.getlength(line) > room:
            head = _head(line, face, room)
            yield head
            line = line[len(head) :]
    if line:
        yield line


def _head(line: str, face: ImageFont.FreeTypeFont, room: int) -> str:
    """As much of the line as there is room for, one sign at least."""
    low, high = 1, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        fits = face.getlength(line[:middle]) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return line[:low]


def _cut(line: str, face: ImageFont.FreeTypeFont, room: int) -> str:
    """The line, or as much of it as leaves room for an ellipsis."""
    if face.getlength(line) <= room:
        return line
    return _head(line, face, int(room - face.getlength("…"))).rstrip(" ,;:…") + "…"


def _write(
    pen: ImageDraw.ImageDraw,
    at: tuple[int, int],
    text: str,
    name: str,
    size: int,
    weight: int,
    colour: str,
    anchor: str,
    *,
    room: int,
) -> None:
    face = _face(name, size, weight)
    pen.text(at, _cut(drawable(text, name), face, room), colour, face, anchor)


def _mark(colour: str, size: int) -> tuple[Image.Image, Image.Image]:
    """The mark of the house (templates/_mark.html) in a colour, with its mask: two arcs, a dot."""
    scale = size * 4 / 32
    mask = Image.new("L", (size * 4, size * 4))
    pen = ImageDraw.Draw(mask)
    radius, wide, turn = 12, 2.6, degrees(acos(3.75 / 12))
    for middle, ends in ((15.75, (180 - turn, 180 + turn)), (16.25, (-turn, turn))):
        outer = radius + wide / 2
        box = [(middle - outer) * scale, (16 - outer) * scale]
        box += [(middle + outer) * scale, (16 + outer) * scale]
        pen.arc(box, *ends, fill=255, width=round(wide * scale))
    caps = [(x, y, wide / 2) for x in (12, 20) for y in (4.6, 27.4)]
    for x, y, r in (*caps, (16, 16, 3.2)):
        pen.ellipse([(x - r) * scale, (y - r) * scale, (x + r) * scale, (y + r) * scale], fill=255)
    mask = mask.resize((size, size), Image.Resampling.LANCZOS)
    return Image.new("RGB", (size, size), colour), mask
