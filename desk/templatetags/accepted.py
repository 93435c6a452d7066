"""The corrections that wait for an editor, on the form of their case."""

from django import template

from cases.models import Case
from corrections.models import Correction
from desk.dashboard import PRIVATE

register = template.Library()


@register.simple_tag
def accepted_corrections(case: Case) -> list[Correction]:
    """Those of the case that are accepted and not mended, without who sent them. One query."""
    return list(Correction.objects.accepted().of(case).for_queue().defer(*PRIVATE))
