"""The same question in the language of each database: which rows hold it, and how well.

SQLite's FTS5 and PostgreSQL's text search find the rows. How well a row answers is counted alike on
both, from its short columns: a word of the title before one of the facts, that before one of the
standfirst, that before one of the text; then the more the text says it.
"""

from dataclasses import replace

from .query import Query, QueryTerm
from .tokens import GAP

LONGEST_OFTEN = 400  # characters of the words that a text says most
_MOST_OTHERS = 5  # of the other ways of writing a term that count in ranking
_WORTH, _IN_TEXT = (("title", 4000), ("facts", 3000), ("standfirst", 2000)), 1000
_WHOLE = (("title", 2000), ("facts", 1500), ("standfirst", 1000))  # the whole query, as typed
_SHORT = tuple(column for column, _ in _WORTH)
_INDEX = "editions_searchindex"  # migrations 0004 and 0015 make it, and keep it by triggers
_FOUND = f"SELECT rowid FROM {_INDEX} WHERE {_INDEX} MATCH %s"  # noqa: S608
_LIST = f"({_FOUND.replace('rowid', 'json_group_array(rowid)', 1)})"
_HOLD = "everything @@ %s::tsquery"
_ARRAY = f"(SELECT array_agg(edition_id)::text FROM {_INDEX} WHERE {_HOLD}"  # noqa: S608

Ends = dict[str, list[str]]  # begun word → tokens of words that begin so and are cut shorter


def begun(term: QueryTerm) -> str:
    """The letters with which the last token of a term begins, as the index writes them."""
    return term.prefix if term.prefix.isascii() else GAP + term.prefix.encode().hex()


def holds(vendor: str, row: str) -> str:
    """The condition that a row answers; its one parameter is what `expression` makes."""
    if vendor == "sqlite":
        return f"{row}.edition_id IN ({_FOUND})"
    return f"{row}.edition_id IN (SELECT edition_id FROM {_INDEX} WHERE {_HOLD})"  # noqa: S608


def best_first(vendor: str, row: str, query: Query, ends: Ends) -> tuple[str, list[str]]:
    """The statement of one row with a list of primary keys, those that its last parameter lists, by
    rank and of equals the newest first; and its other parameters. Lists are JSON on SQLite, arrays
    as text on PostgreSQL."""
    standing, params = _standing_and_often(vendor, row, query, ends)
    order = f"ORDER BY {standing} DESC, {row}.edition_id DESC"
    if vendor == "sqlite":
        chosen = (
            f"SELECT edition_id FROM {row} WHERE edition_id IN (SELECT value FROM json_each(%s))"  # noqa: S608
        )
        return f"SELECT json_group_array(edition_id) FROM ({chosen} {order})", params  # noqa: S608
    listed = f"SELECT array_agg(edition_id {order})::text FROM {row}"  # noqa: S608
    return f"{listed} WHERE edition_id = ANY(%s::bigint[])", params


def hits(vendor: str, query: Query, ends: Ends) -> tuple[str, list[str]]:
    """The statement, and its parameters, of one row with lists of primary keys in any order:
    of all rows that answer; of those of them that hold every term in title, facts or standfirst;
    and, where there are several terms, of those that hold any there. Lists are written as
    text, since each row that SQLite gives lets another thread in."""
    several = len(query.present) > 1
    every = [True, False] if several else [True]
    return _lists(vendor, query, ends, [None, *((_SHORT, each) for each in every)])


def hits_in_title(vendor: str, query: Query, ends: Ends) -> tuple[str, list[str]]:
    """The same with a list of the rows that hold every term in their title."""
    return _lists(vendor, query, ends, [(("title",), True)])


_Tier = tuple[tuple[str, ...], bool]  # columns, and whether each term must stand in one of them


def _lists(
    vendor: str, query: Query, ends: Ends, tiers: list[_Tier | None]
) -> tuple[str, list[str]]:
    """None stands for all rows that answer."""
    whole = expression(vendor, query, ends)
    if vendor == "sqlite":
        said = [
            f"({whole}) AND {_fts5_within(query, ends, *tier)}" if tier else whole for tier in tiers
        ]
        return f"SELECT {', '.join([_LIST] * len(said))}", said
    lists, params = [], []
    for tier in tiers:
        lists.append(f"{_ARRAY} AND {_column(tier[0])} @@ %s::tsquery)" if tier else f"{_ARRAY})")
        params += [whole, _tsquery_within(query, ends, tier[1])] if tier else [whole]
    return f"SELECT {', '.join(lists)}", params


def _fts5_within(query: Query, ends: Ends, columns: tuple[str, ...], every: bool) -> str:
    terms = (_fts5(term, ends) for term in query.present)
    return f"{{{' '.join(columns)}}} : ({(' AND ' if every else ' OR ').join(terms)})"


