"""Models of who took part, and where: vocabularies, places and organisations."""

from .organisations import Organisation, OrganisationKind
from .places import Country, GroupMembership, RegionalGroup
from .terms import Term, names_in

__all__ = [
    "Country",
    "GroupMembership",
    "Organisation",
    "OrganisationKind",
    "RegionalGroup",
    "Term",
    "names_in",
]
