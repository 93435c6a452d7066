"""Makes plain HTML of a post's content: blocks, shortcodes, footnotes, classic paragraphs."""

import re

_COMMENT = re.compile(r"<!--\s*/?wp:(?P<name>[\w/-]+).{0,5000}?-->", re.S)
_FOOTNOTES_BLOCK = re.compile(r"<!--\s*wp:footnotes\b.{0,500}?-->", re.S)
_OTHER_COMMENT = re.compile(r"<!--.*?-->", re.S)
_FOOTNOTE_REFERENCE = re.compile(
    r"<sup[^>]*\bdata-fn=[\"'](?P<id>[\w-]{1,80})[\"'][^>]*>.{0,400}?</sup>", re.S
)
_INLINE_NOTES = re.compile(
    r"\[(?P<name>footnote|fn|ref|mfn|efn_note|note|footnotes_note)(?:\s[^\]]{0,200})?\](?P<words>(?:[^\[]|\[(?!/?(?P=name)\b)){1,6000}?)\[/(?P=name)\]"
    r"|\(\((?P<doubled>[^()]{1,400}(?:\([^()]{0,400}\)[^()]{0,400}){0,20})\)\)",
    re.S,
)
_CLOSERS = re.compile(r"\[/([a-zA-Z][\w-]{1,40})\]")
_WITH_ATTRIBUTES = re.compile(
    r"\[([a-zA-Z][\w-]{1,40})(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\]]+))+\s*/?\]"
)
_KNOWN = re.compile(
    r"\[(gallery|embed|audio|video|playlist|more|toc|contact-form-7|footnotes)\s*/?\]"
)
_BLOCK_NAMES = (
    r"(?:p|div|h[1-6]|ul|ol|li|table|tbody|thead|tr|td|th|blockquote|pre|hr|section|figure|figcaption"
    r"|dl|dt|dd)\b"
)
_BLOCK = re.compile(rf"\s*</?{_BLOCK_NAMES}", re.I)
_LINE_END = re.compile(rf"(?<!\A)[ \t]*\n(?!\s*</?{_BLOCK_NAMES})", re.I)
_AFTER_BLOCK = re.compile(rf"(</?{_BLOCK_NAMES}[^<>]{{0,500}}>)<br>", re.I)
_AROUND_BLOCKS = re.compile(rf"(?P<end></{_BLOCK_NAMES}\s*>)\s*\n(?!\s*</?{_BLOCK_NAMES})", re.I)


def html_of(content: str, footnotes: dict[str, str]) -> tuple[str, list[str]]:
    """The HTML of a post's content with its notes printed after the text, and the names of what was
    left out because it holds no words."""
    is_blocks = bool(_COMMENT.search(content))
    content, notes = _with_inline_notes(*_with_footnotes(content, footnotes))
    printed = "".join(f"<p><sup>{n}</sup> {words}</p>\n" for n, words in enumerate(notes, 1))
    if _FOOTNOTES_BLOCK.search(content):
        content = _FOOTNOTES_BLOCK.sub(lambda _: printed, content, count=1)
        printed = ""
    embeds = [
        found["name"]
        for found in _COMMENT.finditer(content)
        if found["name"].startswith(("embed", "core-embed"))
    ]
    content = _OTHER_COMMENT.sub("", content)
    content, dropped = _without_shortcodes(content)
    if not is_blocks:
        content = _paragraphs(content)
    return f"{content}\n{printed}", list(dict.fromkeys([*dropped, *embeds]))


def _with_footnotes(content: str, footnotes: dict[str, str]) -> tuple[str, list[str]]:
    """The content with its references to footnotes numbered in order, and the notes."""
    order: list[str] = []

    def numbered(found: re.Match[str]) -> str:
        if found["id"] not in footnotes:
            return found.group()
        if found["id"] not in order:
            order.append(found["id"])
        return f"<sup>{order.index(found['id']) + 1}</sup>"

    content = _FOOTNOTE_REFERENCE.sub(numbered, content)
    unused = [key for key in footnotes if key not in order]
    return content, [footnotes[key] for key in [*order, *unused]]


def _with_inline_notes(content: str, notes: list[str]) -> tuple[str, list[str]]:
    """The content with notes that stand in shortcodes or double brackets taken out and numbered."""
    if notes:
        return content, notes
    found: list[str] = []

    def numbered(match: re.Match[str]) -> str:
        found.append((match["words"] or match["doubled"]).strip())
        return f"<sup>{len(found)}</sup>"

    return _INLINE_NOTES.sub(numbered, content), found


def _without_shortcodes(content: str) -> tuple[str, list[str]]:
    """The content without shortcodes; the words between two that belong together stay."""
    names = set(_CLOSERS.findall(content))
    dropped = [found[1] for found in _KNOWN.finditer(content)]
    dropped += [f[1] for f in _WITH_ATTRIBUTES.finditer(content) if f[1] not in names]
    content = _KNOWN.sub("", _WITH_ATTRIBUTES.sub("", content))
    for name in names:
        content = re.sub(rf"\[/?{re.escape(name)}(?:\s[^\]]*)?\]", "", content)
    return content, dropped


def _paragraphs(content: str) -> str:
    """Classic content as WordPress shows it: a blank line begins a paragraph, a line end a line."""
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    content = _AROUND_BLOCKS.sub(r"\g<end>\n\n", content)  # what follows a block is a paragraph
    made = []
    for chunk in re.split(r"\n\s*\n", content):
        if not chunk.strip():
            continue
        lines = _AFTER_BLOCK.sub(r"\1\n", _LINE_END.sub("<br>", chunk.strip("\n")))
        lines = re.sub(r"(<br\s*/?>)<br>", r"\1", lines)
        made.append(lines if _BLOCK.match(chunk) else f"<p>{lines}</p>")
    return "\n".join(made)
