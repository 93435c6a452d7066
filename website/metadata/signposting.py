"""Typed links between an edition, its exports and its licence, for robots: FAIR Signposting
(https://signposting.org/FAIR/).

Its `author` needs an address that stands for a person; a credited name here has none, so no such
link is made. Who wrote an edition stands in what `describedby` leads to.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.encoding import iri_to_uri

from editions.models import Edition
from editions.record.read import record_of
from serving.addresses import absolute
from website.exports import EDITION_FORMATS

DESCRIPTIONS = ("json", "csl.json", "ris", "bib")  # they say what the edition is
CONTENTS = ("md", "json")  # they hold its text
ELEMENTS = ("cite-as", "describedby", "license")  # these stand in the <head> too
_TYPES = ("https://schema.org/AboutPage", "https://schema.org/ScholarlyArticle")


class Link(NamedTuple):
    """A link of the relation `rel` to `href`; `type` is the media type of what is there."""

    rel: str
    href: str
    type: str = ""

    def __str__(self) -> str:
        said = f'<{iri_to_uri(self.href)}>; rel="{self.rel}"'
        return f'{said}; type="{self.type}"' if self.type else said


def header(found: Iterable[Link]) -> str:
    """The value of a Link header (RFC 8288)."""
    return ", ".join(map(str, found))


def links(edition: Edition) -> list[Link]:
    """From the page of an edition."""
    found = [
        Link("cite-as", _permanent(edition)),
        *(Link("type", address) for address in _TYPES),
        *(_export("describedby", edition, extension) for extension in DESCRIPTIONS),
    ]
    if not edition.is_withdrawn:
        found += [_export("item", edition, extension) for extension in CONTENTS]
    licence = record_of(edition)["licence"]["url"]
    return [*found, Link("license", licence)] if licence else found


def links_of_export(edition: Edition, extension: str) -> list[Link]:
    """From one of an edition's forms for machines back to its page."""
    page = _permanent(edition)
    found = [Link("canonical", page), Link("cite-as", page)]
    if extension in DESCRIPTIONS:
        found.append(Link("describes", page, "text/html"))
    if extension in CONTENTS:
        found.append(Link("collection", page, "text/html"))
    licence = record_of(edition)["licence"]["url"]
    return [*found, Link("license", licence)] if licence else found


def _permanent(edition: Edition) -> str:
    return absolute(edition.permanent_path)


def _export(rel: str, edition: Edition, extension: str) -> Link:
    address = reverse("export", args=[edition.case.slug, edition.number, extension])
    return Link(rel, absolute(address), EDITION_FORMATS[extension].media_type)