def _column(columns: tuple[str, ...]) -> str:
    """The column of the index that holds the words of these of the row."""
    return "short" if columns == _SHORT else "title"


def _tsquery_within(query: Query, ends: Ends, every: bool) -> str:
    return (" & " if every else " | ").join(_tsquery(term, ends) for term in query.present)


def expression(vendor: str, query: Query, ends: Ends) -> str:
    """The question for FTS5, or as a tsquery. At least one term must be present, or, for the rows
    to leave out, absent."""
    write, both, either, but = (
        (_fts5, " AND ", " OR ", " NOT ")
        if vendor == "sqlite"
        else (_tsquery, " & ", " | ", " & ! ")
    )
    present = both.join(write(term, ends) for term in query.present)
    absent = either.join(write(term, ends) for term in query.absent)
    if present and absent:
        return f"({present}){but}({absent})"
    return present or absent


def _fts5(term: QueryTerm, ends: Ends) -> str:
    if term.others:
        each = (_fts5(one, ends) for one in (replace(term, others=()), *term.others))
        return f"({' OR '.join(each)})"
    if not term.prefix:
        return f'"{" ".join(term.tokens)}"'
    words = " ".join([*term.tokens[:-1], begun(term)])
    return "(" + " OR ".join([f'"{words}"*', *(f'"{end}"' for end in _ends(term, ends))]) + ")"


def _tsquery(term: QueryTerm, ends: Ends) -> str:
    if term.others:
        each = (_tsquery(one, ends) for one in (replace(term, others=()), *term.others))
        return f"({' | '.join(each)})"
    if not term.prefix:
        return "(" + " <-> ".join(term.tokens) + ")"
    words = " <-> ".join([*term.tokens[:-1], f"{begun(term)}:*"])
    return "(" + " | ".join([f"({words})", *_ends(term, ends)]) + ")"


def _ends(term: QueryTerm, ends: Ends) -> list[str]:
    return ends.get(term.prefix, []) if len(term.tokens) == 1 else []


def rank(vendor: str, row: str, query: Query, ends: Ends) -> tuple[str, list[str]]:
    """How well a row answers, as an expression of whole numbers and its parameters."""
    standing, params = _standing_and_often(vendor, row, query, ends)
    if vendor != "sqlite":
        return standing, params
    # Its instr is slow: of many rows only where there is something to find.
    text = " + ".join([str(_IN_TEXT * len(query.present)), *_often(vendor, row, query)])
    short = f"({expression('sqlite', query, ends)}) AND {_fts5_within(query, ends, _SHORT, False)}"
    often = [patterns(term, ends)[0] for term in query.present]
    sql = f"CASE WHEN {row}.edition_id IN ({_FOUND}) THEN {standing} ELSE {text} END"
    return sql, [short, *params, *often]


def _standing_and_often(vendor: str, row: str, query: Query, ends: Ends) -> tuple[str, list[str]]:
    place = "instr" if vendor == "sqlite" else "strpos"
    sought = [patterns(term, ends) for term in query.present]
    parts = [_standing(place, row, each, _WORTH, _IN_TEXT) for each in sought]
    if len(query.whole) > 1:
        parts.append(_standing(place, row, [_pattern(query.whole)], _WHOLE, 0))
    params = [p for _, each in parts for p in each] + [each[0] for each in sought]
    return " + ".join([*(part for part, _ in parts), *_often(vendor, row, query)]), params


def _often(vendor: str, row: str, query: Query) -> list[str]:
    place = "instr" if vendor == "sqlite" else "strpos"
    one = f"COALESCE({LONGEST_OFTEN} - NULLIF({place}({row}.often, %s), 0), 0)"
    return [one] * len(query.present)


def _standing(
    place: str, row: str, sought: list[str], worth: tuple[tuple[str, int], ...], else_: int
) -> tuple[str, list[str]]:
    """What it is worth that one of the `sought` stands in the first column that holds it."""
    cases = [
        f"WHEN {' OR '.join(f'{place}({row}.{column}, %s) > 0' for _ in sought)} THEN {points}"
        for column, points in worth
    ]
    return f"CASE {' '.join(cases)} ELSE {else_} END", sought * len(worth)


def patterns(term: QueryTerm, ends: Ends) -> list[str]:
    """What to look for in a stream of tokens, the words of the term first."""
    if term.others:
        each = (replace(term, others=()), *term.others[:_MOST_OTHERS])
        return [pattern for one in each for pattern in patterns(one, ends)]
    if not term.prefix:
        return [_pattern(term.tokens)]
    first = _pattern((*term.tokens[:-1], begun(term))).removesuffix(" ")
    return [first, *(f" {end} " for end in _ends(term, ends)[:5])]


def _pattern(words: tuple[str, ...]) -> str:
    return f" {' '.join(words)} "
