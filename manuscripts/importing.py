"""Imports articles one after the other: a transaction and a report for each."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from cases.models import Case

from .files import Article, files_at
from .models import ImportedArticle
from .parse.decoding import Refused
from .report import again, refusal, report
from .resolve.directory import Directory, earlier_imports
from .resolve.resolve import resolve
from .resolve.resolved import Resolved
from .store import AlreadyImported, store

_ENDINGS = (".txt", ".docx", ".html", ".htm", ".xml", ".text", ".md", ".zip")
Report = dict[str, Any]


class Importer:
    """Imports articles as `by`, or only says what would become of them where `dry` is true.

    What we have is loaded once; what is made of each article is known to the next.
    """

    def __init__(self, by: User, *, dry: bool = False) -> None:
        self.by = by
        self.dry = dry
        self._earlier = earlier_imports()

    @cached_property
    def directory(self) -> Directory:
        """What we have; not loaded where every article is here already."""
        return Directory.load()

    def forget(self) -> None:
        """Load what we have anew: somebody else has changed it meanwhile."""
        self.__dict__.pop("directory", None)
        self._earlier = earlier_imports()

    def import_file(self, path: Path) -> Iterator[Report]:
        """The report on each article of a file as it is done; a refusal of what cannot be read."""
        for name, articles in files_at(path):
            try:
                for article in articles:
                    yield self.import_article(article)
            except Refused as refused:
                yield refusal(name, str(refused))

    def import_article(self, article: Article) -> Report:
        """Import one article and return its report: `understand`, then `take`."""
        understood = self.understand(article)
        return self.take(understood) if isinstance(understood, Resolved) else understood

    def understand(self, article: Article) -> Resolved | Report:
        """What an article says and means here; its report where there is no more to do: it is
        refused, or known by its digest and was reported on before. Stores nothing."""
        try:
            known = self._known(article)
            return known or resolve(article.read(), self.directory)
        except Refused as refused:
            return refused_article(article, str(refused))

    def take(self, resolved: Resolved) -> Report:
        """Store what was resolved, or pretend to; the directory knows it from then on. The report
        says what became of it."""
        if resolved.status == "imported":
            try:
                self._store(resolved)
            except ValidationError as invalid:
                reason = f"It cannot be stored: {'; '.join(invalid.messages)}"
                return refusal(resolved.manuscript.name, reason)
        return report(resolved)

    def _known(self, article: Article) -> Report | None:
        """The report on the same text before, if a case was made of it and it is still kept."""
        digest = article.digest
        found = self._earlier.get(digest[:32])
        if found is None:
            return None
        name, slug = found
        kept = ImportedArticle.objects.imported().of_text(digest).first()
        status = "unchanged" if name == digest[32:] else "duplicate-of"
        return again(kept.report, article.name, status, slug) if kept and kept.report else None

    def _store(self, resolved: Resolved) -> None:
        if self.dry:
            self.directory.pretend(resolved)
            return
        reason = _("Imported from %(name)s") % {"name": resolved.manuscript.name}
        try:
            store(resolved, by=self.by, reason=reason)
        except AlreadyImported as twin:
            resolved.status, resolved.slug = "duplicate-of", twin.case.slug
            return
        except (ValidationError, IntegrityError):
            self.forget()  # somebody else has taken a key or a name meanwhile
            anew = resolve(resolved.manuscript, self.directory)
            store(anew, by=self.by, reason=reason)
            resolved.__dict__.update(anew.__dict__)
        self.directory.learn(resolved)
        digest = resolved.manuscript.digest
        self._earlier[digest[:32]] = (digest[32:], resolved.slug or "")


def refused_article(article: Article, reason: str) -> Report:
    """The refusal of an article; of one of many its first line is named."""
    where = f"{article.first_line[:80]}: " if article.origin and article.first_line else ""
    return refusal(article.name, f"{where}{reason}")


def case_of_text(digest: str) -> Case | None:
    """The case that was made of the text with that digest, under any name."""
    return Case.objects.defer("body").filter(import_digest__startswith=digest[:32]).first()


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
