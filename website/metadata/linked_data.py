"""What pages say of themselves in schema.org's words: JSON-LD that nothing breaks out of."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from corrections.models import Notice
from editions.cite_edition.styled import as_csl
from editions.models import Edition
from editions.record.field import Record
from editions.record.read import record_of
from organisations.credited_names import in_order, inverted
from serving.addresses import absolute
from website.exports import EDITION_FORMATS, RESULT_FORMATS

from .bodies import with_a_page
from .cited_works import works
from .meta_tags import keywords, title_of

Node = dict[str, Any]
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def script(*nodes: Node) -> SafeString:
    """The nodes as a data block. `<`, `>` and `&` are escaped, as json_script does, and all that
    is not ASCII, so that nothing in them ends the element. A data block is never executed: the
    content security policy has nothing against it."""
    graph = {"@context": "https://schema.org", "@graph": [*nodes]}
    words = json.dumps(graph, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')  # noqa: S308


def breadcrumbs(*steps: tuple[str, str]) -> Node:
    """The way to a page from the front page: (name, path) of each step, the page itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": absolute(path)}
            for n, (name, path) in enumerate([(settings.SITE_NAME, reverse("front")), *steps], 1)
        ],
    }


def trail_to(edition: Edition) -> Node:
    """The way to an edition's page: over its case where it is not the one in print."""
    steps = [(_("Cases"), reverse("catalogue")), (edition.title, edition.get_absolute_url())]
    if not edition.is_current:
        steps.append((_("Edition %d") % edition.number, edition.permanent_path))
    return breadcrumbs(*steps)


def publisher() -> Node:
    """The collection as who publishes."""
    return {
        "@type": "Organization",
        "@id": absolute("/#publisher"),
        "name": settings.SITE_NAME,
        "url": absolute(reverse("front")),
        "logo": absolute(reverse("favicon")),  # stored for ever: the file's own name changes
    }


def website() -> Node:
    """The site, and how to search it."""
    target = absolute(reverse("catalogue")) + "?q={search_term_string}"
    return {
        "@type": "WebSite",
        "@id": absolute("/#website"),
        "name": settings.SITE_NAME,
        "url": absolute(reverse("front")),
        "inLanguage": "en-GB",
        "publisher": publisher(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": target},
            "query-input": "required name=search_term_string",
        },
    }


def collection() -> Node:
    """All published cases together, as what an edition is part of."""
    return {
        "@type": "Collection",
        "@id": absolute(reverse("catalogue")) + "#collection",
        "name": settings.SITE_NAME,
        "url": absolute(reverse("catalogue")),
    }


def dataset() -> Node:
    """The whole catalogue as data, with the forms in which it can be had."""
    catalogue = absolute(reverse("catalogue"))
    return {
        "@type": "Dataset",
        "@id": f"{catalogue}#dataset",
        "name": _("%s: all published case studies of peace initiatives") % settings.SITE_NAME,
        "description": _(
            "The facts of every published case study of how an armed conflict was prevented, "
            "contained or ended: years, countries, types of conflict and of initiative, "
            "organisations, aim and impact, in a fixed vocabulary."
        ),
        "url": catalogue,
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "license": absolute(reverse("about")),  # each case names its own; that page says so
        "creator": publisher(),
        "publisher": publisher(),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": form.media_type,
                "contentUrl": f"{catalogue.rstrip('/')}.{extension}",
            }
            for extension, form in RESULT_FORMATS.items()
            if form.is_download
        ],
    }


def article(edition: Edition, *, canonical: str, withdrawn: bool) -> Node:
    """An edition as a ScholarlyArticle. A withdrawal tells nothing of the text."""
    item, record = as_csl(edition), record_of(edition)
    day = f"{edition.published_at:%Y-%m-%d}"
    node = {
        "@type": "ScholarlyArticle",
        "@id": item["URL"],
        "url": item["URL"],
        "mainEntityOfPage": canonical,
        "headline": title_of(edition),
        "author": [_person(name, _orcids_of(record)) for name in item["author"]],
        "datePublished": day,
        "dateModified": day,
        "version": str(edition.number),
        "creativeWorkStatus": _status(edition, withdrawn=withdrawn),
        "inLanguage": item["language"],
        "isAccessibleForFree": True,
        "isPartOf": collection(),
        "publisher": publisher(),
        "license": record["licence"]["url"],
        "copyrightNotice": "" if record["licence"]["url"] else record["licence"]["name"],
        "identifier": {"@type": "PropertyValue", "propertyID": "SHA-256", "value": edition.digest},
        "sameAs": canonical if canonical != item["URL"] else "",
        "image": absolute(reverse("card", args=[edition.case.slug, edition.number])),
    }
    if not edition.is_withdrawn:
        node |= _content(edition) | {"encoding": _encodings(edition)}
    return {name: value for name, value in node.items() if value not in ("", [])}


def corrected(permanent_path: str, notices: Sequence[Notice]) -> Node:
    """More of the article with that address, by its @id: the public notices about it."""
    node: Node = {
        "@type": "ScholarlyArticle",
        "@id": absolute(permanent_path),
        "correction": [comment(notice) for notice in notices],
    }
    if any(notice.is_standing_concern for notice in notices):
        node["creativeWorkStatus"] = str(Notice.Kind.CONCERN.label)
    return node


def _status(edition: Edition, *, withdrawn: bool) -> str:
    if withdrawn:
        return "Withdrawn"
    return "Published" if edition.is_current else "Superseded"


