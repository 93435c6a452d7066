"""The <meta> elements of an edition's page: Highwire Press, Dublin Core and Open Graph.

Zotero's “Embedded Metadata” reads the first two: `citation_technical_report_institution` makes the
item a report, a date is YYYY/MM/DD, and an author with a comma is “family, given”. Google Scholar
reads `citation_…`, most others DC; Open Graph (ogp.me) is what is shown of a shared address.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from editions.cite_edition.styled import as_csl
from editions.models import Edition
from editions.record.read import record_of
from organisations.credited_names import inverted
from serving.addresses import absolute

from .social_card import HEIGHT, WIDTH

NO_BREAK = "\N{NO-BREAK SPACE}"


class Tag(NamedTuple):
    """A <meta>; `attribute` is "name" or, for Open Graph, "property"."""

    name: str
    content: str
    attribute: str = "name"


def tags(edition: Edition, *, canonical: str, withdrawn: bool) -> list[Tag]:
    """All of an edition's, those that say nothing left out. A withdrawal says so in its title, and
    nothing of the text."""
    found = [
        *_highwire(edition),
        *_dublin_core(edition),
        *_open_graph(edition, canonical, withdrawn=withdrawn),
    ]
    return [tag for tag in found if tag.content]


def title_of(edition: Edition) -> str:
    """The title as machines are told it: that of a withdrawal says so."""
    if edition.is_withdrawn:
        return _("Withdrawn: %(title)s") % {"title": edition.title}
    return edition.title


def keywords(record: dict[str, Any]) -> list[str]:
    """The countries and the terms of an edition, in the words of its record."""
    names = [country["name"] for country in record["countries"]]
    lists = ("regional_groups", "conflict_types", "initiative_types")
    labels = [term["label"] for name in lists for term in record[name]]
    return list(dict.fromkeys([*names, *labels]))


def _highwire(edition: Edition) -> Iterator[Tag]:
    item = as_csl(edition)
    yield Tag("citation_title", title_of(edition))
    for name in item["author"]:
        yield Tag("citation_author", _author(name))
    yield Tag("citation_publication_date", f"{edition.published_at:%Y/%m/%d}")
    yield Tag("citation_technical_report_institution", item["publisher"])
    yield Tag("citation_technical_report_number", _("Edition %d") % edition.number)
    yield Tag("citation_language", item["language"])
    yield Tag("citation_public_url", item["URL"])
    yield Tag("citation_abstract_html_url", item["URL"])
    yield Tag("citation_fulltext_html_url", "" if edition.is_withdrawn else item["URL"])
    if not edition.is_withdrawn:
        yield Tag("citation_abstract", edition.standfirst)
        yield Tag("citation_keywords", "; ".join(keywords(record_of(edition))))


def _author(name: dict[str, str]) -> str:
    """“Family, Given”, since Zotero takes what has no comma for a given name and one word. So a
    body, and a family name of several words, hold together by no-break blanks: a comma between
    words might as well part two people. No stop stands before the comma: Zotero puts a blank after
    the first."""
    if "literal" in name:
        return name["literal"].replace(" ", NO_BREAK)
    family = " ".join(filter(None, (name["family"], name.get("suffix", "").rstrip("."))))
    return f"{family.replace(' ', NO_BREAK)}, {name['given']}"


def _dublin_core(edition: Edition) -> Iterator[Tag]:
    item, record = as_csl(edition), record_of(edition)
    yield Tag("DC.title", title_of(edition))
    for name in item["author"]:
        yield Tag("DC.creator", inverted(name))
    yield Tag("DC.publisher", item["publisher"])
    yield Tag("DC.date", f"{edition.published_at:%Y-%m-%d}")
    yield Tag("DC.type", "Report")
    yield Tag("DC.format", "text/html")
    yield Tag("DC.language", item["language"])
    yield Tag("DC.identifier", item["URL"])
    yield Tag("DC.rights", record["licence"]["name"])
    yield Tag("DCTERMS.license", record["licence"]["url"])
    yield Tag("DCTERMS.issued", f"{edition.published_at:%Y-%m-%d}")
    yield Tag("DCTERMS.isVersionOf", absolute(edition.get_absolute_url()))
    if edition.number > 1:
        before = reverse("edition", args=[edition.case.slug, edition.number - 1])
        yield Tag("DCTERMS.replaces", absolute(before))
    if not edition.is_withdrawn:
        yield Tag("DC.source", record["first_published_address"])
        yield Tag("DCTERMS.abstract", edition.standfirst)
        yield Tag("DCTERMS.spatial", edition.location)
        yield Tag("DCTERMS.temporal", edition.years)
        for word in keywords(record):
            yield Tag("DC.subject", word)


def _open_graph(edition: Edition, canonical: str, *, withdrawn: bool) -> Iterator[Tag]:
    said = edition.standfirst
    if withdrawn:
        said = _("This case has been withdrawn. The page says why.")
    card = absolute(reverse("card", args=[edition.case.slug, edition.number]))
    moment = edition.published_at.isoformat(timespec="seconds")
    pairs = {
        "og:type": "article",
        "og:site_name": settings.SITE_NAME,
        "og:locale": "en_GB",
        "og:title": title_of(edition),
        "og:description": Truncator(said).chars(300),
        "og:url": canonical,
        "og:image": card,
        "og:image:type": "image/png",
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
        "og:image:alt": _("%(title)s: a case study by %(site)s, edition %(number)d")
        % {"title": title_of(edition), "site": settings.SITE_NAME, "number": edition.number},
        "article:published_time": moment,
        "article:modified_time": moment,
    }
    for name, content in pairs.items():
        yield Tag(name, content, "property")
    yield Tag("twitter:card", "summary_large_image")
