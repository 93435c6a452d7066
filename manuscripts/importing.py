"""Imports the articles of files one after the other: a transaction and a report for each."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .files import Article, read
from .parse.decoding import Refused
from .report import refusal, report
from .resolve.directory import Directory
from .resolve.resolve import resolve
from .resolve.resolved import Resolved
from .store import AlreadyImported, store

_ENDINGS = (".txt", ".docx", ".html", ".htm", ".xml", ".text", ".md")


class Importer:
    """Imports articles as `by`, or only says what would become of them where `dry` is true.

    What we have is loaded once; what is made of each article is known to the next.
    """

    def __init__(self, by: User, *, dry: bool = False) -> None:
        self.by = by
        self.dry = dry
        self.directory = Directory.load()

    def import_file(self, path: Path) -> Iterator[dict[str, Any]]:
        """The report on each article of a file as it is done; a refusal of what cannot be read."""
        articles = read(path)
        while True:
            try:
                article = next(articles)
            except StopIteration:
                return
            except Refused as refused:
                yield refusal(path.name, str(refused))
                return
            yield self.import_article(article)

    def import_article(self, article: Article) -> dict[str, Any]:
        """Import one article and return its report. An article that a case was made of already is
        known by its digest."""
        try:
            manuscript = article.read()
        except Refused as refused:
            title = article.text.strip().partition("\n")[0][:80]
            where = f"{title}: " if article.origin and title else ""
            return refusal(article.name, f"{where}{refused}")
        resolved = resolve(manuscript, self.directory)
        if resolved.status == "imported":
            try:
                self._take(resolved)
            except ValidationError as invalid:
                return refusal(article.name, f"It cannot be stored: {'; '.join(invalid.messages)}")
        return report(resolved)

    def _take(self, resolved: Resolved) -> None:
        """Store what was resolved, or pretend to; the directory knows it from then on."""
        if self.dry:
            self.directory.pretend(resolved)
            return
        reason = _("Imported from %(name)s") % {"name": resolved.manuscript.name}
        try:
            store(resolved, by=self.by, reason=reason)
        except AlreadyImported as twin:
            resolved.status, resolved.slug = "duplicate-of", twin.case.slug
            return
        except ValidationError:
            self.directory = Directory.load()  # somebody else has taken a key or a name meanwhile
            again = resolve(resolved.manuscript, self.directory)
            store(again, by=self.by, reason=reason)
            resolved.__dict__.update(again.__dict__)
        self.directory.learn(resolved)


def files_of(paths: Iterable[str]) -> list[Path]:
    """The files among `paths`, and those in folders among them that may be articles, by name."""
    files: list[Path] = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            files += sorted(p for p in path.iterdir() if p.suffix.lower() in _ENDINGS)
        else:
            files.append(path)
    return files
