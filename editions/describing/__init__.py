"""What an edition's page says of it to machines, and how people cite it.

`describe` needs the edition and its record alone: what it gives can be kept with the edition. Only
the public notices come later; `corrections_data` tells of them in a data block of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from editions.models import Edition

from .citing import Way, ways_to_cite
from .linked_data import article, corrected, script, trail_to
from .metadata import Tag, tags
from .signposting import ELEMENTS, Link, header, links

__all__ = ["Description", "Link", "Tag", "Way", "corrections_data", "describe"]


@dataclass(frozen=True)
class Description:
    """Of one edition; `withdrawn` where it withdraws the case, or a later one did."""

    edition: Edition
    withdrawn: bool

    @property
    def permanent(self) -> str:
        """The address of this very edition."""
        return settings.SITE_URL + self.edition.permanent_path

    @property
    def canonical(self) -> str:
        """The case's address while this edition is in print, its own afterwards."""
        in_print = settings.SITE_URL + self.edition.get_absolute_url()
        return in_print if self.edition.is_current else self.permanent

    @cached_property
    def tags(self) -> list[Tag]:
        """The <meta> elements: Highwire Press, Dublin Core, Open Graph."""
        return tags(self.edition, canonical=self.canonical, withdrawn=self.withdrawn)

    @cached_property
    def links(self) -> list[Link]:
        """What Signposting says, as typed links."""
        return links(self.edition)

    @property
    def elements(self) -> list[Link]:
        """Those of the links that stand in the <head> too."""
        return [link for link in self.links if link.rel in ELEMENTS]

    @property
    def header(self) -> str:
        """The value of the Link header."""
        return header(self.links)

    @cached_property
    def data(self) -> SafeString:
        """schema.org's description as a <script> that holds data."""
        about = article(self.edition, canonical=self.canonical, withdrawn=self.withdrawn)
        return script(about, trail_to(self.edition))

    @cached_property
    def ways(self) -> list[Way]:
        """How to cite the edition, each way with its words; the collection's own first."""
        return ways_to_cite(self.edition)


def describe(edition: Edition) -> Description:
    """What to say of `edition`. Of an older one, `edition.kind_in_print` (where it was asked for)
    tells whether the case is withdrawn."""
    in_print = getattr(edition, "kind_in_print", None) or edition.kind
    return Description(edition, Edition.Kind.WITHDRAWAL in (edition.kind, in_print))


def corrections_data(edition: Edition, notices: Iterable[Any]) -> SafeString | str:
    """Of the notices of its case, those that speak of this edition or of earlier ones, as data:
    also of slips in it that a later edition mended. Nothing where there are none."""
    touching = [notice for notice in notices if notice.found_in.number <= edition.number]
    return script(corrected(edition, touching)) if touching else ""
