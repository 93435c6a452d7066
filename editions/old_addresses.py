"""Where the addresses that cases had on other sites lead."""

from django.db import transaction

from cases.models import Case

from .models import Edition, LeadingAddress


def lead_here(case: Case) -> None:
    """Let the old addresses of a case lead to it, and no others; one that led to another case until
    now leads here, since this is what was decided last. A query or two where nothing changes."""
    wanted = set(case.old_addresses.values_list("address", flat=True))
    with transaction.atomic():
        case.leading_addresses.exclude(address__in=wanted).delete()
        led = case.leading_addresses.values_list("address", flat=True)
        for address in sorted(wanted.difference(led)):
            row, _new = LeadingAddress.objects.update_or_create(
                address=address, defaults={"case": case}
            )
            row.full_clean()


def slug_of(address: str) -> str | None:
    """The slug of the case in print to which an old address leads, as `cases.models.old_addresses`
    has it. One query."""
    found = Edition.objects.current().filter(case__leading_addresses__address=address)
    return found.values_list("case__slug", flat=True).first()
