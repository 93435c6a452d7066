"""What editors write: vocabularies, the content a case and an edition share, and the case."""

from .cases import Case, Participation
from .content import CaseContent
from .facts import FACT_ROWS, Agreement, Casualties, Event, ExternalId, Party, Place
from .old_addresses import OldAddress
from .proofread import Dismissal, RuleOff, Shingle
from .vocabularies import (
    Aim,
    Conflict,
    ConflictType,
    ImpactCriterion,
    ImpactValue,
    InitiativeType,
)

__all__ = [
    "FACT_ROWS",
    "Agreement",
    "Aim",
    "Case",
    "CaseContent",
    "Casualties",
    "Conflict",
    "ConflictType",
    "Dismissal",
    "Event",
    "ExternalId",
    "ImpactCriterion",
    "ImpactValue",
    "InitiativeType",
    "OldAddress",
    "Participation",
    "Party",
    "Place",
    "RuleOff",
    "Shingle",
]
