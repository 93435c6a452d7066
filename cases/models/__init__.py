"""What editors write: vocabularies, the content a case and an edition share, and the case."""

from .cases import Agreement, Case, ExternalId, Participation
from .content import CaseContent
from .vocabularies import Aim, Conflict, ConflictType, InitiativeType

__all__ = [
    "Agreement",
    "Aim",
    "Case",
    "CaseContent",
    "Conflict",
    "ConflictType",
    "ExternalId",
    "InitiativeType",
    "Participation",
]
