"""Loads the countries, regional groups and kinds of organisation that ship with peacesite."""

import csv
import tomllib
from pathlib import Path
from typing import Any

from .models import Country, GroupMembership, OrganisationKind, RegionalGroup, Term

DATA = Path(__file__).parent / "data"


def load_terms(model: type[Term], entries: list[dict[str, Any]]) -> int:
    """Add the terms whose slug is missing; return how many. What editors changed stays."""
    known = set(model._default_manager.values_list("slug", flat=True))
    new = [
        model(**{**entry, "other_spellings": "\n".join(entry.get("other_spellings", []))})
        for entry in entries
        if entry["slug"] not in known
    ]
    model._default_manager.bulk_create(new)
    return len(new)


def load_places() -> dict[str, int]:
    """Add missing terms, countries and memberships; return how many were added to each list."""
    terms = tomllib.loads((DATA / "vocabularies.toml").read_text(encoding="utf-8"))
    added = {
        "regional groups": load_terms(RegionalGroup, terms["regional_groups"]),
        "kinds of organisation": load_terms(OrganisationKind, terms["organisation_kinds"]),
    }
    known = set(Country.objects.values_list("alpha3", flat=True))
    countries = [_country(row) for row in _rows("countries.csv") if row["alpha3"] not in known]
    Country.objects.bulk_create(countries)
    new = {country.alpha3 for country in countries}
    by_code = Country.objects.in_bulk(field_name="alpha3")
    groups = RegionalGroup.objects.in_bulk(field_name="slug")
    memberships = [
        GroupMembership(
            country=by_code[row["alpha3"]],
            group=groups[row["group"]],
            standing=row["standing"],
            since=row["since"] or None,
            until=row["until"] or None,
            note=row["note"],
        )
        for row in _rows("group_memberships.csv")
        if row["alpha3"] in new
    ]
    GroupMembership.objects.bulk_create(memberships)
    return added | {"countries": len(countries), "group memberships": len(memberships)}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _country(row: dict[str, str]) -> Country:
    return Country(
        alpha3=row["alpha3"],
        alpha2=row["alpha2"],
        m49=row["m49"] or None,
        name=row["name"],
        official_name=row["official_name"],
        other_names=row["other_names"].replace("|", "\n"),
    )
