"""Finds markup that the house has not: it would be printed as it was typed."""

import re
from collections.abc import Iterator

# What each looks like. All are read in one pass: no repetition stands within another.
_NOT_OURS = re.compile(
    r"""(?P<citation> \[[^\[\]\n]{0,80}@[a-zA-Z0-9] | \[\^ | \^\[ )
      | (?P<table> ^\ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*\|[-|: \t]*$ )
      | (?P<tag> </?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\ [^<>\n]{0,200})?\ ?/?> | <!-- )
      | (?P<entity> &(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}); )
      | (?P<strike> ~~[^~\n]{1,200}~~ )
      | (?P<number> \[[0-9]{1,4}\](?![(:\[]) )
      | (?P<shortcode> \[/[a-zA-Z_-]{2,30}\]
          | \[[a-zA-Z_-]{2,30}\ [a-z_-]{1,30}=[^\]\n]{1,200}\] )
      | (?P<wiki> \[\[[^\[\]\n]{1,200}\]\] | \{\{[^{}\n]{1,200}\}\} )
      | (?P<emphasis> (?<![\w*])\*{1,2}(?=[^\s*])[^*\n]{1,200}(?<=\S)\*{1,2}(?![\w*])
          | (?<![\w_])_{1,2}(?=[^\s_])[^_\n]{1,200}(?<=\S)_{1,2}(?![\w_]) )
      | (?P<link> \]\( (?:https?:|/) )
    """,
    re.VERBOSE | re.MULTILINE,
)
_IN_ARTICLES = frozenset({"citation", "entity", "emphasis", "link"})  # what a text may have


def as_typed(text: str, *, article: bool) -> Iterator[tuple[int, str]]:
    """The line and the beginning of each piece of markup that would be printed as typed: in the
    text of an `article`, what Markdown has not in this house; in a plain field, any."""
    for found in _NOT_OURS.finditer(text):
        if not (article and found.lastgroup in _IN_ARTICLES):
            words = found.group().strip()
            yield text.count("\n", 0, found.start()) + 1, words[:40]
