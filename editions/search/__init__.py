"""Finds editions by words, alike on SQLite (FTS5) and PostgreSQL (tsvector).

`reading` makes tokens of text and `asking` a question of what was typed; `indexing` writes the
index, with its `vocabulary` and `names`; `matching` says the question to each database, `finding`
answers it, `excerpts` shows where, `suggesting` puts right what found nothing.
"""

from .asking import MAX_LENGTH, parse
from .excerpts import HIT, HIT_END, marked
from .finding import found, search, snippets
from .indexing import index, make_row, rebuild
from .names import beginning_with
from .suggesting import suggestion

__all__ = [
    "HIT",
    "HIT_END",
    "MAX_LENGTH",
    "beginning_with",
    "found",
    "index",
    "make_row",
    "marked",
    "parse",
    "rebuild",
    "search",
    "snippets",
    "suggestion",
]
