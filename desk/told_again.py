"""How what an article or a draft says differs from a case that it may be about: fact by fact."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from cases.models import Case
from manuscripts.resolve.resolved import Resolved

Said = list[tuple[str, str]]


class Difference(NamedTuple):
    """One field, as the case has it and as the other says it."""

    label: str
    ours: str
    theirs: str


def differences(theirs: Said, case: Case) -> list[Difference]:
    """The fields in which both differ. What the other does not say is left out: it stays."""
    pairs = zip(said_by_case(case), theirs, strict=True)
    told = [Difference(label, ours, other) for (label, ours), (_label, other) in pairs]
    return [each for each in told if each.theirs and each.ours != each.theirs]


def said_by_article(resolved: Resolved) -> Said:
    """What an article says, field by field."""
    manuscript = resolved.manuscript
    facts = Case(
        title=manuscript.title,
        standfirst=manuscript.standfirst,
        authors="\n".join(manuscript.authors),
        start_year=resolved.start_year,
        end_year=resolved.end_year,
        ongoing=resolved.ongoing,
        location=resolved.location,
        impact=resolved.impact,
        body=resolved.body,
    )
    named = [n.organisation.name if n.organisation else n.name for n in resolved.organisations]
    terms = (resolved.countries, resolved.conflict_types, resolved.initiative_types)
    return _said(facts, *terms, named)


def said_by_case(case: Case) -> Said:
    """The same of a case. Four queries."""
    terms = (case.countries.all(), case.conflict_types.all(), case.initiative_types.all())
    return _said(case, *terms, [body.name for body in case.organisation_list])


def _said(
    facts: Case,
    countries: Iterable[Any],
    conflict_types: Iterable[Any],
    initiative_types: Iterable[Any],
    organisations: list[str],
) -> Said:
    return [
        (_("Title"), facts.title),
        (_("Standfirst"), facts.standfirst),
        (_("Authors"), "; ".join(facts.authors.split("\n"))),
        (_("Years"), str(facts.years or "")),
        (_("Location"), facts.location),
        (_("Countries"), _names(countries)),
        (_("Types of conflict"), _names(conflict_types)),
        (_("Types of initiative"), _names(initiative_types)),
        (_("Organisations"), "; ".join(organisations)),
        (_("Impact"), str(facts.get_impact_display() or "")),
        (_("Text"), _("%d words") % len(facts.body.split()) if facts.body else ""),
    ]


def _names(things: Iterable[Any]) -> str:
    return "; ".join(sorted(map(str, things)))
