"""The facets of the catalogue, each defined once: filters, counts, addresses and vocabulary pages
are made from this list. To add one, add an entry (docs/changing.md)."""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Aim, ConflictType, InitiativeType
from organisations.models import Country, Organisation, OrganisationKind, RegionalGroup


@dataclass(frozen=True)
class Facet:
    """One way of narrowing the catalogue.

    `name` stands in addresses and `label` on pages. `relation` is the field of an edition that
    holds the values, rows of `model`; with `of_organisations` it is a field of its organisations.
    Without `model` the values are the choices of that column. Addresses name a value by `slug`,
    pages by `title`, both fields of the model. Only facets that are `shown` stand beside the list;
    the others can be asked for all the same.
    """

    name: str
    label: Promise
    relation: str
    model: type[Model] | None = None
    slug: str = "slug"
    title: str = "label"
    of_organisations: bool = False
    shown: bool = True

    @property
    def is_vocabulary(self) -> bool:
        """Whether its values are terms, which have an order of their own."""
        return self.title == "label" and self.model is not None

    @property
    def editions_path(self) -> str:
        """The way in a query from a row of `model` to the editions that have it."""
        return "organisations__editions" if self.of_organisations else "editions"

    def as_stored(self, value: str) -> str:
        """A value of an address as the database has it: country codes are capitals there."""
        return value.upper() if self.slug == "alpha3" else value

    def as_address(self, value: str) -> str:
        """A value as addresses have it, whatever the case it was typed in."""
        return value.lower() if self.slug == "alpha3" else value


FACETS = {
    facet.name: facet
    for facet in (
        Facet("region", _("UN regional group"), "regional_groups", RegionalGroup),
        Facet("country", _("Country"), "countries", Country, slug="alpha3", title="name"),
        Facet("conflict", _("Type of conflict"), "conflict_types", ConflictType),
        Facet("initiative", _("Type of initiative"), "initiative_types", InitiativeType),
        Facet("organisation", _("Organisation"), "organisations", Organisation, title="name"),
        Facet("kind", _("Kind of organisation"), "kind", OrganisationKind, of_organisations=True),
        Facet("aim", _("Aim"), "aim", Aim),
        Facet("impact", _("Impact"), "impact"),
    )
}
SHOWN = tuple(name for name, facet in FACETS.items() if facet.shown)


def facet_of(model: type[Model]) -> Facet | None:
    """The facet whose values are rows of `model`."""
    return next((facet for facet in FACETS.values() if facet.model is model), None)
