"""Goes through an article from top to bottom: numbers its notes, names what is wrong with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, NamedTuple, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdown_it.token import Token

from sources.citing import Cite, Locator, Setting, set_notes

from .citations import KEY, without_passages
from .markdown import inline_html, inline_text, parsed, parser
from .rendered import Citation, Problem, Rendered, RenderedNote, clean

MAX_LENGTH = 100_000  # characters; some fifteen thousand words, thirty times an article
MAX_NOTES = 1_000
MAX_MARKS = 10_000  # signs that may open or close something; an article has some hundreds
_MAX_PROBLEMS = 100

_NEVER_PRINTED = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202d\u202e]")
_MARK = re.compile(r"[\[\]*_`<&!]")
_JOINING = " \n\t\u00a0([“‘/-–—"
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_FAILED_LINK = re.compile(r"\]\([^\s()]")
_HEADING = re.compile(r"(</?h)([2-6])>")
_STRAY = re.compile(rf"(?<![\w.@/:])@({KEY})")
_NO_FOOTNOTE = gettext_lazy(
    "Line %(line)s has a footnote that cannot be read. Its name is one word without blanks, "
    "[^army], and what it says stands in a paragraph of its own, [^army]: …"
)


class Section(NamedTuple):
    """A text after the body, under a heading of its own; `field` is where editors write it."""

    field: str
    heading: str
    text: str


class FactCitation(NamedTuple):
    """What a fact rests on, as editors write it in `field`, of which `label` is the name."""

    field: str
    label: str
    text: str


def render(
    body: str,
    library: Mapping[str, Mapping[str, Any]],
    sections: Sequence[Section] = (),
    citations: Sequence[FactCitation] = (),
) -> Rendered:
    """The body of an article and its sections as HTML, with their notes and those of its facts;
    `library` has CSL-JSON items by key.

    Never raises for what an editor may type: what is wrong is in `problems`. Texts of more than
    MAX_LENGTH characters, MAX_NOTES notes or MAX_MARKS marks are refused by a problem, and nothing
    of them rendered.
    """
    written = "\n".join([body, *(section.text for section in sections)])
    if len(written) > MAX_LENGTH:
        message = _("The text has %(length)s characters; an article may have %(most)s.")
        return _refused("too-long", message, len(written), MAX_LENGTH)
    marks = len(_MARK.findall(written))
    if marks > MAX_MARKS:
        message = _("The text has %(length)s brackets, asterisks and the like; at most %(most)s.")
        return _refused("too-many-marks", message, marks, MAX_MARKS)
    article = _Article(library)
    html = [article.html(body)]
    html += [article.section(section) for section in sections if section.text.strip()]
    refs: dict[str, list[str]] = {}
    for citation in citations:
        refs.setdefault(citation.field, []).append(article.fact(citation))
    if len(article.notes) > MAX_NOTES:
        message = _("The text has %(length)s notes; an article may have %(most)s.")
        return _refused("too-many-notes", message, len(article.notes), MAX_NOTES)
    cited = [part.key for note in article.notes for part in note.parts if isinstance(part, Cite)]
    return Rendered(
        html=clean("".join(html)),
        notes=article.set_notes(),
        problems=article.problems[:_MAX_PROBLEMS],
        keys=list(dict.fromkeys(cited)),
        sources=[library[key] for key in dict.fromkeys(cited) if key in library],
        word_count=article.word_count,
        fact_refs={name: found for name, found in refs.items() if any(found)},
    )


def _refused(code: str, message: str, length: int, most: int) -> Rendered:
    return Rendered(problems=[Problem(code, 1, message % {"length": length, "most": most})])


@dataclass
class _Note:
    parts: Sequence[Cite | Setting]
    refs: list[str] = field(default_factory=list)


@dataclass
class _Definition:
    """A footnote of words, as it stands in the text."""

    label: str
    line: int
    tokens: list[Token] = field(default_factory=list)
    note: int = 0


class _Article:
    def __init__(self, library: Mapping[str, Mapping[str, Any]]) -> None:
        self.library = library
        self.notes: list[_Note] = []
        self.problems: list[Problem] = []
        self.definitions: dict[str, _Definition] = {}
        self.word_count = 0
        self.field = "body"
        self.where = ""  # before what is said of a line that is not one of the body
        self.cited: dict[str, int] = {}  # the first note of each citation, as it is written

    def html(self, text: str) -> str:
        """A text as HTML; its footnotes of words are its own."""
        first = len(self.problems)
        self.definitions = {}
        parsed_tokens, no_footnotes = parsed(_NEVER_PRINTED.sub("", text))
        for line in no_footnotes:
            self._problem("broken-footnote", line, str(_NO_FOOTNOTE))
        tokens = self.read(parsed_tokens)
        self.problems[first:] = sorted(self.problems[first:], key=lambda problem: problem.line)
        return cast(str, parser().renderer.render(tokens, parser().options, {}))

    def section(self, section: Section) -> str:
        """A section as HTML, its headings one level below its own."""
        self.field, self.where = section.field, f"{section.heading}: "
        html = self.html(section.text)
        deeper = _HEADING.sub(lambda tag: f"{tag[1]}{min(int(tag[2]) + 1, 6)}>", html)
        return f"<h2>{escape(section.heading)}</h2>\n{deeper}"

    def fact(self, citation: FactCitation) -> str:
        """The id of the marker for what a fact rests on, "" for none; the same citation as in the
        text or of another fact is the same note, and a passage there does not make it another."""
        text = _NEVER_PRINTED.sub("", citation.text).strip()
        if not text:
            return ""
        self.field, self.where = citation.field, f"{citation.label}: "
        inside = text[1:-1] if text.startswith("[") and text.endswith("]") else text
        text = f"[{inside}]"
        if text not in self.cited:
            children = parser().parseInline(text)[0].children or []
            if len(children) != 1 or children[0].type != "citation":
                message = _("“%(text)s” is not a citation such as [@lynch2001, p. 52].")
                self._problem("fact-citation", 1, message, text=citation.text)
                return ""
            self._note_at(children[0], 1)
        return self._ref(self.cited[text])

    def read(self, tokens: list[Token]) -> list[Token]:
        """The tokens of the text itself, with markers where notes are; fills everything else."""
        text = self._take_out_definitions(tokens)
        _set_heading_levels(text)
        for token in text:
            if token.type == "inline":
                token.children = self._with_markers(token)
                self.word_count += len(_WORD.findall(inline_text(token.children)))
        for definition in self.definitions.values():
            if not definition.note:
                message = _("The footnote [^%(label)s] in line %(line)s is used nowhere.")
                self._problem("unused-footnote", definition.line, message, label=definition.label)
        return text

    def set_notes(self) -> list[RenderedNote]:
        settings = set_notes([note.parts for note in self.notes], self.library)
        return [
            RenderedNote(
                number=number,
                text=setting.text,
                html=clean(setting.html),
                citations=[_citation(part) for part in note.parts if isinstance(part, Cite)],
                refs=note.refs,
            )
            for number, (note, setting) in enumerate(zip(self.notes, settings, strict=True), 1)
        ]

    def _problem(self, code: str, line: int, message: str, **words: Any) -> None:
        said = self.where + message % {"line": line, **words}
        self.problems.append(Problem(code, line, said, self.field))

    def _take_out_definitions(self, tokens: list[Token]) -> list[Token]:
        text: list[Token] = []
        open_definitions: list[_Definition] = []
        for token in tokens:
            if token.type == "footnote_reference_open":
                definition = _Definition(token.meta["label"], (token.map or [0])[0] + 1)
                open_definitions.append(definition)
                self._define(definition)
            elif token.type == "footnote_reference_close":
                open_definitions.pop()
            else:
                (open_definitions[-1].tokens if open_definitions else text).append(token)
        return text

    def _define(self, definition: _Definition) -> None:
        first = self.definitions.setdefault(definition.label, definition)
        if first is not definition:
            message = _(
                "The footnote [^%(label)s] is written a second time in line %(line)s; "
                "the first is in line %(first)s."
            )
            words = {"label": definition.label, "first": first.line}
            self._problem("duplicate-footnote", definition.line, message, **words)

    def _with_markers(self, inline: Token) -> list[Token]:
        """The children, with a marker for each note."""
        children: list[Token] = []
        for child, line in self._lines(inline):
            if note := self._note_at(child, line):
                _drop_space_at_end(children)
                children.append(self._marker(note))
            else:
                children.append(self._checked(child, line))
        return children

    def _lines(self, inline: Token) -> Iterator[tuple[Token, int]]:
        line = inline.map[0] + 1 if inline.map else 1
        for child in inline.children or []:
            yield child, line
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type in ("citation", "note_on_the_spot"):
                line += child.meta["lines"]

    def _note_at(self, token: Token, line: int) -> int:
        """The number of the note that a token calls for; 0 where it calls for none."""
        if token.type == "citation":
            self.notes.append(_Note(self._cites(token, line)))
            for written in (token.content, without_passages(token.content)):
                self.cited.setdefault(written, len(self.notes))
            return len(self.notes)
        if token.type == "note_on_the_spot":
            return self._note_on_the_spot(token, line)
        definition = token.type == "footnote_ref" and self.definitions.get(token.meta["label"])
        if not definition:
            return 0
        if not definition.note:
            self.notes.append(_Note([]))
            definition.note = len(self.notes)
            self.notes[-1].parts = self._words_of(definition)
        return definition.note

    def _note_on_the_spot(self, token: Token, line: int) -> int:
        self.notes.append(_Note([]))
        number = len(self.notes)
        inline = parser().parseInline(token.content.strip())[0]
        inline.map = [line - 1, line]
        self.notes[-1].parts = self._words_and_cites(inline)
        if not self.notes[-1].parts:
            self._problem("empty-footnote", line, _("Line %(line)s has a note without words."))
        return number

    def _marker(self, number: int) -> Token:
        return Token("marker", "", 0, meta={"number": number, "ref": self._ref(number)})

    def _ref(self, number: int) -> str:
        """The id of the next place that uses a note."""
        refs = self.notes[number - 1].refs
        refs.append(f"ref-{number}-{len(refs) + 1}" if refs else f"ref-{number}")
        return refs[-1]

    def _cites(self, token: Token, line: int) -> list[Cite | Setting]:
        parts: list[Cite | Setting] = []
        for words, cite in token.meta["citations"]:
            if parts:
                parts.append(Setting("; ", "; "))
            if words:
                parts.append(_set_words(words))
            parts.append(cite)
            if cite.key not in self.library:
                message = _("Line %(line)s cites @%(key)s, but there is no source with that key.")
                self._problem("unknown-key", line, message, key=cite.key)
        return parts

    def _words_of(self, definition: _Definition) -> list[Cite | Setting]:
        """The parts of a footnote of words; its paragraphs run on, with a line break between."""
        parts: list[Cite | Setting] = []
        for token in definition.tokens:
            found: list[Cite | Setting] = []
            if token.type == "inline":
                found = self._words_and_cites(token)
            elif token.content:
                found = [Setting(token.content.strip(), escape(token.content.strip()))]
            if parts and found:
                parts.append(Setting(" ", "<br>"))
            parts += found
        if not parts:
            message = _("The footnote [^%(label)s] in line %(line)s is empty.")
            self._problem("empty-footnote", definition.line, message, label=definition.label)
        return parts

    def _words_and_cites(self, inline: Token) -> list[Cite | Setting]:
        """A citation in a footnote stands apart from the words before it, typed so or not."""
        parts: list[Cite | Setting] = []
        words: list[Token] = []
        for child, line in self._lines(inline):
            if child.type == "citation":
                before = _setting(words)
                apart = (
                    [Setting(" ", " ")] if before.text and before.text[-1] not in _JOINING else []
                )
                parts += [before, *apart, *self._cites(child, line)]
                words = []
            else:
                words.append(self._checked(child, line, in_note=True))
        return [part for part in [*parts, _setting(words)] if part != Setting("", "")]

    def _checked(self, token: Token, line: int, *, in_note: bool = False) -> Token:
        """The token, as text where it is something that an article has not; problems noted."""
        if token.type == "footnote_ref":
            if in_note:
                message = _("Line %(line)s has the footnote [^%(label)s] within a footnote.")
                self._problem("nested-footnote", line, message, **token.meta)
            else:
                message = _("Line %(line)s uses the footnote [^%(label)s], which is not written.")
                self._problem("undefined-footnote", line, message, **token.meta)
            return Token("text", "", 0, content=token.content)
        if token.type == "note_on_the_spot":  # only within another note
            words = {"label": token.content[:40]}
            message = _("Line %(line)s has a note, “%(label)s”, within a note.")
            self._problem("nested-footnote", line, message, **words)
            return Token("text", "", 0, content=token.content)
        if token.type == "broken_footnote":
            self._problem("broken-footnote", line, str(_NO_FOOTNOTE))
            return Token("text", "", 0, content=token.content)
        if token.type == "image":
            self._problem("image", line, _("Line %(line)s has an image; articles have none."))
            return Token("text", "", 0, content=inline_text(token.children or []))
        if token.type == "text":
            self._check_words(token.content, line)
        return token

    def _check_words(self, text: str, line: int) -> None:
        if _FAILED_LINK.search(text):
            message = _(
                "Line %(line)s has a link that cannot be read. Links are written "
                "[words](https://address); a note stands after them, not within."
            )
            self._problem("broken-link", line, message)
        for stray in _STRAY.finditer(text):
            before = text[max(0, stray.start() - 200) : stray.start()]
            if stray[1] in self.library or "[" in before.rpartition("]")[2]:
                message = _(
                    "Line %(line)s has @%(key)s where it cannot be read as a citation. "
                    "Citations are written [@%(key)s, p. 5], more than one with semicolons between."
                )
                self._problem("broken-citation", line, message, key=stray[1])


def _citation(cite: Cite) -> Citation:
    locator = cite.locator or Locator("")
    day = cite.accessed.isoformat() if cite.accessed else ""
    return Citation(cite.key, locator.value, locator.label, day, cite.passage)


def _setting(tokens: list[Token]) -> Setting:
    return Setting(inline_text(tokens), inline_html(tokens))


def _set_words(words: str) -> Setting:
    """Words before a citation, set, with the space that ends them."""
    setting = _setting(parser().parseInline(words.strip())[0].children or [])
    return Setting(f"{setting.text} ", f"{setting.html} ") if words[-1].isspace() else setting


def _drop_space_at_end(children: list[Token]) -> None:
    """A note's number stands close to the word before it, wherever the editor put the brackets."""
    if children and children[-1].type == "softbreak":
        children.pop()
    if children and children[-1].type == "text":
        children[-1].content = children[-1].content.rstrip()


def _set_heading_levels(tokens: list[Token]) -> None:
    """Headings begin at h2, under the page's h1, and go down one level at a time."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    level = 1
    for token in headings:
        if token.type == "heading_open":
            level = min(int(token.tag[1]) - highest + 2, level + 1, 6)
        token.tag = f"h{level}"
