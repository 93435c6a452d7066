"""How an article and the case that it may be about differ: fact by fact, and in their texts."""

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.models import Case
from manuscripts.resolve.resolved import Resolved


class Difference(NamedTuple):
    """One field, as the case has it and as the article says it."""

    label: str
    ours: str
    theirs: str


def differences(resolved: Resolved, case: Case) -> list[Difference]:
    """The fields in which both differ. What the article does not say is left out: it stays."""
    manuscript = resolved.manuscript
    years = Case(
        start_year=resolved.start_year, end_year=resolved.end_year, ongoing=resolved.ongoing
    )
    named = [n.organisation.name if n.organisation else n.name for n in resolved.organisations]
    pairs: list[tuple[str, Any, Any]] = [
        (_("Title"), case.title, manuscript.title),
        (_("Standfirst"), case.standfirst, manuscript.standfirst),
        (_("Authors"), "; ".join(case.authors.split("\n")), "; ".join(manuscript.authors)),
        (_("Years"), case.years, years.years),
        (_("Location"), case.location, resolved.location),
        (_("Countries"), _names(case.countries.all()), _names(resolved.countries)),
        (
            _("Types of conflict"),
            _names(case.conflict_types.all()),
            _names(resolved.conflict_types),
        ),
        (
            _("Types of initiative"),
            _names(case.initiative_types.all()),
            _names(resolved.initiative_types),
        ),
        (_("Organisations"), "; ".join(o.name for o in case.organisation_list), "; ".join(named)),
        (_("Impact"), case.get_impact_display(), Case(impact=resolved.impact).get_impact_display()),
        (_("Text"), _words(case.body), _words(resolved.body)),
    ]
    told = [Difference(label, str(a or ""), str(b or "")) for label, a, b in pairs]
    return [each for each in told if each.theirs and each.ours != each.theirs]


def _names(things: "QuerySet[Any] | list[Any]") -> str:
    return "; ".join(sorted(map(str, things)))


def _words(text: str) -> str:
    return _("%d words") % len(text.split())
