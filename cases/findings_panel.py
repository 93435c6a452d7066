"""What a page shows of the findings on a case: by grade, what was dismissed apart."""

from typing import Any, NamedTuple

from django.urls import reverse

from .models import Case
from .proofreading import Finding, Grade, proofread
from .rendering import Rendered, render_case


class Sorted(NamedTuple):
    """Findings that stand, and those that somebody dismissed."""

    standing: list[Finding]
    dismissed: list[Finding]

    def of(self, grade: str) -> list[Finding]:
        """Those of one grade that stand."""
        return [finding for finding in self.standing if finding.grade == grade]


def sorted_out(findings: list[Finding]) -> Sorted:
    """The findings, by what became of them."""
    return Sorted(
        [finding for finding in findings if finding.dismissed is None],
        [finding for finding in findings if finding.dismissed is not None],
    )


def panel(
    case: Case, rendered: Rendered | None = None, *, hints: bool, in_form: bool
) -> dict[str, Any]:
    """For `_findings.html`; with its buttons where it stands in the form of a case."""
    rendered = rendered or render_case(case)
    found = sorted_out(proofread(case, rendered, hints=hints))
    is_stored = in_form and case.pk and case.pk > 0
    return {
        "findings": found.standing,
        "dismissed": found.dismissed,
        "stopping": found.of(Grade.ERROR),
        "warnings": len(found.of(Grade.WARNING)),
        "hint_count": len(found.of(Grade.HINT)),
        "hints": hints,
        "in_form": in_form,
        "findings_url": reverse("admin:cases_case_findings", args=[case.pk]) if is_stored else "",
        "words": rendered.word_count,
    }
