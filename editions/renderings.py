"""Renders, once and at publication, the parts of pages that depend on an edition alone.

A page then costs what stands around them. They are stamped with the templates, the code and the
settings they were made with: after an upgrade those of another stamp are rendered as they are
asked for, until `manage.py render_editions` has made all of them anew.
"""

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from revisions.fetching import fetched

from .describing import describe
from .exports import FORMATS
from .models import Edition, Rendering

# Where a row has room: no text that was escaped holds a “<”.
_QUESTION, _BLURB = SafeString("<!--question-->"), SafeString("<!--blurb-->")


@cache
def _templates() -> bytes:
    """What the templates and the code of this app hold."""
    shown, here = Path(get_template("editions/case.html").origin.name).parent, Path(__file__).parent
    files = [*shown.rglob("*.html"), *shown.parent.glob("*.html"), *here.rglob("*.py")]
    return blake2b(b"".join(path.read_bytes() for path in sorted(files))).digest()


def stamp() -> str:
    """32 hexadecimal digits: of another stamp, a rendering no longer says what it would say now."""
    said = f"{settings.SITE_URL} {settings.SITE_NAME} {get_language()}"
    return blake2b(_templates() + said.encode(), digest_size=16).hexdigest()


def render(edition: Edition) -> Rendering:
    """The rendering of an edition, not stored. A fixed number of queries."""
    return Rendering(edition=edition, stamp=stamp(), row=_row(edition), **_page(edition))


def _row(edition: Edition) -> str:
    blurb = format_html("{0}{1}{0}", _BLURB, edition.standfirst)
    context = {"edition": edition, "question": _QUESTION, "blurb": blurb}
    return render_to_string("editions/_row.html", context)


def _page(edition: Edition) -> dict[str, str]:
    """What the page of an edition holds for ever; no query but for what the record stands in."""
    record, described = edition.record, describe(edition)
    context = {
        "edition": edition,
        "record": record,
        "authors": get_text_list([_after_by(name) for name in record["authors"]], _("and")),
        "described": described,
        "formats": FORMATS,
    }
    return {
        "head": render_to_string("editions/_metadata.html", context),
        "links": described.header,
        "opening": render_to_string("editions/_opening.html", context),
        "text": render_to_string("editions/_text.html", context),
    }


def store(edition: Edition) -> None:
    """Store the rendering of the edition that is now in print, in place of the one before it."""
    Rendering.objects.filter(edition__in=edition.case.editions.all()).delete()
    if not edition.is_withdrawn:
        render(edition).save(force_insert=True)


class Parts(NamedTuple):
    """What the page of an edition holds for ever, as HTML; `links` are those of its HTTP header."""

    opening: str
    text: str
    head: str
    links: str


COLUMNS = ("rendering__stamp", *(f"rendering__{part}" for part in Parts._fields))


def stored(stamped: str | None, *parts: str) -> Parts | None:
    """The parts that the columns of COLUMNS make up, if they hold."""
    return Parts(*parts) if stamped == stamp() else None


def of(edition: Edition) -> Parts:
    """The parts of an edition that has none stored, or ones that do not hold."""
    return Parts(**_page(edition))


def rows(pks: list[int]) -> dict[int, str]:
    """The rows of these editions, by primary key. One query where all that is stored holds."""
    found = _stored_rows(pks)
    missing = set(pks) - found.keys()
    if missing:
        others = Edition.objects.filter(pk__in=missing).select_related("case")
        found |= {edition.pk: _row(edition) for edition in others}
    return found


def _stored_rows(pks: list[int]) -> dict[int, str]:
    """By hand: Django takes longer to say this than a database to answer it."""
    if not pks:
        return {}
    sql = f"""SELECT edition_id, "row" FROM {Rendering._meta.db_table}
    WHERE stamp = %s AND edition_id IN ({", ".join(["%s"] * len(pks))})"""  # noqa: S608
    return dict(fetched(sql, [stamp(), *pks]))


def filled(row: str, *, found: str = "", question: str = "") -> SafeString:
    """A row for a page: `found` in place of the standfirst, and the `question` to send along to the
    case, both as HTML."""
    before, standfirst, after = row.replace(_QUESTION, question).split(_BLURB)
    return SafeString(before + (found or standfirst) + after)


def rebuild() -> int:
    """Make every rendering anew that does not hold, and return how many."""
    count = 0
    for edition in _stale():
        Rendering.objects.filter(edition=edition).delete()
        render(edition).save(force_insert=True)
        count += 1
    return count


def _stale() -> Iterator[Edition]:
    holds = Rendering.objects.filter(stamp=stamp())
    stale = Edition.objects.listed().exclude(pk__in=holds.values("pk"))
    return stale.select_related("case", "aim").iterator(chunk_size=200)


def _after_by(name: str) -> str:
    """A name as it stands within a sentence: "The editors" are "the editors" there."""
    return "the " + name[4:] if name.startswith("The ") else name
