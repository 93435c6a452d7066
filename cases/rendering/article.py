"""Goes through an article from top to bottom: numbers its notes, names what is wrong with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from markdown_it.token import Token

from sources.citing import Cite, Setting, set_notes

from .citations import KEY
from .markdown import inline_html, inline_text, parser
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
_STRAY = re.compile(rf"(?<![\w.@/:])@({KEY})")


def render(body: str, library: Mapping[str, Mapping[str, Any]]) -> Rendered:
    """The body of an article as HTML, with its notes; `library` has CSL-JSON items by key.

    Never raises for what an editor may type: what is wrong is in `problems`. A body of more than
    MAX_LENGTH characters, MAX_NOTES notes or MAX_MARKS marks is refused by a problem, and nothing
    of it rendered.
    """
    if len(body) > MAX_LENGTH:
        message = _("The text has %(length)s characters; an article may have %(most)s.")
        return _refused("too-long", message, len(body), MAX_LENGTH)
    marks = len(_MARK.findall(body))
    if marks > MAX_MARKS:
        message = _("The text has %(length)s brackets, asterisks and the like; at most %(most)s.")
        return _refused("too-many-marks", message, marks, MAX_MARKS)
    article = _Article(library)
    tokens = article.read(parser().parse(_NEVER_PRINTED.sub("", body)))
    if len(article.notes) > MAX_NOTES:
        message = _("The text has %(length)s notes; an article may have %(most)s.")
        return _refused("too-many-notes", message, len(article.notes), MAX_NOTES)
    cited = [part.key for note in article.notes for part in note.parts if isinstance(part, Cite)]
    return Rendered(
        html=clean(parser().renderer.render(tokens, parser().options, {})),
        notes=article.set_notes(),
        problems=sorted(article.problems, key=lambda problem: problem.line)[:_MAX_PROBLEMS],
        keys=list(dict.fromkeys(cited)),
        word_count=article.word_count,
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
        self.problems.append(Problem(code, line, message % {"line": line, **words}))

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
            elif child.type == "citation":
                line += child.meta["lines"]

    def _note_at(self, token: Token, line: int) -> int:
        """The number of the note that a token calls for; 0 where it calls for none."""
        if token.type == "citation":
            self.notes.append(_Note(self._cites(token, line)))
            return len(self.notes)
        definition = token.type == "footnote_ref" and self.definitions.get(token.meta["label"])
        if not definition:
            return 0
        if not definition.note:
            self.notes.append(_Note([]))
            definition.note = len(self.notes)
            self.notes[-1].parts = self._words_of(definition)
        return definition.note

    def _marker(self, number: int) -> Token:
        refs = self.notes[number - 1].refs
        refs.append(f"ref-{number}-{len(refs) + 1}" if refs else f"ref-{number}")
        return Token("marker", "", 0, meta={"number": number, "ref": refs[-1]})

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
    if cite.locator is None:
        return Citation(cite.key)
    return Citation(cite.key, cite.locator.value, cite.locator.label)


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
