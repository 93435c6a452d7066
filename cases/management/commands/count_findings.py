"""manage.py count_findings: counts anew, for the list of cases, what would stop publication."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.models import Case
from cases.services import count_findings


class Command(BaseCommand):
    help = (
        "Count for every case the findings that would stop its publication. Each save does so for "
        "its case; this is for cases that were saved before an upgrade."
    )

    def handle(self, **options: Any) -> None:
        cases = Case.objects.order_by("pk")
        counted = [count_findings(case) for case in cases.iterator(chunk_size=50)]
        stopped = sum(map(bool, counted))
        self.stdout.write(f"{len(counted)} cases, {stopped} with findings that stop publication.")
