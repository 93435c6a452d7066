"""Which UN regional groups follow from the countries of a case and its years."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from organisations.models import Country, GroupMembership, RegionalGroup


def own_regional_groups(
    countries: Iterable[Country], start_year: int | None, end_year: int | None, ongoing: bool
) -> QuerySet[RegionalGroup]:
    """The groups of which any of `countries` was a member in any year of the initiative.

    Where the years are unknown, those of today.
    """
    today = timezone.localdate()
    start = date(min(max(start_year, 1), 9999), 1, 1) if start_year else None
    end = date(min(max(end_year, 1), 9999), 12, 31) if end_year else None
    memberships = GroupMembership.objects.in_force(
        start or end or today, today if ongoing else end or start or today
    )
    return RegionalGroup.objects.filter(
        memberships__in=memberships.filter(country__in=countries)
    ).distinct()
