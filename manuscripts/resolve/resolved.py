"""A manuscript together with the records of ours that it refers to."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.models import Aim, Case, ConflictType, InitiativeType
from manuscripts.parse.manuscript import Caution, Line, Manuscript
from organisations.models import Country, Organisation, RegionalGroup
from sources.models import Source

from .markdown import markdown

SOURCE, ORGANISATION, CASE = "source", "organisation", "case"  # what a warning can be about


@dataclass(frozen=True)
class NamedOrganisation:
    """An organisation as the manuscript names it, and our record of it, if there is one."""

    name: str
    organisation: Organisation | None


@dataclass(frozen=True)
class ResolvedParty:
    """A party as the manuscript names it, its role, and our record of it, if there is one."""

    role: str
    name: str
    organisation: Organisation | None

    @property
    def row(self) -> dict[str, Any]:
        """The fields of a `cases.models.Party`."""
        if self.organisation:
            return {"role": self.role, "organisation": self.organisation}
        return {"role": self.role, "name": self.name}


@dataclass
class Kept:
    """What a draft keeps of where its article stood: the slug as it was, where it is free."""

    slug: str = ""
    first_published: date | None = None
    first_published_address: str = ""
    old_addresses: list[str] = field(default_factory=list)


@dataclass
class Resolved:
    """A manuscript and the records it refers to. `status` is "imported" (meaning: can be),
    "unchanged" or "duplicate-of"; the last two come with the `slug` of the case of this text.
    `similar` has, by the index of a source, the keys of ours that may be it.
    `told_again` has the slugs of cases that may be this one in other words; `into` is the slug of
    the one that an editor chose to put it into. `chosen` says in words what an editor chose for a
    source, an organisation or a case (`choosing`).
    """

    manuscript: Manuscript
    start_year: int | None = None
    end_year: int | None = None
    ongoing: bool = False
    location: str = ""
    aim: Aim | None = None
    countries: list[Country] = field(default_factory=list)
    regional_groups: list[RegionalGroup] = field(default_factory=list)
    regional_groups_note: str = ""
    conflict_types: list[ConflictType] = field(default_factory=list)
    initiative_types: list[InitiativeType] = field(default_factory=list)
    organisations: list[NamedOrganisation] = field(default_factory=list)
    impact: str = ""
    impact_note: str = ""
    agreements: list[dict[str, str]] = field(default_factory=list)
    parties: list[ResolvedParty] = field(default_factory=list)
    events: list[dict[str, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    known_sources: list[Source | None] = field(default_factory=list)
    left_over: list[Line] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    similar: dict[int, list[str]] = field(default_factory=dict)
    told_again: list[str] = field(default_factory=list)
    into: str = ""
    chosen: dict[tuple[str, int], str] = field(default_factory=dict)
    origin: Kept = field(default_factory=Kept)
    status: str = "imported"
    slug: str | None = None
    case: Case | None = None

    @property
    def body(self) -> str:
        """The text of the draft, as Markdown."""
        return markdown(self.manuscript, self.keys, self.left_over)