def _content(edition: Edition) -> Node:
    """What an edition is about, and what it rests on, as its record has it."""
    record = record_of(edition)
    lists = {
        "conflict-types": record["conflict_types"],
        "initiative-types": record["initiative_types"],
        "aims": [record["aim"]] if record["aim"] else [],
        "impact-criteria": record["impact_criteria"],
    }
    if record["impact"]:
        label = str(edition.get_impact_display())
        lists["impacts"] = [{"slug": record["impact"], "label": label}]
    return {
        "abstract": edition.standfirst,
        "keywords": keywords(record),
        "about": [
            *map(_country, record["countries"]),
            *(_term(vocabulary, term) for vocabulary, terms in lists.items() for term in terms),
        ],
        "mentions": _bodies(record),
        "isBasedOn": _first_publication(record),
        "temporalCoverage": _interval(edition),
        "spatialCoverage": _places(edition, record),
        "citation": works(record["sources"]),
    }


def _first_publication(record: Record) -> Node | str:
    """The article as it first appeared elsewhere; `datePublished` stays that of the edition."""
    day, address = record["first_published"], record["first_published_address"]
    if not (day or address):
        return ""
    said = {"url": address, "datePublished": day}
    return {"@type": "CreativeWork", **{name: value for name, value in said.items() if value}}


def _bodies(record: Record) -> list[Node]:
    """Who carried it out, and who else had a part in it, each once."""
    bodies = {body["name"]: body for body in (*record["parties"], *record["organisations"])}
    public = with_a_page(record)
    return [
        {
            "@type": "Organization",
            "name": name,
            **(
                {"url": absolute(reverse("organisation", args=[body["slug"]]))}
                if body["slug"] in public
                else {}
            ),
        }
        for name, body in bodies.items()
    ]


def _places(edition: Edition, record: Record) -> list[Node]:
    """Where it was: in words, and each point or box."""
    found: list[Node] = []
    if edition.location:
        found.append({"@type": "Place", "name": edition.location})
    for place in record["places"]:
        geo: Node = {
            "@type": "GeoCoordinates",
            "latitude": place["latitude"],
            "longitude": place["longitude"],
        }
        if place["north"]:
            corners = (place[c] for c in ("latitude", "longitude", "north", "east"))
            geo = {"@type": "GeoShape", "box": " ".join(corners)}
        found.append({"@type": "Place", "name": place["name"], "geo": geo})
    return found


def _orcids_of(record: Record) -> dict[str, str]:
    """The ORCID iDs of authors and reviewers, by their names as credited."""
    return {entry["name"]: entry["orcid"] for entry in record["orcids"]}


def _interval(edition: Edition) -> str:
    """The years as ISO 8601 has them: “1993/1997”, “2003/..”, “1997”; year 0 is 1 BCE there too."""
    start, end = (
        "" if year is None else f"-{-year:04d}" if year < 0 else f"{year:04d}"
        for year in (edition.start_year, edition.end_year)
    )
    if start == end:
        return start
    return f"{start or '..'}/{end or '..'}"


def _encodings(edition: Edition) -> list[Node]:
    return [
        {
            "@type": "MediaObject",
            "encodingFormat": form.media_type,
            "contentUrl": absolute(
                reverse("export", args=[edition.case.slug, edition.number, extension])
            ),
        }
        for extension, form in EDITION_FORMATS.items()
    ]


def _person(name: dict[str, str], orcids: Mapping[str, str]) -> Node:
    if "literal" in name:
        return {"@type": "Organization", "name": name["literal"]}
    parts = {"givenName": name["given"], "familyName": name["family"]}
    suffix = {"honorificSuffix": name["suffix"]} if "suffix" in name else {}
    orcid = orcids.get(in_order(name)) or orcids.get(inverted(name))
    same = {"sameAs": f"https://orcid.org/{orcid}"} if orcid else {}
    return {"@type": "Person", "name": in_order(name)} | parts | suffix | same


def _country(country: dict[str, str]) -> Node:
    return {
        "@type": "Country",
        "name": country["name"],
        "identifier": country["alpha3"],
        "url": absolute(reverse("country", args=[country["alpha3"].lower()])),
    }


def _term(vocabulary: str, term: dict[str, str]) -> Node:
    return {
        "@type": "DefinedTerm",
        "name": term["label"],
        "termCode": term["slug"],
        "url": absolute(reverse("term", args=[vocabulary, term["slug"]])),
        "inDefinedTermSet": absolute(f"{reverse('vocabulary')}#{vocabulary}"),
    }


def comment(notice: Notice, *, with_editions: bool = False) -> Node:
    """A notice as a CorrectionComment; on its own page with the edition that it is about, and the
    one that mends it."""
    address = absolute(notice.get_absolute_url())
    said = [notice.why]
    if notice.before or notice.after:
        words = {"before": notice.before, "after": notice.after}
        said.insert(0, _("“%(before)s” became “%(after)s”.") % words)
    node: Node = {
        "@type": "CorrectionComment",
        "@id": address,
        "url": address,
        "identifier": notice.reference,
        "name": f"{notice.get_kind_display()}, {notice.reference}",
        "datePublished": f"{notice.published_at:%Y-%m-%d}",
        "text": " ".join(filter(None, said)),
    }
    if notice.lifts:
        node["parentItem"] = {"@id": absolute(notice.lifts.get_absolute_url())}
    if with_editions:
        node["about"] = _edition_of(notice.case.slug, notice.found_in)
        if notice.mended_in:
            node["mainEntity"] = _edition_of(notice.case.slug, notice.mended_in)
    return node


def _edition_of(slug: str, edition: Edition) -> Node:
    address = absolute(reverse("edition", args=[slug, edition.number]))
    return {"@type": "ScholarlyArticle", "@id": address, "version": str(edition.number)}
