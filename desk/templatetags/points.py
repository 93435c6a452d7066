"""What the import of a case was not sure of, on the form of the case."""

from django import template

from cases.models import Case
from manuscripts.models import ImportPoint

register = template.Library()


@register.simple_tag
def open_points(case: Case) -> list[ImportPoint]:
    """Those that nobody has worked off, in the order of the manuscript. One query."""
    return list(ImportPoint.objects.filter(case=case, done_at=None))
