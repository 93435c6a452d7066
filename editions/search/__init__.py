"""Finds editions by words, alike on SQLite (FTS5) and PostgreSQL (tsvector).

`reading` makes tokens of text, `asking` a question of what was typed, `indexing` writes the index,
`matching` says the question to each database, `finding` answers it, `excerpts` shows where.
"""

from .asking import parse
from .excerpts import HIT, HIT_END, marked
from .finding import found, search, snippets
from .indexing import index, make_row, rebuild

__all__ = [
    "HIT",
    "HIT_END",
    "found",
    "index",
    "make_row",
    "marked",
    "parse",
    "rebuild",
    "search",
    "snippets",
]
