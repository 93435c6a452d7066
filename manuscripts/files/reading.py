"""Reads a file into its articles: one of a text, a page or a Word file, many of an export."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ..parse import decoding, rich_text
from ..parse.decoding import LARGEST, Refused
from ..parse.manuscript import Caution, Manuscript, Origin
from ..parse.reading import read as read_text
from . import encodings, kinds, word, wordpress
from .archives import unpacked
from .html_text import plain_text


@dataclass
class Article:
    """An article of a file before it is parsed: its text, and where it stood."""

    name: str
    text: str
    cautions: list[Caution] = field(default_factory=list)
    origin: Origin | None = None

    @property
    def first_line(self) -> str:
        """The first line with words, without signs of what is rich: its title, mostly."""
        return rich_text.bare(self.text.strip().partition("\n")[0]).lstrip("# ").strip()

    @property
    def digest(self) -> str:
        """The digest that its manuscript will have: by it an unchanged one is known. Raises Refused
        where the text is none."""
        return decoding.digest(decoding.cleaned(self.text)[0], self.name)

    def read(self) -> Manuscript:
        """The article, parsed. Raises Refused, with the reason, where it is none."""
        manuscript = read_text(self.text, self.name, self.origin)
        manuscript.cautions = sorted(
            [*self.cautions, *manuscript.cautions], key=lambda caution: caution.line
        )
        if self.origin:
            _fill_in(manuscript, self.origin)
        return manuscript


def _fill_in(manuscript: Manuscript, origin: Origin) -> None:
    """The author that an export names, where the text has no by-line and it is a person's name."""
    if not manuscript.authors and len(origin.author.split()) > 1:
        manuscript.authors = [origin.author]


def articles(file: IO[bytes], name: str) -> Iterator[Article]:
    """The articles of an open file with that base name. Raises Refused for what is none of ours."""
    kind = kinds.kind_of(file)
    file.seek(0)
    if kind == kinds.ZIP:
        raise Refused("The file is a zip archive within another. Send it by itself, or unpacked.")
    if kind == kinds.WXR:
        for post in wordpress.posts(file):
            yield Article(name, post.text, post.cautions, post.origin)
    elif kind == kinds.DOCX:
        html, cautions = word.as_html(file)
        yield Article(name, _limited(plain_text(html)[0]), cautions)
    else:
        text, cautions = encodings.decoded(file.read(_most(kind) + 1), _most(kind))
        yield Article(
            name, _limited(_of_page(text) if kind == kinds.HTML else _of_text(text)), cautions
        )


def files_in(file: IO[bytes], name: str) -> Iterator[tuple[str, Iterable[Article]]]:
    """The base name and the articles of an open file; of a zip archive, of each file in it."""
    if is_archive(file):
        for inside, opened in unpacked(file, name):
            yield inside, _opened(opened, inside)
    else:
        yield name, articles(file, name)


def is_archive(file: IO[bytes]) -> bool:
    """Whether an open file is a zip archive with files that may be articles."""
    try:
        return kinds.kind_of(file) == kinds.ZIP
    except Refused:
        return False
    finally:
        file.seek(0)


def _opened(opened: Callable[[], IO[bytes]], name: str) -> Iterator[Article]:
    yield from articles(opened(), name)


def files_at(path: Path) -> Iterator[tuple[str, Iterable[Article]]]:
    """`files_in` the file at a path. What cannot be read is a file whose articles raise Refused."""
    try:
        if not path.is_file():
            raise Refused("There is no such file.")
        with path.open("rb") as file:
            yield from files_in(file, path.name)
    except Refused as refused:
        yield path.name, _refusing(str(refused))
    except OSError as error:
        yield path.name, _refusing(f"The file cannot be read: {error.strerror}.")


def _refusing(reason: str) -> Iterator[Article]:
    raise Refused(reason)
    yield  # which makes it a generator


def _most(kind: str) -> int:
    return 10 * LARGEST if kind == kinds.HTML else LARGEST


def _limited(text: str) -> str:
    if len(text) > LARGEST:
        raise Refused("The text is longer than 1 MB; an article has a few thousand words.")
    return text


def _of_text(text: str) -> str:
    return rich_text.FOREIGN.sub("", text)


def _of_page(html: str) -> str:
    """The text of a page; its title comes first where the page does not begin with it. A heading
    with which the title begins is the article's own name, and what stands before it the page's."""
    text, title = plain_text(html)
    first = text.strip().partition("\n")[0].lstrip("# ")
    if not title or rich_text.bare(first) == title:
        return text
    for heading in re.finditer(r"^## (.+)$", text, re.M):
        name = rich_text.bare(heading[1]).strip()
        after = title[len(name) :]
        if title.startswith(name) and (not after or re.match(r"\s+[-–—|·«:]\s", after)):
            return text[heading.start() :]
    return text if text.startswith("## ") else f"{title}\n\n{text}"
