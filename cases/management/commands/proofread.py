"""manage.py proofread: what proofreading finds, in some cases or in all."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Exists, OuterRef

from cases.models import Case, Shingle
from cases.proofreading import Finding, Grade
from cases.services import proofread_anew

_DECIDED = (Case.Stage.IN_REVIEW, Case.Stage.APPROVED)


class Command(BaseCommand):
    help = (
        "Proofread cases, each compared anew with the whole collection, and keep what is counted. "
        "The exit code is 1 where an error stands in a case that is in review or approved."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="Of cases; none for all.")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--hints", action="store_true", help="Hints too.")
        parser.add_argument(
            "--grade", action="append", choices=Grade.values, help="Only these; may be repeated."
        )

    def handle(
        self,
        *,
        slugs: list[str],
        format: str,
        hints: bool,
        grade: list[str] | None,
        **options: object,
    ) -> None:
        """A line for each finding, or an object for each case, as it is read."""
        shown = set(grade or [g for g in Grade.values if hints or g != Grade.HINT])
        stopped = []
        write = self._as_json if format == "json" else self._as_text
        if format == "json":
            self.stdout.write("[", ending="")
        for number, case in enumerate(_cases(slugs)):
            found = proofread_anew(case, hints=Grade.HINT in shown)
            write(case, [finding for finding in found if finding.grade in shown], number)
            if case.stopping and case.stage in _DECIDED:
                stopped.append(case.slug)
        if format == "json":
            self.stdout.write("]")
        if stopped:
            said = "Errors stand in cases that are in review or approved: "
            raise CommandError(said + ", ".join(stopped), returncode=1)

    def _as_json(self, case: Case, findings: list[Finding], number: int) -> None:
        entry = {"case": case.slug, "stage": case.stage, "findings": list(map(_entry, findings))}
        self.stdout.write(",\n" if number else "\n", ending="")
        self.stdout.write(json.dumps(entry, ensure_ascii=False))

    def _as_text(self, case: Case, findings: list[Finding], number: int) -> None:
        for finding in findings:
            where = f"{case.slug}:{finding.field}" + (f":{finding.line}" if finding.line else "")
            let_stand = f" [dismissed: {finding.dismissed.word}]" if finding.dismissed else ""
            said = f"{where}: {finding.grade}: {finding.message} ({finding.code}){let_stand}"
            self.stdout.write(said)


def _entry(finding: Finding) -> dict[str, Any]:
    dismissed, mending = finding.dismissed, finding.mending
    return {
        **{"rule": finding.code, "grade": str(finding.grade), "message": finding.message},
        **{"field": finding.field, "line": finding.line, "fingerprint": finding.fingerprint},
        "mending": {"before": mending.before, "after": mending.after} if mending else None,
        "dismissed": {"by": dismissed.by.username, "why": dismissed.word} if dismissed else None,
    }


def _cases(slugs: list[str]) -> Iterable[Case]:
    """Those of these slugs, or all. With all, what is left in the index of cases that are gone
    goes."""
    cases = Case.objects.order_by("slug")
    if not slugs:
        there = Case.objects.filter(pk=OuterRef("case_id"))
        Shingle.objects.filter(~Exists(there)).delete()
        return cases.iterator(chunk_size=50)
    found = cases.filter(slug__in=slugs)
    if missing := set(slugs) - set(found.values_list("slug", flat=True)):
        raise CommandError(f"There is no case {', '.join(sorted(missing))}.")
    return found.iterator(chunk_size=50)
