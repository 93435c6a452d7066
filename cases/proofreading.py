"""Reads a case as a proofreader does: what stops publication, and what an editor might mend."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sources.formats import library
from sources.models import LONGEST_LOCATOR

from .models import Case
from .rendering import Rendered, render

_PARAGRAPH = re.compile(r"(?:^|\n[ \t]*\n)((?:[^\n]+\n?)+)")


@dataclass(frozen=True)
class Finding:
    """One thing a proofreader noticed. `blocks`: publication is refused until it is mended."""

    code: str
    message: str
    field: str = ""
    line: int | None = None
    blocks: bool = False


def proofread(case: Case, rendered: Rendered | None = None) -> list[Finding]:
    """Findings on the case as it stands, those that stop publication first. A few queries."""
    sources = library(case.body)
    rendered = rendered or render(case.body, sources)
    found = [
        *_missing_text(case),
        *(
            Finding(problem.code, problem.message, "body", problem.line, blocks=True)
            for problem in rendered.problems
        ),
        *_locators(rendered),
        *_missing_facts(case),
        *_body(case, rendered),
        *_sources(sources, rendered.keys),
    ]
    return sorted(found, key=lambda finding: not finding.blocks)


def _missing_text(case: Case) -> Iterator[Finding]:
    for field, message in (
        ("title", _("The title is missing.")),
        ("standfirst", _("The standfirst is missing.")),
        ("body", _("The text is missing.")),
        ("authors", _("Nobody is credited as author.")),
    ):
        if not getattr(case, field).strip():
            yield Finding(f"missing-{field}", message, field, blocks=True)


def _missing_facts(case: Case) -> Iterator[Finding]:
    if case.start_year is None:
        yield Finding("missing-start-year", _("The start year is missing."), "start_year")
    if case.end_year is None and not case.ongoing:
        message = _("The end year is missing, and the initiative is not marked as ongoing.")
        yield Finding("missing-end-year", message, "end_year")
    if case.aim is None:
        yield Finding("missing-aim", _("The aim is missing."), "aim")
    if not case.location:
        yield Finding("missing-location", _("The location is missing."), "location")
    for field, message in (
        ("countries", _("No country is given.")),
        ("conflict_types", _("No type of conflict is given.")),
        ("initiative_types", _("No type of initiative is given.")),
        ("organisations", _("No main implementing organisation is given.")),
    ):
        if not getattr(case, field).exists():
            yield Finding(f"missing-{field.replace('_', '-')}", message, field)


def _body(case: Case, rendered: Rendered) -> Iterator[Finding]:
    if case.body.strip() and not rendered.notes:
        yield Finding("no-notes", _("No claim carries a note."), "body")
    for match in _PARAGRAPH.finditer(case.body):
        text = match[1].strip()
        plain = not text.startswith(("#", "[^", ">", "|", "```"))
        if plain and len(text) > 200 and "[@" not in text and "[^" not in text:
            line = case.body.count("\n", 0, match.start(1)) + 1
            yield Finding(
                "paragraph-without-note", _("This paragraph carries no note."), "body", line
            )
    if re.search(r"\S {2,}\S", case.body):
        yield Finding("double-space", _("There are doubled spaces in the text."), "body")


def _locators(rendered: Rendered) -> Iterator[Finding]:
    for note in rendered.notes:
        if any(len(cite.locator) > LONGEST_LOCATOR for cite in note.citations):
            message = _("Note %(number)s has a locator of more than %(most)s characters.")
            words = {"number": note.number, "most": LONGEST_LOCATOR}
            yield Finding("long-locator", message % words, "body", blocks=True)


def _sources(sources: Mapping[str, Mapping[str, Any]], keys: list[str]) -> Iterator[Finding]:
    for key in keys:
        item = sources.get(key)
        if item is None:
            continue
        if not item.get("issued"):
            yield Finding("source-undated", _("The source %s has no date.") % key, "body")
        if not item.get("author") and item["type"] not in ("treaty", "legislation"):
            yield Finding("source-unsigned", _("The source %s has no author.") % key, "body")
        if item.get("URL") and not item.get("accessed"):
            message = _("The source %s has an address, but no day on which it was read.") % key
            yield Finding("source-not-accessed", message, "body")
