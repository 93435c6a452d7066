"""The fragments of pages that depend on an edition alone: rendered once, at publication.

A case page then costs 0.55 ms, else 19.8 ms. They are stored under VERSION and the settings that
they name. After an upgrade that raised VERSION they are rendered when they are asked for, until
`manage.py render_editions` has stored all of them anew.
"""

from functools import lru_cache
from hashlib import blake2b, sha256
from html import escape
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from corrections.models import Notice
from editions.cite_edition.styled import author_names
from editions.links.shown import dead_in
from editions.models import Edition, Rendering
from editions.passages import marked
from editions.record.field import Record
from editions.record.read import record_of
from editions.turns import one_at_a_time
from organisations.credited_names import in_order
from serving.raw_queries import fetch_rows
from serving.template_slots import SlottedHtml, slot
from website.charts.endings import ending_of
from website.charts.locator import locator
from website.exports import EDITION_FORMATS
from website.exports.references import REFERENCE_FORMATS
from website.metadata import describe

from .bibliography import bibliography, notes_with_sources
from .chronology import chronology
from .evidence import evidence
from .facts_block import facts

VERSION = 4
"""Raise it whenever fragments come out otherwise, whatever the reason: a template, the house style,
how years are written. tests/website/pages/test_fragments.py holds what each version renders."""

_ITEM_SLOTS = ("query", "snippet")


class Fragments(NamedTuple):
    """What the page of an edition holds for ever, as HTML; `links` are those of its HTTP header."""

    opening: str
    text: str
    head: str
    links: str


COLUMNS = ("rendering__stamp", *(f"rendering__{name}" for name in Fragments._fields))


def stamp() -> str:
    """What stored fragments are stored under, 32 characters at most: with another stamp they may
    no longer say what they would say now."""
    return _stamp(VERSION, settings.SITE_URL, settings.SITE_NAME, get_language())


@lru_cache(maxsize=20)
def _stamp(version: int, *named: str) -> str:
    return f"{version}-{blake2b(repr(named).encode(), digest_size=12).hexdigest()}"


def render(edition: Edition, *, withdrawn: bool = False) -> Fragments:
    """The fragments of an edition; no query but for what its record stands in, and one for the
    addresses that it cites. `withdrawn` says that a later edition withdrew the case."""
    record, described = record_of(edition), describe(edition, withdrawn=withdrawn)
    dead = dead_in(record["sources"])
    context = {
        "edition": edition,
        "record": record,
        "authors": get_text_list(byline(edition), _("and")),
        "facts": facts(edition, record),
        "described": described,
        "formats": EDITION_FORMATS,
        "notes": notes_with_sources(record, dead),
        "bibliography": bibliography(edition, record, dead),
        "reference_formats": REFERENCE_FORMATS,
        "chronology": chronology(record),
        "locator": locator(record["places"], {c["alpha3"]: c["name"] for c in record["countries"]}),
        "evidence": evidence(record),
        "prose": _prose(edition, record),
        "ending": ending_of(record["impact"]) if record["impact"] else None,
        "place": record["location"] or ", ".join(c["name"] for c in record["countries"]),
    }
    return Fragments(
        opening=render_to_string("website/_opening.html", context),
        text=render_to_string("website/_text.html", context),
        head=render_to_string("website/_metadata.html", context),
        links=described.header,
    )


def _prose(edition: Edition, record: Record) -> str:
    """The text with the ids of its passages, and after each paragraph the way to what can be done
    with it."""
    slug, number = edition.case.slug, edition.number

    def control(id_: str) -> str:
        address = reverse("passage", args=[slug, number, id_])
        name = _("Paragraph %(number)s: link, quote, report") % {"number": id_[1:]}
        return f'<a class="ways" href="{address}" rel="nofollow" aria-label="{name}">¶</a>'

    return marked(record["body_html"], control)


def rendering(edition: Edition) -> Rendering:
    """The fragments of an edition as they are stored, not saved. A fixed number of queries."""
    concern = Notice.objects.standing().filter(case=edition.case_id).exists()
    item, parts = _list_item(edition, concern=concern), render(edition)._asdict()
    made = Rendering(edition=edition, stamp=stamp(), row=item, **parts)
    made.digest = digest_of(made, edition)
    return made


