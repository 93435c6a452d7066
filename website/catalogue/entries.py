"""What the facet index knows of one edition, and which facets it reads from where."""

from typing import NamedTuple

from editions.models import Edition

from .facets import FACETS

RELATIONS = {  # facet: the many-to-many relation that is read
    facet.name: facet.relation
    for facet in FACETS.values()
    if not facet.of_organisations and Edition._meta.get_field(facet.relation).many_to_many
}
COLUMNS = [  # facets that are columns of an edition
    facet.name
    for facet in FACETS.values()
    if not facet.of_organisations and facet.name not in RELATIONS
]

Key = int | str  # the primary key of a term, or a choice


class Entry(NamedTuple):
    """What the index knows of one edition; `columns` holds the values of facets that are columns
    of an edition, in the order of COLUMNS."""

    pk: int
    slug: str
    title: str
    start: int | None
    end: int | None
    ongoing: bool
    columns: tuple[Key | None, ...]

    @property
    def impact(self) -> str:
        """Its impact, a slug or blank."""
        return str(self.columns[COLUMNS.index("impact")] or "")
