"""Which of the bodies that a record names have a page of their own."""

from django.db.models import Q

from editions.record.field import Record
from organisations.models import Organisation


def with_a_page(record: Record) -> frozenset[str]:
    """The slugs of those that took part in an initiative: the organisations of this record, and of
    its parties those that took part in another. One query where there are such parties."""
    ours = frozenset(body["slug"] for body in record["organisations"])
    others = {party["slug"] for party in record["parties"] if party["slug"]} - ours
    if not others:
        return ours
    took_part = Q(edition_participations__isnull=False)
    took_part |= Q(merged_into__edition_participations__isnull=False)
    found = Organisation.objects.filter(took_part, slug__in=others)
    return ours | frozenset(found.values_list("slug", flat=True))
