"""The passages of an edition: its paragraphs and their sentences, each with an id of its own.

Ids are worked out from the frozen text by a rule (`revisions.sentences`), so that they need no
place in a record: `p3` is the third paragraph or item of a list, `p3s2` its second sentence. An
id of another rule would begin with that rule's number; none does yet.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

from revisions.sentences import breaks

_TOKEN = re.compile(r"<[^>]*>|[^<]+")
_TAG = re.compile(r"</?([a-z0-9]+)")
_LIKE = 0.6  # from which likeness on a sentence counts as changed, not as gone


@dataclass(frozen=True)
class Passage:
    """A paragraph or a sentence of an edition; `text` is its words without note markers."""

    id: str
    text: str


def passages(html: str) -> list[Passage]:
    """All passages of a text, each paragraph before its sentences."""
    found: list[Passage] = []
    _mark(html, found, lambda _id: "")
    return found


def marked(html: str, control: Callable[[str], str]) -> str:
    """The HTML of a text with the ids of its passages in it; `control` is given the id of each
    paragraph and returns the HTML to put at its end."""
    return _mark(html, [], control)


def same_or_like(text: str, others: list[Passage]) -> Passage | None:
    """The passage of `others` that says the same, or else the one most like it, if any is."""
    for other in others:
        if other.text == text:
            return other
    ratio, best = max(
        ((_likeness(text, other.text), n) for n, other in enumerate(others)), default=(0.0, 0)
    )
    return others[best] if ratio >= _LIKE else None


def _likeness(a: str, b: str) -> float:
    matcher = SequenceMatcher(None, a.split(), b.split(), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _LIKE else 0.0


def _mark(html: str, found: list[Passage], control: Callable[[str], str]) -> str:
    out: list[str] = []
    pieces = _TOKEN.findall(html)
    number = at = 0
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        if piece != "<p>" and (piece != "<li>" or _opens(pieces[at:])):
            out.append(piece)
            continue
        stop = next(_ends(pieces, at, piece))
        inside = pieces[at:stop]
        if any(not part.startswith("<") and part.strip() for part in inside):
            number += 1
            id_ = f"p{number}"
            out += [f'{piece[:-1]} id="{id_}">', _sentences(inside, id_, found), control(id_)]
        else:
            out += [piece, *inside]
        at = stop
    return "".join(out)


def _opens(tokens: list[str]) -> bool:
    """Whether an item of a list holds paragraphs, which are passages in its place."""
    return next((t for t in tokens if t.strip()), "") == "<p>"


def _ends(tokens: list[str], at: int, opened: str) -> Iterator[int]:
    """Where a paragraph ends; an item of a list ends before a list in it."""
    ends = ("</p>",) if opened == "<p>" else ("</li>", "<ul>", "<ol", "<blockquote>", "<pre>")
    yield from (n for n in range(at, len(tokens)) if tokens[n].startswith(ends))
    yield len(tokens)


def _sentences(tokens: list[str], id_: str, found: list[Passage]) -> str:
    """A paragraph's HTML with a span around each sentence. A sentence that ends within an element,
    such as emphasis, goes on to its end; note markers belong to the sentence before them."""
    text = "".join(_words(tokens))
    found.append(Passage(id_, " ".join(text.split())))
    ends = iter([*breaks(text), len(text) + 1])
    end, number, depth, raised, seen = next(ends), 1, 0, False, 0
    out, said = [f'<span id="{id_}s1">'], ""
    sentences: list[str] = []
    for token in tokens:
        if token.startswith("<"):
            closing, tag = token.startswith("</"), _TAG.match(token)
            if tag and tag[1] != "br":
                depth += -1 if closing else 1
                raised = tag[1] == "sup" and not closing if tag[1] == "sup" else raised
            out.append(token)
            continue
        if raised:
            out.append(token)
            continue
        for piece in _pieces(token, end - seen):
            words = unescape(piece)
            if seen >= end and depth == 0:
                sentences.append(said)
                said, number = "", number + 1
                gap, piece = (piece, "") if words.isspace() else ("", piece)
                out.append(f'</span>{gap}<span id="{id_}s{number}">{piece}')
                while end <= seen:
                    end = next(ends)
            else:
                out.append(piece)
            said += words
            seen += len(words)
    sentences.append(said)
    found += [
        Passage(f"{id_}s{n}", " ".join(sentence.split())) for n, sentence in enumerate(sentences, 1)
    ]
    return "".join([*out, "</span>"])


_PIECE = re.compile(r"\s+|[^\s&]+|&[^;\s]*;?")


def _pieces(token: str, cut: int) -> Iterator[str]:
    """White space, words and entities; a word over the `cut`, in characters, is divided there."""
    for piece in _PIECE.findall(token):
        length = len(unescape(piece))
        if 0 < cut < length and not piece.startswith("&"):
            yield piece[:cut]
            yield piece[cut:]
        else:
            yield piece
        cut -= length


def _words(tokens: list[str]) -> Iterator[str]:
    raised = False
    for token in tokens:
        if token.startswith("<"):
            tag = _TAG.match(token)
            if tag and tag[1] == "sup":
                raised = not token.startswith("</")
        elif not raised:
            yield unescape(token)
