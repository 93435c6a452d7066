"""Finds editions by words, alike on SQLite (FTS5) and PostgreSQL (tsvector).

`tokens` makes tokens of text, `query` reads what was typed, `fields` finds what stands in one
field; `indexing` writes the index, with its `word_index` and the names for `autocomplete`; `sql`
says the query to each database, `finding` answers it, `snippets` shows where, `did_you_mean` puts
right what found nothing.
"""

from .autocomplete import beginning_with
from .did_you_mean import suggestion
from .finding import found, search, snippets
from .indexing import index, make_row, recount, reindex
from .query import MAX_LENGTH, parsed
from .snippets import HIT, marked

__all__ = [
    "HIT",
    "MAX_LENGTH",
    "beginning_with",
    "found",
    "index",
    "make_row",
    "marked",
    "parsed",
    "recount",
    "reindex",
    "search",
    "snippets",
    "suggestion",
]
