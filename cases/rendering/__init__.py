"""Renders the body of a case: Markdown with citations becomes HTML and numbered notes."""

from .article import MAX_LENGTH, MAX_NOTES, render
from .rendered import Citation, Problem, Rendered, RenderedNote

__all__ = [
    "MAX_LENGTH",
    "MAX_NOTES",
    "Citation",
    "Problem",
    "Rendered",
    "RenderedNote",
    "render",
]
