"""The text of an edition without its markup, but with the numbers of its notes."""

import re

from editions.html_text import words_of

_MARKER = re.compile(r'<sup class="note-ref">.*?>(\d+)</a></sup>', re.DOTALL)


def with_note_numbers(html: str) -> str:
    """The words of `html`, blocks parted by blank lines, each marker of a note as “[3]”."""
    return words_of(_MARKER.sub(r"[\1]", html), between="\n\n")
