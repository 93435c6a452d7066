"""Renders a case: its text, the sections after it, and what its facts rest on."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils.text import capfirst

from cases.models import Case
from sources.formats import library

from .article import FactCitation, Section, render
from .rendered import Rendered

SECTIONS = ("critics", "not_known")  # texts of a case after its body, in their order
CITED = ("impact_note", "impact_dissent")  # facts beside which a citation stands
CITED_ROWS = ("parties", "casualties", "events")  # facts of several rows, each with a citation


def render_case(case: Case) -> Rendered:
    """The case set as its next edition would have it, from its fields and, where it is stored, its
    rows. A few queries."""
    citations = list(_fact_citations(case))
    texts = [case.body, *(getattr(case, name) for name in SECTIONS)]
    known = library("\n".join([*texts, *(cited.text for cited in citations)]))
    return render(case.body, known, _sections(case), citations)


def _sections(case: Case) -> list[Section]:
    """The texts after the body, under the names of their fields."""
    return [Section(name, _label(case, name), getattr(case, name)) for name in SECTIONS]


def _fact_citations(case: Case) -> Iterator[FactCitation]:
    """What the facts rest on, in the order in which their notes are numbered, blank ones too."""
    for name in CITED:
        yield FactCitation(name, _label(case, name), getattr(case, _citation_of(name)))
    for name in CITED_ROWS:
        if case.pk:
            label = str(capfirst(getattr(case, name).model._meta.verbose_name_plural))
            for row in getattr(case, name).all():
                yield FactCitation(name, label, row.citation)


def _citation_of(name: str) -> str:
    """The field that holds the citation of one of CITED."""
    return name.removesuffix("_note") + "_citation"


def _label(case: Model, name: str) -> str:
    return str(capfirst(case._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