def digest_of(rendered: Rendering, edition: Edition) -> str:
    """SHA-256 over what is stored, the stamp, and the digest of the edition: what was changed after
    it was rendered is told by it from what another version rendered."""
    parts = [rendered.stamp, edition.digest, rendered.row]
    parts += [getattr(rendered, name) for name in Fragments._fields]
    return sha256("\0".join(parts).encode()).hexdigest()


def store(edition: Edition) -> None:
    """Store the fragments of the edition that is now in print, in place of those before it."""
    Rendering.objects.filter(edition__case=edition.case_id).delete()
    if edition.has_text:
        rendering(edition).save(force_insert=True)


def stored(stamped: str | None, *parts: str) -> Fragments | None:
    """The fragments that the columns of COLUMNS make up, if they hold."""
    return Fragments(*parts) if stamped == stamp() else None


def _list_item(edition: Edition, *, concern: bool) -> str:
    """An edition in a list, with slots for the query to send along to its page, and for what a
    search found in it, in place of the standfirst; marked where an expression of `concern`
    stands."""
    query, snippet = _ITEM_SLOTS
    context = {
        "edition": edition,
        "ending": ending_of(edition.impact),
        "concern": concern,
        query: slot(query),
        snippet: slot(snippet, edition.standfirst),
    }
    return render_to_string("website/_list_item.html", context)


def list_items(pks: list[int]) -> dict[int, SlottedHtml]:
    """What lists show of these editions, by primary key, for `filled_list_item`. One query where
    all that is stored holds."""
    found = _stored_list_items(pks)
    missing = set(pks) - found.keys()
    if missing:
        standing = Notice.objects.standing().filter(case=OuterRef("case"))
        others = Edition.objects.filter(pk__in=missing).select_related("case")
        for edition in others.annotate(concern=Exists(standing)):
            found[edition.pk] = _list_item(edition, concern=edition.concern)
    return {pk: SlottedHtml(html, _ITEM_SLOTS) for pk, html in found.items()}


def _stored_list_items(pks: list[int]) -> dict[int, str]:
    if not pks:
        return {}
    sql = f"""SELECT edition_id, "row" FROM {Rendering._meta.db_table}
    WHERE stamp = %s AND edition_id IN ({", ".join(["%s"] * len(pks))})"""  # noqa: S608
    return dict(fetch_rows(sql, [stamp(), *pks]))


def filled_list_item(item: SlottedHtml, *, snippet: str = "", query: str = "") -> SafeString:
    """A list item with the query to send along and, where there is one, the snippet, as HTML."""
    return item.fill({"query": SafeString(escape(query)), "snippet": SafeString(snippet)})


def rebuild(*, all_of_them: bool = False) -> int:
    """Render and store all fragments anew that do not hold, or `all_of_them`, and return of how
    many editions."""
    return _store_anew(Edition.objects.listed() if all_of_them else _stale())


def rebuild_changed() -> int:
    """The same of those alone that something has changed since they were stored, a dead address
    (`editions.links`)."""
    return _store_anew(_stale().filter(rendering__stamp=""))


def stale_count() -> int:
    """Of how many editions the stored fragments do not hold."""
    return _stale().count()


def _store_anew(editions: QuerySet[Edition]) -> int:
    count = 0
    for edition in editions.select_related("case", "aim").iterator(chunk_size=200):
        with transaction.atomic():
            one_at_a_time()  # else what is read here may have changed before it is stored
            if Edition.objects.listed().filter(pk=edition.pk).exists():
                store(edition)
                count += 1
    return count


def _stale() -> QuerySet[Edition]:
    holds = Rendering.objects.filter(stamp=stamp()).exclude(digest="")
    return Edition.objects.listed().exclude(pk__in=holds.values("pk"))


def byline(edition: Edition) -> list[str]:
    """The names of its authors as they stand after “by”."""
    return [_after_by(in_order(name)) for name in author_names(edition)]


def _after_by(name: str) -> str:
    """A name as it stands within a sentence: "The editors" are "the editors" there."""
    return "the " + name[4:] if name.startswith("The ") else name
