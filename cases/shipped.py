"""Loads the vocabularies of a case's facts that ship with peacesite."""

import tomllib
from pathlib import Path

from organisations.shipped import load_places, load_terms
from serving.site_version import bump

from .models import Aim, Conflict, ConflictType, ImpactCriterion, ImpactValue, InitiativeType

DATA = Path(__file__).parent / "data"


def load_vocabularies() -> dict[str, int]:
    """Add every shipped term, country and membership that is missing; what was added, by list."""
    terms = tomllib.loads((DATA / "vocabularies.toml").read_text(encoding="utf-8"))
    added = load_places() | {
        "aims": load_terms(Aim, terms["aims"]),
        "conflicts": load_terms(Conflict, terms["conflicts"]),
        "types of conflict": load_terms(ConflictType, terms["conflict_types"]),
        "types of initiative": load_terms(InitiativeType, terms["initiative_types"]),
        "values of impact": load_terms(ImpactValue, terms["impacts"]),
        "criteria of impact": load_terms(ImpactCriterion, terms["impact_criteria"]),
    }
    bump()
    return added
