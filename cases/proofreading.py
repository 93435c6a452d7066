"""Reads a case as a proofreader does: what stops publication, and what an editor might mend."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from sources.models import LONGEST_LOCATOR, LONGEST_PASSAGE

from .markup import as_typed
from .models import FACT_ROWS, Case
from .rendering import SECTIONS, Rendered, render_case

_PLAIN_FIELDS = ("title", "standfirst", "impact_note", "impact_dissent", "location")

_ROWS = {name: name for name in FACT_ROWS} | {"organisations": "participations"}

_PARAGRAPH = re.compile(r"(?:^|\n[ \t]*\n)((?:[^\n]+\n?)+)")


@dataclass(frozen=True)
class Finding:
    """One thing a proofreader noticed. `blocks`: publication is refused until it is mended."""

    code: str
    message: str
    field: str = ""
    line: int | None = None
    blocks: bool = False

    @property
    def anchor(self) -> str:
        """The id of what it is about on the form of the case."""
        if self.field in _ROWS:
            return f"{_ROWS[self.field]}-group"
        return f"id_{self.field}" if self.field else ""


def proofread(case: Case, rendered: Rendered | None = None) -> list[Finding]:
    """Findings on the case as it stands, those that stop publication first. A few queries."""
    rendered = rendered or render_case(case)
    found = [
        *stopping(case, rendered),
        *_missing_facts(case),
        *_contradictions(case),
        *_body(case, rendered),
        *_printed_as_typed(case),
        *_sources(rendered),
    ]
    return sorted(found, key=lambda finding: not finding.blocks)


def stopping(case: Case, rendered: Rendered | None = None) -> list[Finding]:
    """Those findings alone that stop publication. What rendering costs, and no query besides."""
    rendered = rendered or render_case(case)
    return [
        *_missing_text(case),
        *(
            Finding(problem.code, problem.message, problem.field, problem.line, blocks=True)
            for problem in rendered.problems
        ),
        *_citations(rendered),
    ]


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


def _contradictions(case: Case) -> Iterator[Finding]:
    """Facts that cannot be true together."""
    types = {term.slug: term for term in case.conflict_types.all()}
    fought = [str(term) for term in types.values() if not term.is_risk]
    relapse = types.get("risk-of-relapse")
    if fought and relapse:
        message = _(
            "“%(risk)s” says that no armed conflict was under way when the initiative began, "
            "“%(fought)s” that one was."
        )
        words = {"risk": relapse, "fought": fought[0]}
        yield Finding("conflict-types-exclude", message % words, "conflict_types")
    for slug, term in types.items():
        feared = types.get(f"risk-of-{slug}")
        if feared:
            message = _("“%(fought)s” was fought: “%(risk)s” says that it was only feared.")
            words = {"fought": term, "risk": feared}
            yield Finding("conflict-types-exclude", message % words, "conflict_types")
    if case.impact and not case.impact_note:
        message = _("An impact is given, but no sentence says on what the judgement rests.")
        yield Finding("impact-without-ground", message, "impact_note")


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


def _printed_as_typed(case: Case) -> Iterator[Finding]:
    """Markup that readers would see: the first five pieces in each field."""
    for field in _PLAIN_FIELDS:
        for _line, words in islice(as_typed(getattr(case, field), article=False), 5):
            message = _("“%(words)s” would be printed as typed: this field has words only.")
            yield Finding("printed-as-typed", message % {"words": words}, field)
    for field in ("body", *SECTIONS):
        for line, words in islice(as_typed(getattr(case, field), article=True), 5):
            message = _(
                "“%(words)s” would be printed as typed: articles have no tables, tags, numbered "
                "notes or codes of other systems."
            )
            yield Finding("printed-as-typed", message % {"words": words}, field, line)


def _citations(rendered: Rendered) -> Iterator[Finding]:
    """Places and passages that are too long."""
    for note in rendered.notes:
        words = {"number": note.number, "most": LONGEST_LOCATOR}
        if any(len(cite.locator) > LONGEST_LOCATOR for cite in note.citations):
            message = _("Note %(number)s has a locator of more than %(most)s characters.")
            yield Finding("long-locator", message % words, "body", blocks=True)
        if any(len(cite.passage) > LONGEST_PASSAGE for cite in note.citations):
            words["most"] = LONGEST_PASSAGE
            message = _("Note %(number)s has a passage of more than %(most)s characters.")
            yield Finding("long-passage", message % words, "body", blocks=True)


def _sources(rendered: Rendered) -> Iterator[Finding]:
    for item in rendered.sources:
        key = item["id"]
        if not item.get("issued"):
            yield Finding("source-undated", _("The source %s has no date.") % key, "body")
        if not item.get("author") and item["type"] not in ("treaty", "legislation"):
            yield Finding("source-unsigned", _("The source %s has no author.") % key, "body")
        if item.get("URL") and not item.get("accessed"):
            message = _("The source %s has an address, but no day on which it was read.") % key
            yield Finding("source-not-accessed", message, "body")
