"""Makes drafts of the rows of a batch, each in one transaction with what became of it.

A kill leaves a draft and its row settled, or neither. Several processes may work on one batch: none
takes a row that another has, and a row that is settled is left alone.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from time import monotonic

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from revisions import audit

from .batches import article_of
from .importing import Importer, Report, case_of_text
from .models import ImportBatch, ImportedArticle
from .report import refusal
from .resolve.resolved import Resolved

logger = logging.getLogger(__name__)
State, Status = ImportBatch.State, ImportedArticle.Status
LEASE = timedelta(minutes=2)
_ROUND = 8.0  # seconds; then the other work of the worker has its turn
_HERE_ALREADY = (Status.UNCHANGED, Status.DUPLICATE)


def work_on_imports() -> int:
    """Go on with the import that has waited longest, for some seconds; how many articles were
    done. For the worker."""
    batch = ImportBatch.objects.free_to_work().first()
    if batch is None or not _take(batch):
        return 0
    end = monotonic() + _ROUND
    try:
        return sum(1 for _ in import_rows(batch, until=lambda: monotonic() > end))
    finally:
        release(batch)


def import_rows(
    batch: ImportBatch, until: Callable[[], bool] = lambda: False
) -> Iterator[ImportedArticle]:
    """Import the rows of a batch that wait, one after the other, and give each when it is settled;
    until that says so, the batch is stopped, or all are done: then it is finished."""
    importer = Importer(batch.by)
    for pk in batch.articles.waiting().values_list("pk", flat=True):
        if until() or not _is_under_way(batch):
            return
        row = _import_row(pk, importer)
        _renew(batch)
        if row is not None:
            yield row
    _finish(batch)


def take_over(batch: ImportBatch) -> None:
    """Hold a batch, whoever held it: for a person who knows that nobody does."""
    until = timezone.now() + LEASE
    ImportBatch.objects.filter(pk=batch.pk).update(taken_until=until)
    batch.taken_until = until


def release(batch: ImportBatch) -> None:
    """Leave a batch to others, unless one has it already."""
    ours = ImportBatch.objects.filter(pk=batch.pk, taken_until=batch.taken_until)
    ours.update(taken_until=None)


def _take(batch: ImportBatch) -> bool:
    until = timezone.now() + LEASE
    batch.taken_until = until
    free = ImportBatch.objects.free_to_work().order_by()
    return bool(free.filter(pk=batch.pk).update(taken_until=until))


def _renew(batch: ImportBatch, now: datetime | None = None) -> None:
    now = now or timezone.now()
    before = batch.taken_until
    if before is not None and before - now < LEASE / 2:
        ours = ImportBatch.objects.filter(pk=batch.pk, taken_until=before)
        if ours.update(taken_until=now + LEASE):
            batch.taken_until = now + LEASE


def _is_under_way(batch: ImportBatch) -> bool:
    return ImportBatch.objects.filter(pk=batch.pk, state=State.IMPORTING).exists()


def _finish(batch: ImportBatch) -> None:
    """Finished, unless a row is still in the hands of another process, which will finish it."""
    if not batch.articles.waiting().exists():
        under_way = ImportBatch.objects.filter(pk=batch.pk, state=State.IMPORTING)
        under_way.update(state=State.FINISHED, finished_at=timezone.now(), taken_until=None)
    batch.refresh_from_db()


def _import_row(pk: int, importer: Importer) -> ImportedArticle | None:
    """The row when it is settled; None where another process has it or had it.

    Raises what says that the database is away; any other error refuses this article, and the rest
    goes on.
    """
    row = ImportedArticle.objects.waiting().filter(pk=pk).first()
    if row is None:
        return None
    try:
        return _settled(row, importer)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("The article %s of import %s failed.", row.position, row.batch_id)
        importer.forget()
        reason = _("An error of this program, which stands in its log (%s). It is not stored.")
        with transaction.atomic():
            if not _is_ours(row):
                return None
            _settle(row, refusal(row.name, f"{row.title[:80]}: {reason % type(error).__name__}"))
    return row


def _settled(row: ImportedArticle, importer: Importer) -> ImportedArticle | None:
    article = article_of(row)
    understood = importer.understand(article)  # before the transaction: it holds nobody up
    with transaction.atomic(), audit.nobody_is_told():
        if not _is_ours(row):
            return None
        report = _taken(understood, importer)
        if report["status"] in _HERE_ALREADY and case_of_text(row.digest) is None:
            importer.forget()  # its case was discarded meanwhile
            report = _taken(importer.understand(article), importer)
        _settle(row, report)
    return row


def _is_ours(row: ImportedArticle) -> bool:
    """Whether the row still waits; it is locked from now on."""
    waiting = ImportedArticle.objects.waiting().filter(pk=row.pk)
    return waiting.select_for_update(skip_locked=True).values("pk").first() is not None


def _taken(understood: Resolved | Report, importer: Importer) -> Report:
    return importer.take(understood) if isinstance(understood, Resolved) else understood


def _settle(row: ImportedArticle, report: Report) -> None:
    row.status, row.report = report["status"], report
    row.case = None if row.status == Status.REFUSED else case_of_text(row.digest)
    row.clean_fields(exclude=["batch", "case"])
    row.save(update_fields=["status", "report", "case"])
