"""Which of the bodies that a record names have a page of their own."""

from django.db.models import Q

from editions.record.field import Record
from organisations.models import Organisation


def with_a_page(record: Record) -> frozenset[str]:
    """The slugs of parties and organisations that took part in an initiative: only these have a
    page. One query where the record names any."""
    named = {body["slug"] for body in (*record["parties"], *record["organisations"])} - {""}
    if not named:
        return frozenset()
    took_part = Q(edition_participations__isnull=False)
    took_part |= Q(merged_into__edition_participations__isnull=False)
    found = Organisation.objects.filter(took_part, slug__in=named)
    return frozenset(found.values_list("slug", flat=True))
