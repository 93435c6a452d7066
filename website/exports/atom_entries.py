"""An answer as a feed: a reader who subscribes to a question hears of every new edition."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editions.cite_edition.styled import author_names
from editions.html_text import one_line
from editions.log.appending import head_line
from editions.models import Edition
from editions.record.read import record_of
from organisations.credited_names import in_order
from serving.addresses import absolute

from .atom import CONTENT_TYPE, Category, Entry, Feed, Link, atom
from .codebook import RIGHTS, codebook_address
from .export_set import ExportSet, in_pieces

_COUNTRIES = "urn:iso:std:iso:3166:-1"  # RFC 5141
_LISTS = {
    "regional_groups": "regional-groups",
    "conflict_types": "conflict-types",
    "initiative_types": "initiative-types",
}


def as_atom(export_set: ExportSet) -> Iterator[str]:
    """Every edition of the export_set, newest first: one that is published later is a new entry."""
    editions = export_set.editions()
    newest = next(editions, None)
    own = export_set.query.address("results", "atom")
    count = len(export_set)
    feed = Feed(
        id=own,
        title=one_line(f"{settings.SITE_NAME}: {export_set.query.words}"),
        subtitle=ngettext(
            "%(count)d case study, asked for on %(day)s, newest edition first.",
            "%(count)d case studies, asked for on %(day)s, newest edition first.",
            count,
        )
        % {"count": count, "day": f"{export_set.at:%Y-%m-%d %H:%M} UTC"},
        updated=newest.published_at if newest else export_set.at,
        links=[
            Link("self", own, CONTENT_TYPE.partition(";")[0]),
            Link("alternate", export_set.query.address(), "text/html"),
            Link("describedby", codebook_address(), "text/html"),
        ],
        rights=str(RIGHTS),
        head=head_line(),
    )
    found = chain([newest], editions) if newest else ()
    return in_pieces(atom(feed, map(_entry, found)))


def _entry(edition: Edition) -> Entry:
    permanent = absolute(edition.permanent_path)
    record = record_of(edition)
    licence = record["licence"]
    links = [
        Link("alternate", permanent, "text/html"),
        Link("via", absolute(edition.get_absolute_url()), "text/html"),
    ]
    if licence["url"]:
        links.append(Link("license", licence["url"]))
    return Entry(
        id=permanent,
        title=one_line(edition.title),
        updated=edition.published_at,
        summary=_summary(edition),
        authors=[one_line(in_order(name)) for name in author_names(edition)],
        links=links,
        categories=list(_categories(record)),
        rights=licence["name"],
    )


def _summary(edition: Edition) -> str:
    """The standfirst, and of a later edition what is different in it."""
    texts = [one_line(edition.standfirst)]
    if edition.change_note:
        said = {"number": edition.number, "note": one_line(edition.change_note)}
        texts.append(_("Edition %(number)d: %(note)s") % said)
    return " ".join(filter(None, texts))


def _categories(record: dict[str, Any]) -> Iterator[Category]:
    for country in record["countries"]:
        yield Category(country["alpha3"], _COUNTRIES, country["name"])
    for name, list_ in _LISTS.items():
        scheme = absolute(f"{reverse('vocabulary')}#{list_}")
        for term in record[name]:
            yield Category(term["slug"], scheme, term["label"])
