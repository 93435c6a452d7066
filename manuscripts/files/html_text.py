"""Turns HTML into the plain text that `parse` reads: blocks, notes, and signs for what is rich."""

import re
from html.parser import HTMLParser
from itertools import pairwise

from ..parse import rich_text
from ..parse.labels import is_label
from . import html_notes
from .margin_notes import MarginNotes

_BLOCKS = frozenset(
    """p div section article header footer main aside blockquote pre figure figcaption table tr ul
    ol     dl dt dd li h1 h2 h3 h4 h5 h6 hr address center form fieldset""".split()
)
_SKIPPED = frozenset(
    "script style template noscript head svg math iframe object button select nav".split()
)
_VOID = frozenset("br hr img input meta link source col wbr area base embed track".split())
_MAX_UNCLOSED = 100
_HEAD_OF_FACTS = re.compile(
    r"(?:facts?|fields?|key|labels?|categor(?:y|ies)|items?|attributes?) +"
    r"(?:values?|entr(?:y|ies)|details?|descriptions?|contents?)",
    re.I,
)  # of the columns of a table of facts
_MARKER = re.compile(r"\s*[\[(]?[\d¹²³⁰⁴-⁹ivxlc]{1,6}[\])]?\s*")
_SUPER = re.compile(r"(?:vertical-align|text-position)\s*:\s*super", re.I)
_STOPS_INSIDE = re.compile(r"([.,;:!?]+)([\ue021\ue023])")


