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

from .citations import read_citations

# No bracket may stand within a bracket, so that ten thousand opening ones are read in one pass.
_CITATION = re.compile(r"\[(?!\^)([^\[\]]{1,2000})\](?!\()")
_FOOTNOTE = re.compile(r"\[\^([^\s\[\]^]{1,64})\]")


@cache
def parser() -> MarkdownIt:
    """The parser. Its own tokens: `citation` (meta: citations, lines), `footnote_ref` (meta:
    label), and `marker` (meta: number, ref), which is for the caller to put in.
    """
    md = MarkdownIt("commonmark", {"html": False})
    md.use(footnote_plugin, inline=False, move_to_end=False)
    md.disable("footnote_ref")  # it reads to the end of the line at every bracket
    md.disable("text_join")  # so that an escaped bracket can be told from one that is not
    md.add_render_rule("text_special", RendererHTML.text)
    md.inline.ruler.before("link", "citation", _citation)
    md.inline.ruler.before("link", "footnote_of_words", _footnote_of_words)
    md.add_render_rule("marker", _marker)
    md.add_render_rule("link_open", _link_open)
    return md


def _citation(state: StateInline, silent: bool) -> bool:
    found = _CITATION.match(state.src, state.pos, state.posMax)
    citations = read_citations(found[1]) if found and "@" in found[1] else None
    if found is None or citations is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = found[0]
        token.meta = {"citations": citations, "lines": found[0].count("\n")}
    state.pos = found.end()
    return True


def _footnote_of_words(state: StateInline, silent: bool) -> bool:
    found = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("footnote_ref", "", 0)
        token.content = found[0]
        token.meta = {"label": found[1]}
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
