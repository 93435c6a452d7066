"""What an edition's page says of it to machines, and how people cite it.

`describe` needs the edition and its record alone: what it gives can be kept with the edition. Only
the public notices come later; `notices_data` tells of them in a data block of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from corrections.models import Notice
from editions.models import Edition
from serving.addresses import absolute

from .citation_formats import Way, ways_to_cite
from .linked_data import article, comment, corrected, script, trail_to
from .meta_tags import Tag, tags
from .signposting import ELEMENTS, Link, header, links

__all__ = ["Description", "Link", "Tag", "Way", "describe", "notice_data", "notices_data"]


@dataclass(frozen=True)
class Description:
    """Of one edition; `withdrawn` where it withdraws the case, or a later one did."""

    edition: Edition
    withdrawn: bool

    @property
    def permanent(self) -> str:
        """The address of this very edition."""
        return absolute(self.edition.permanent_path)

    @property
    def canonical(self) -> str:
        """The case's address while this edition is in print, its own afterwards."""
        in_print = absolute(self.edition.get_absolute_url())
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


def describe(edition: Edition, *, withdrawn: bool = False) -> Description:
    """What to say of `edition`; `withdrawn` where a later edition withdrew the case."""
    return Description(edition, withdrawn or edition.is_withdrawn)


def notices_data(permanent_path: str, number: int, notices: Sequence[Notice]) -> SafeString | str:
    """Of the notices of a case, those that speak of its edition of that number and address or of
    earlier ones, as data: also of slips in it that a later edition mended, and of concerns. Nothing
    where there are none."""
    touching = [notice for notice in notices if notice.speaks_of(number)]
    return script(corrected(permanent_path, touching)) if touching else ""


def notice_data(notice: Notice) -> SafeString:
    """A notice on its own page, as data, with the editions that it is about."""
    return script(comment(notice, with_editions=True))
