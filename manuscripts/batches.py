"""Batches of many articles: begun, read in row by row, stopped and gone on with.

The articles of files are stored as rows, as they come; `manuscripts.batch_work` makes drafts of
them. Whoever is killed while reading goes on behind the last row that was stored.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import IO

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from revisions import audit

from .files import Article
from .importing import refused_article
from .models import ImportBatch, ImportedArticle
from .parse.decoding import Refused
from .parse.manuscript import Caution, Origin
from .report import refusal

State, Status = ImportBatch.State, ImportedArticle.Status
_AT_ONCE = 50  # rows that are stored in one transaction, of so many letters at most:
_LETTERS = 2_000_000


class WrongState(RuntimeError):
    """The import is not in a state in which this can be done; the message says why."""


def fingerprint(files: Iterable[tuple[str, IO[bytes] | None]]) -> str:
    """What tells the same files given again: 64 hexadecimal digits of their names and contents."""
    whole = hashlib.sha256()
    for name, file in files:
        content = hashlib.sha256()
        if file is not None:
            file.seek(0)
            while data := file.read(1_000_000):
                content.update(data)
            file.seek(0)
        whole.update(f"{name}\0{content.hexdigest()}\n".encode("utf-8", "replace"))
    return whole.hexdigest()


def begin(name: str, *, by: User, fingerprint: str) -> ImportBatch:
    """A new batch; or the one of the same files by the same person that was not finished."""
    with transaction.atomic():
        open_ones = ImportBatch.objects.exclude(state=State.FINISHED)
        batch = open_ones.filter(by=by, fingerprint=fingerprint).first()
        if batch is None:
            batch = ImportBatch(name=_storable(name)[:200], by=by, fingerprint=fingerprint)
            batch.full_clean()
            batch.save()
            audit.record(batch, audit.Action.IMPORT_BEGUN, by=by)
    return batch


def read_in(batch: ImportBatch, files: Iterable[tuple[str, Iterable[Article]]]) -> Iterator[int]:
    """Store the articles of files, each with its base name, as rows of the batch; how many there
    are, again and again. What is there already is passed over. Then drafts can be made of them.

    A file that cannot be read, or stops in the middle, is a row that says so; what was read of it
    before stays.
    """
    there = batch.articles.count()
    rows: list[ImportedArticle] = []
    for position, row in enumerate(_rows(files)):
        if position < there:
            continue
        row.batch, row.position = batch, position
        row.clean_fields()
        rows.append(row)
        if len(rows) >= _AT_ONCE or sum(len(row.text) for row in rows) > _LETTERS:
            ImportedArticle.objects.bulk_create(rows)
            rows = []
            yield position + 1
    ImportedArticle.objects.bulk_create(rows)
    _move(batch, (State.READING,), State.IMPORTING)
    yield batch.articles.count()


def read_all(
    files: Iterable[tuple[str, Iterable[Article]]], *, name: str, by: User, fingerprint: str
) -> ImportBatch:
    """`begin` and `read_in`, for whoever leaves the rest to the worker."""
    batch = begin(name, by=by, fingerprint=fingerprint)
    for _count in read_in(batch, files):
        pass
    if batch.state == State.STOPPED:
        go_on(batch, by=by)
    return batch


def stop(batch: ImportBatch, *, by: User) -> None:
    """Let the articles that wait be; the one in hand is done first. Raises WrongState."""
    with transaction.atomic():
        if not _move(batch, (State.READING, State.IMPORTING), State.STOPPED):
            raise WrongState(_("This import is not under way."))
        audit.record(batch, audit.Action.IMPORT_STOPPED, by=by)


def go_on(batch: ImportBatch, *, by: User) -> None:
    """Import the articles that wait: after a stop, or of a file that was not read to its end.
    Raises WrongState."""
    with transaction.atomic():
        if not _move(batch, (State.READING, State.STOPPED), State.IMPORTING):
            raise WrongState(_("This import is under way or finished."))
        audit.record(batch, audit.Action.IMPORT_RESUMED, by=by)


def _move(batch: ImportBatch, before: Iterable[str], after: str) -> bool:
    """Whether it was in one of the states before; of two that move it at once, one did."""
    moved = ImportBatch.objects.filter(pk=batch.pk, state__in=before).update(state=after)
    batch.refresh_from_db()
    return bool(moved)


def article_of(row: ImportedArticle) -> Article:
    """The article as it was read from its file."""
    cautions = [Caution(c["code"], c["line"], c["text"]) for c in row.cautions]
    return Article(row.name, row.text, cautions, origin_of(row))


def origin_of(row: ImportedArticle) -> Origin | None:
    """Where an article stood before; None where its file does not say."""
    if not row.origin:
        return None
    many = {name: tuple(row.origin.get(name, ())) for name in _SEVERAL}
    return Origin(**{**row.origin, **many})


_SEVERAL = ("other_addresses", "categories", "tags")


def _rows(files: Iterable[tuple[str, Iterable[Article]]]) -> Iterator[ImportedArticle]:
    for name, articles in files:
        try:
            for article in articles:
                yield _row(article)
        except Refused as refused:
            name = _storable(name)[:255]
            report = refusal(name, str(refused))
            yield ImportedArticle(name=name, status=Status.REFUSED, report=report)


def _row(article: Article) -> ImportedArticle:
    row = ImportedArticle(
        name=_storable(article.name)[:255],
        title=_storable(article.first_line)[:300],
        origin=asdict(article.origin) if article.origin else {},
        cautions=[{"code": c.code, "line": c.line, "text": c.text} for c in article.cautions],
    )
    try:
        row.digest, row.text = article.digest, article.text
    except Refused as refused:
        row.status, row.report = Status.REFUSED, refused_article(article, str(refused))
    return row


def _storable(text: str) -> str:
    """The text without what no database takes: NUL, and halves of letters."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
