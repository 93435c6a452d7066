"""The Markdown of articles: CommonMark without HTML, with citations and footnotes of words."""

import re
from functools import cache
from typing import Any, cast

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from .citations import inside_brackets, read_citations

_FOOTNOTE = re.compile(r"\[\^([^\s\[\]^]{1,64})\]")
_NO_FOOTNOTE = re.compile(r"\[\^[^\[\]]{0,200}\](?!\()")
_NOTE_ON_THE_SPOT = re.compile(r"\^\[((?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\]){1,4000})\]")
_YEAR_WITH_STOP = re.compile(r"^([ \t>*+-]*[0-9]{3,9})([.)])(?=[ \t]|$)", re.MULTILINE)


@cache
def parser() -> MarkdownIt:
    """The parser. Its own tokens: `citation` (meta: citations, lines), `footnote_ref` (meta:
    label), `note_on_the_spot` (its content, meta: lines), `broken_footnote`, and `marker` (meta:
    number, ref), which is for the caller to put in.
    """
    md = MarkdownIt("commonmark", {"html": False})
    md.use(footnote_plugin, inline=False, move_to_end=False)
    md.disable("footnote_ref")  # it reads to the end of the line at every bracket
    md.disable("text_join")  # so that an escaped bracket can be told from one that is not
    md.add_render_rule("text_special", RendererHTML.text)
    md.inline.ruler.before("link", "citation", _citation)
    md.inline.ruler.before("link", "footnote_of_words", _footnote_of_words)
    md.inline.ruler.before("link", "note_on_the_spot", _note_on_the_spot)
    md.add_render_rule("marker", _marker)
    md.add_render_rule("link_open", _link_open)
    return md


def parsed(text: str) -> tuple[list[Token], list[int]]:
    """The tokens of a text, and the lines that look like a footnote and are none. A line that
    begins with a year and a stop is no list of a thousand entries."""
    env: dict[str, Any] = {}
    tokens = parser().parse(_YEAR_WITH_STOP.sub(r"\1\\\2", text), env)
    named = [(label, link["map"]) for label, link in env.get("references", {}).items()]
    lines = [lines[0] + 1 for label, lines in named if label.startswith("^")]
    return tokens, sorted(lines)


def _citation(state: StateInline, silent: bool) -> bool:
    text, at = state.src, state.pos
    if not text.startswith("[", at) or text.startswith("[^", at):
        return False
    inside = inside_brackets(text, at, state.posMax)
    if inside is None or "@" not in inside:
        return False
    end = at + len(inside) + 2
    citations = None if text.startswith("(", end) else read_citations(inside)
    if citations is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = text[at:end]
        token.meta = {"citations": citations, "lines": inside.count("\n")}
    state.pos = end
    return True


def _footnote_of_words(state: StateInline, silent: bool) -> bool:
    named = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    found = named or _NO_FOOTNOTE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("footnote_ref" if named else "broken_footnote", "", 0)
        token.content = found[0]
        token.meta = {"label": named[1] if named else ""}
    state.pos = found.end()
    return True


def _note_on_the_spot(state: StateInline, silent: bool) -> bool:
    found = _NOTE_ON_THE_SPOT.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("note_on_the_spot", "", 0)
        token.content = found[1]
        token.meta = {"lines": found[0].count("\n")}
    state.pos = found.end()
    return True


def _marker(renderer: RendererHTML, tokens: list[Token], index: int, *_options: object) -> str:
    return note_marker(tokens[index].meta["number"], tokens[index].meta["ref"])


def note_marker(number: int, ref: str) -> str:
    """The HTML of the place that uses a note; `ref` is its id."""
    name = _("Note %(number)s") % {"number": number}
    return (
        f'<sup class="note-ref"><a id="{ref}" href="#note-{number}" role="doc-noteref" '
        f'aria-label="{name}">{number}</a></sup>'
    )


def _link_open(renderer: RendererHTML, tokens: list[Token], index: int, *rest: Any) -> str:
    tokens[index].attrSet("rel", "noopener")
    return renderer.renderToken(tokens, index, *rest)


def inline_html(tokens: list[Token]) -> str:
    """The HTML of inline tokens."""
    renderer = cast(RendererHTML, parser().renderer)
    return renderer.renderInline(tokens, parser().options, {})


def inline_text(tokens: list[Token]) -> str:
    """The words of inline tokens, as plain text."""
    return "".join(
        " " if token.type in ("softbreak", "hardbreak") else token.content
        for token in tokens
        if token.type != "marker"
    )
