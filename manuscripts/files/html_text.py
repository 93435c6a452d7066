"""Turns HTML into the plain text that `parse` reads: blocks, notes, and signs for what is rich."""

import re
from html.parser import HTMLParser

from ..parse import rich_text
from ..parse.labels import is_label

_BLOCKS = frozenset(
    """p div section article header footer main aside blockquote pre figure figcaption table tr ul
    ol     dl dt dd li h1 h2 h3 h4 h5 h6 hr address center form fieldset""".split()
)
_SKIPPED = frozenset(
    "script style template noscript head svg math iframe object button select nav".split()
)
_VOID = frozenset("br hr img input meta link source col wbr area base embed track".split())
_MAX_UNCLOSED = 100
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HEAD_OF_FACTS = re.compile(
    r"(?:facts?|fields?|key|labels?|categor(?:y|ies)|items?|attributes?) +"
    r"(?:values?|entr(?:y|ies)|details?|descriptions?|contents?)",
    re.I,
)  # of the columns of a table of facts
_STOPS_INSIDE = re.compile(r"([.,;:!?]+)([\ue021\ue023])")


class _TextWriter(HTMLParser):
    """Collects the text of a document, block by block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.skipping: list[str] = []
        self.lists: list[list[int | None]] = []
        self.links: list[tuple[str, int]] = []
        self.raised = 0
        self.title = ""
        self.first_heading = ""
        self.in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "title":
            self.in_title = True
        if tag in _SKIPPED or "display:none" in attributes.get("style", "").replace(" ", ""):
            if tag not in _VOID:
                self.skipping.append(tag)
            return
        if self.skipping:
            return
        self._open(tag, attributes)

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self._end_line(blank=False)
        elif tag == "p" and re.fullmatch(r"- |\d{1,3}\. ", self.line):
            return  # a paragraph that begins an item of a list
        elif tag in _BLOCKS:
            self._end_line(blank=not (tag == "li" or self.lists))
            if tag in ("ul", "ol"):
                start = attributes.get("start", "1")
                self.lists.append(
                    [int(start) if start.isdecimal() else 1] if tag == "ol" else [None]
                )
            elif tag == "li" and self.lists:
                number = self.lists[-1][0]
                self.line = "- " if number is None else f"{number}. "
                if number is not None:
                    self.lists[-1][0] = number + 1
            elif re.fullmatch(r"h[1-6]", tag):
                self.line = "## "
        elif tag in ("em", "i", "cite"):
            self.line += rich_text.ITALIC
        elif tag in ("strong", "b"):
            self.line += rich_text.BOLD
        elif tag == "sup":
            self.raised += 1
        elif tag == "a":
            self.links.append((attributes.get("href", ""), len(self.line)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False
        if self.skipping:
            if tag == self.skipping[-1]:
                self.skipping.pop()
            return
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag == "tr" and _HEAD_OF_FACTS.fullmatch(rich_text.bare(self.line).strip()):
            self.line = ""
        if tag in _BLOCKS:
            if re.fullmatch(r"h[1-6]", tag) and not self.first_heading:
                self.first_heading = rich_text.bare(self.line.removeprefix("## ")).strip()
            self._end_line(blank=not (tag == "li" or self.lists))
        elif tag in ("em", "i", "cite"):
            self.line += rich_text.END_ITALIC
        elif tag in ("strong", "b"):
            self.line += rich_text.END_BOLD
        elif tag == "sup":
            self.raised = max(0, self.raised - 1)
        elif tag in ("td", "th"):
            self.line = self.line.rstrip()
            label = rich_text.bare(self.line).rstrip(": ")
            self.line = f"{label}: " if is_label(label) else f"{self.line} "
        elif tag == "a" and self.links:
            self._close_link()

    def _close_link(self) -> None:
        address, start = self.links.pop()
        if start > len(self.line):
            return
        words = self.line[start:]
        if re.fullmatch(
            r"\s*[\[(]?[\d¹²³⁰⁴-⁹ivxlc]{1,6}[\])]?\s*|\s*[↑↩^]\ufe0e?\s*", words
        ) or not address.startswith("http"):
            self.line = self.line[:start] + (
                "" if re.fullmatch(r"\s*[↑↩^]\ufe0e?\s*", words) else words
            )
            return
        self.line = self.line[:start] + rich_text.link(words, address.strip())

    def handle_data(self, data: str) -> None:
        if self.in_title and not self.title:
            self.title = data.strip()
        if self.skipping:
            return
        if self.raised and re.fullmatch(
            r"\s*[\[(]?\d{1,3}(?:\s*[,;]\s*\d{1,3})*[\])]?[,\s]*", data
        ):
            data = " ".join(re.findall(r"\d+", data)).translate(_RAISED)
        self.line += re.sub(r"\s+", " ", rich_text.FOREIGN.sub("", data))

    def _end_line(self, *, blank: bool) -> None:
        text = self.line.strip()
        if text and text not in ("-", "##") and not re.fullmatch(r"\d{1,3}\.", text):
            self.lines.append(text)
        if blank and self.lines and self.lines[-1]:
            self.lines.append("")
        self.line = ""
        self.links = [(address, 0) for address, _ in self.links]


def plain_text(html: str) -> tuple[str, str]:
    """The text of an HTML document or fragment, and the title that it gives itself, or ""."""
    if html.count("<") > html.count(">") + _MAX_UNCLOSED:  # each would cost a walk to the end
        html = re.sub(r"<(?![^<>]*>)", "&lt;", html)
    writer = _TextWriter()
    writer.feed(html)
    writer.close()
    writer._end_line(blank=False)
    lines = [_STOPS_INSIDE.sub(r"\2\1", line) for line in writer.lines]
    return "\n".join(lines).strip() + "\n", writer.title
