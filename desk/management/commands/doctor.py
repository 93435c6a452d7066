"""manage.py doctor: what is wrong with the site, and what to do."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from desk.doctor.looking import look


class Command(BaseCommand):
    help = (
        "Look at settings, database, disk, worker, mails, key, backups and whatever else the site "
        "rests on; say what is wrong and what to do. Exits 1 where something is wrong."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: object, **options: Any) -> None:
        findings = look()
        wrong = [finding for finding in findings if finding.fault]
        if options["format"] == "json":
            told = {"well": not wrong, "findings": [asdict(finding) for finding in findings]}
            self.stdout.write(json.dumps(told, indent=1))
        else:
            for finding in wrong:
                self.stdout.write(
                    f"{finding.name}: {finding.fault}\n  What to do: {finding.advice}"
                )
            well = [finding.name for finding in findings if not finding.fault]
            self.stdout.write(f"Well: {', '.join(well)}.")
        if wrong:
            raise CommandError(f"{len(wrong)} of {len(findings)} things are wrong.")
