"""The ways to cite an edition that its page offers."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from editions.cite_edition.styled import citations
from editions.models import Edition
from website.exports import EDITION_FORMATS


class Way(NamedTuple):
    """One way: `html` where it is set in type, else `text` to the letter; `extension` where it
    can be had as a file."""

    name: str
    label: str | Promise
    text: str
    html: str = ""
    extension: str = ""


def ways_to_cite(edition: Edition) -> list[Way]:
    """The collection's style, Chicago and APA; then BibTeX, RIS and CSL-JSON."""
    set_ = citations(edition)
    house = _("The style of this collection")
    return [
        Way("house", house, *set_.house),
        Way("chicago", "Chicago", *set_.chicago),
        Way("apa", "APA", *set_.apa),
        *(
            Way(
                extension.partition(".")[0],
                EDITION_FORMATS[extension].label,
                _written(extension, edition),
                extension=extension,
            )
            for extension in ("bib", "ris", "csl.json")
        ),
    ]


def _written(extension: str, edition: Edition) -> str:
    write = EDITION_FORMATS[extension].edition
    return write(edition).strip() if write else ""
