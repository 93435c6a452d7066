"""Renders cases: Markdown with citations becomes HTML and numbered notes."""

from .article import MAX_LENGTH, MAX_NOTES, FactCitation, Section, render
from .markdown import note_marker
from .of_case import CITED, CITED_ROWS, SECTIONS, render_case
from .rendered import Citation, Problem, Rendered, RenderedNote

__all__ = [
    "CITED",
    "CITED_ROWS",
    "MAX_LENGTH",
    "MAX_NOTES",
    "SECTIONS",
    "Citation",
    "FactCitation",
    "Problem",
    "Rendered",
    "RenderedNote",
    "Section",
    "note_marker",
    "render",
    "render_case",
]