class _TextWriter(HTMLParser):
    """Collects the text of a document, block by block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.skipping: list[str] = []
        self.lists: list[list[int | None]] = []
        self.links: list[tuple[str, int, bool]] = []
        self.in_note = False
        self.cells: list[int] = []
        self.columns: list[str] = []
        self.raised = 0
        self.spans: list[int] = []
        self.title = ""
        self.first_heading = ""
        self.in_title = False
        self.margin = MarginNotes()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "title":
            self.in_title = True
        hidden = "display:none" in attributes.get("style", "").replace(" ", "")
        if tag in _SKIPPED or hidden or html_notes.is_aside(attributes):
            if tag not in _VOID:
                self.skipping.append(tag)
            return
        if self.skipping:
            if tag == self.skipping[-1] and tag in ("div", "span"):
                self.skipping.append(tag)
            return
        self._open(tag, attributes)

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        if self.margin.is_open:
            self.margin.enter(tag, block=tag in _BLOCKS)
        elif html_notes.is_in_margin(attributes):
            self.line = self.margin.begin(tag, self.line)
            return
        if self.margin.is_open and (tag == "br" or tag in _BLOCKS):
            self.line += " "
        elif tag == "br":
            self._end_line(blank=False)
        elif tag in ("p", "div", "dd") and html_notes.is_label_alone(self.line):
            return  # what the sign of an item or the number of a note stands before
        elif tag in _BLOCKS:
            self._end_line(blank=not (tag == "li" or self.lists))
            if tag in ("ul", "ol"):
                start = attributes.get("start", "1")
                self.in_note = html_notes.is_list_of_notes(attributes)
                numbered = tag == "ol" or self.in_note
                self.lists.append([int(start) if start.isdecimal() else 1] if numbered else [None])
            elif tag == "li" and self.lists:
                self._open_item(attributes)
            elif tag == "tr":
                self.cells = []
            elif re.fullmatch(r"h[1-6]", tag):
                self.line = "## "
        elif tag in ("em", "i", "cite"):
            self.line += rich_text.ITALIC
        elif tag in ("strong", "b"):
            self.line += rich_text.BOLD
        elif tag == "sup":
            self.raised += 1
        elif tag == "span":
            self.spans.append(bool(_SUPER.search(attributes.get("style", ""))))
            self.raised += self.spans[-1]
        elif tag in ("td", "th"):
            self.cells.append(len(self.line))
        elif tag == "a":
            of_note = html_notes.is_of_note(attributes)
            self.links.append((attributes.get("href", ""), len(self.line), of_note))

    def _open_item(self, attributes: dict[str, str]) -> None:
        """Begin an item with its sign; a note has a number, whatever its list."""
        items = self.lists[-1]
        is_note = html_notes.is_of_note(attributes)
        if items[0] is None and is_note:
            items[0] = 1
        if attributes.get("value", "").isdecimal() and items[0] is not None:
            items[0] = int(attributes["value"])
        self.in_note = self.in_note or is_note
        self.line = "- " if items[0] is None else f"{items[0]}. "
        if items[0] is not None:
            items[0] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False
        if self.skipping:
            if tag == self.skipping[-1]:
                self.skipping.pop()
            return
        if self.margin.is_open:
            own = self.margin.leave(tag, block=tag in _BLOCKS)
            if not self.margin.is_open:
                self.line = self.margin.end(self.line)
            if own or (self.margin.is_open and tag in _BLOCKS):
                return
        if tag in ("p", "div", "dt") and html_notes.is_label_alone(self.line):
            return
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            self.in_note = False
        if tag == "tr":
            self._end_row()
        if tag == "dt" and re.fullmatch(r"\d{1,3}[.)]?", self.line.strip()):
            self.line = f"[{self.line.strip(' .)')}] "
        elif tag in _BLOCKS:
            if re.fullmatch(r"h[1-6]", tag) and not self.first_heading:
                self.first_heading = rich_text.bare(self.line.removeprefix("## ")).strip()
            self._end_line(blank=not (tag == "li" or self.lists))
        elif tag in ("em", "i", "cite"):
            self.line += rich_text.END_ITALIC
        elif tag in ("strong", "b"):
            self.line += rich_text.END_BOLD
        elif tag == "sup":
            self.raised = max(0, self.raised - 1)
        elif tag == "span" and self.spans:
            self.raised = max(0, self.raised - self.spans.pop())
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "a" and self.links:
            self._close_link()

    def _end_cell(self) -> None:
        """End a cell: one that is a label is followed by a colon, and begins a line."""
        self.line = self.line.rstrip()
        start = self.cells[-1] if self.cells else 0
        label = rich_text.bare(self.line[start:]).strip(": ")
        self.line = f"{self.line[:start]}{label}: " if is_label(label) else f"{self.line} "

    def _end_row(self) -> None:
        """End a row of a table. The head of a table of facts is left out; where facts stand in
        columns, or several in a row, each has a line of its own."""
        ends = pairwise([*self.cells, len(self.line)])
        cells = [rich_text.bare(self.line[start:end]).strip(": ") for start, end in ends]
        if _HEAD_OF_FACTS.fullmatch(rich_text.bare(self.line).strip()):
            self.line = ""
        elif len(cells) > 1 and all(map(is_label, cells)):
            self.columns, self.line = cells, ""
        elif self.columns and len(cells) == len(self.columns):
            pairs = zip(self.columns, cells, strict=True)
            self.columns, self.line = [], "\n".join(f"{a}: {b}" for a, b in pairs)
        else:
            self.columns = []
            labels = [at for at, cell in zip(self.cells, cells, strict=False) if is_label(cell)]
            for at in reversed(labels[1:]):
                self.line = f"{self.line[:at].rstrip()}\n{self.line[at:]}"

    def _close_link(self) -> None:
        address, start, of_note = self.links.pop()
        if start > len(self.line):
            return
        before, words = self.line[:start], self.line[start:]
        number = html_notes.link_words(words, before) if of_note else None
        if html_notes.leads_back(words, of_note=of_note) and number is None:
            words = ""
        elif number is not None:
            words = number
        elif address.startswith("http") and not _MARKER.fullmatch(words):
            words = rich_text.link(words, address.strip())
        self.line = before + words

    def handle_data(self, data: str) -> None:
        if self.in_title and not self.title:
            self.title = data.strip()
        if self.skipping:
            return
        if self.raised and re.fullmatch(
            r"\s*[\[(]?\d{1,3}(?::\d{1,2})?(?:\s*[,;]\s*\d{1,3})*[\])]?[,\s]*", data
        ):
            data = re.sub(r":\d+", "", data)
            data = " ".join(re.findall(r"\d+", data)).translate(html_notes.RAISED)
        data = re.sub(r"\s+", " ", rich_text.FOREIGN.sub("", data))
        is_spaced = self.line[-1:] in ("", " ")  # as after the sign of an item that <p> follows
        self.line += data.lstrip(" ") if is_spaced else data

    def _end_line(self, *, blank: bool) -> None:
        self.line = self.margin.with_marker(self.line)
        text = html_notes.numbered_once(self.line.strip(), of_note=self.in_note)
        if text and text not in ("-", "##") and not re.fullmatch(r"\d{1,3}\.", text):
            self.lines.append(text)
        if blank and self.lines and self.lines[-1]:
            self.lines.append("")
        self.line = ""
        self.links = [(address, 0, of_note) for address, _, of_note in self.links]
        self.cells = [0 for _ in self.cells]

    def finish(self) -> None:
        """End what the document left open, and print the notes of its margin."""
        if self.margin.is_open:
            self.line = self.margin.end(self.line)
        self._end_line(blank=bool(self.margin.printed))
        self.lines += self.margin.printed


def plain_text(html: str) -> tuple[str, str]:
    """The text of an HTML document or fragment, and the title that it gives itself, or ""."""
    if html.count("<") > html.count(">") + _MAX_UNCLOSED:  # each would cost a walk to the end
        html = re.sub(r"<(?![^<>]*>)", "&lt;", html)
    writer = _TextWriter()
    writer.feed(html)
    writer.close()
    writer.finish()
    lines = [_STOPS_INSIDE.sub(r"\2\1", line) for line in writer.lines]
    return "\n".join(lines).strip() + "\n", writer.title
