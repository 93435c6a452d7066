"""The same question in the language of each database: which rows hold it, and how well.

SQLite's FTS5 and PostgreSQL's text search find the rows. How well a row answers is counted alike on
both, from its short columns: a word of the title before one of the facts, that before one of the
standfirst, that before one of the text; then the more the text says it.
"""

from .asking import Question, Term
from .reading import GAP

LONGEST_OFTEN = 400  # characters of the words that a text says most
_WORTH, _IN_TEXT = (("title", 4000), ("facts", 3000), ("standfirst", 2000)), 1000
_WHOLE = (("title", 2000), ("facts", 1500), ("standfirst", 1000))  # the whole question, as typed

Ends = dict[str, list[str]]  # begun word → tokens of words that begin so and are cut shorter


def begun(term: Term) -> str:
    """The letters with which the last token of a term begins, as the index writes them."""
    return term.prefix if term.prefix.isascii() else GAP + term.prefix.encode().hex()


def holds(vendor: str, row: str) -> str:
    """The condition that a row answers; its one parameter is what `expression` makes."""
    if vendor == "sqlite":
        return f"{row}.editions_searchrow MATCH %s"
    return f"{row}.vector @@ %s::tsquery"


def expression(vendor: str, question: Question, ends: Ends) -> str:
    """The question for FTS5, or as a tsquery. At least one term must be present, or, for the rows
    to leave out, absent."""
    write, both, either, but = (
        (_fts5, " AND ", " OR ", " NOT ")
        if vendor == "sqlite"
        else (_tsquery, " & ", " | ", " & ! ")
    )
    present = both.join(write(term, ends) for term in question.present)
    absent = either.join(write(term, ends) for term in question.absent)
    if present and absent:
        return f"({present}){but}({absent})"
    return present or absent


def _fts5(term: Term, ends: Ends) -> str:
    if not term.prefix:
        return f'"{" ".join(term.tokens)}"'
    words = " ".join([*term.tokens[:-1], begun(term)])
    return "(" + " OR ".join([f'"{words}"*', *(f'"{end}"' for end in _ends(term, ends))]) + ")"


def _tsquery(term: Term, ends: Ends) -> str:
    if not term.prefix:
        return "(" + " <-> ".join(term.tokens) + ")"
    words = " <-> ".join([*term.tokens[:-1], f"{begun(term)}:*"])
    return "(" + " | ".join([f"({words})", *_ends(term, ends)]) + ")"


def _ends(term: Term, ends: Ends) -> list[str]:
    return ends.get(term.prefix, []) if len(term.tokens) == 1 else []


def rank(vendor: str, row: str, question: Question, ends: Ends) -> tuple[str, list[str]]:
    """How well a row answers, as an expression of whole numbers and its parameters."""
    place = "instr" if vendor == "sqlite" else "strpos"
    parts, params = [], []
    for term in question.present:
        sought = patterns(term, ends)
        cases = " ".join(
            "WHEN "
            + " OR ".join(f"{place}({row}.{column}, %s) > 0" for _ in sought)
            + f" THEN {worth}"
            for column, worth in _WORTH
        )
        often = f"{LONGEST_OFTEN} - NULLIF({place}({row}.often, %s), 0)"
        parts.append(f"CASE {cases} ELSE {_IN_TEXT} END + COALESCE({often}, 0)")
        params += [*sought * len(_WORTH), sought[0]]
    if len(question.whole) > 1:
        whole = _pattern(question.whole)
        cases = " ".join(
            f"WHEN {place}({row}.{column}, %s) > 0 THEN {worth}" for column, worth in _WHOLE
        )
        parts.append(f"CASE {cases} ELSE 0 END")
        params += [whole] * len(_WHOLE)
    return " + ".join(parts), params


def patterns(term: Term, ends: Ends) -> list[str]:
    """What to look for in a stream of tokens, the words of the term first."""
    if not term.prefix:
        return [_pattern(term.tokens)]
    first = _pattern((*term.tokens[:-1], begun(term))).removesuffix(" ")
    return [first, *(f" {end} " for end in _ends(term, ends)[:5])]


def _pattern(words: tuple[str, ...]) -> str:
    return f" {' '.join(words)} "
