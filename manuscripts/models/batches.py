"""Imports of many articles: the batch, and every article of it with what became of it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case


class BatchQuerySet(models.QuerySet["ImportBatch"]):
    def free_to_work(self, now: datetime | None = None) -> "BatchQuerySet":
        """Those that a worker may go on with: under way, and in nobody's hands."""
        nobodys = Q(taken_until=None) | Q(taken_until__lt=now or timezone.now())
        return self.filter(nobodys, state=ImportBatch.State.IMPORTING).order_by("pk")


class ImportBatch(models.Model):
    """One import of files with many articles. While it is READING, rows are made of them; while it
    is IMPORTING, drafts of the rows, one after the other; who stops it can go on with it.

    `fingerprint` tells the same files given again. `taken_until` is the lease of the process that
    imports it, so that two do not read the same article at once; that none is stored twice is kept
    by the rows themselves (`manuscripts.batches`)."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        IMPORTING = "importing", _("being imported")
        STOPPED = "stopped", _("stopped")
        FINISHED = "finished", _("finished")

    name = models.CharField(_("name"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("imported by"),
    )
    fingerprint = models.CharField(_("fingerprint of the files"), max_length=64, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    taken_until = models.DateTimeField(_("taken until"), null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="import_batch_state_known",
                condition=Q(state__in=("reading", "importing", "stopped", "finished")),
                violation_error_message=_(
                    "An import is being read, being imported, stopped or finished."
                ),
            ),
            models.CheckConstraint(
                name="import_batch_finished_at_its_end",
                condition=Q(state="finished", finished_at__isnull=False)
                | (~Q(state="finished") & Q(finished_at__isnull=True)),
                violation_error_message=_("An import that is finished says when, no other does."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ArticleQuerySet(models.QuerySet["ImportedArticle"]):
    def waiting(self) -> "ArticleQuerySet":
        """Those of which nothing has become yet, in their order."""
        return self.filter(status=ImportedArticle.Status.WAITING).order_by("batch_id", "position")

    def imported(self) -> "ArticleQuerySet":
        """Those that a draft was made of, whatever became of it."""
        return self.filter(status=ImportedArticle.Status.IMPORTED)

    def of_text(self, digest: str) -> "ArticleQuerySet":
        """Those with the words of that digest, under any name, the newest first."""
        half = digest[:32]
        return self.filter(digest__gte=half, digest__lt=f"{half}g").order_by("-pk")


class ImportedArticle(models.Model):
    """One article of a batch: its text, where it stood before, and what became of it.

    `origin` has the fields of `parse.manuscript.Origin` or is empty; `cautions` are those of the
    file; `report` is as docs/importing.md says, none while the article waits. What was refused
    because its file could not be read has no text. `case` is the draft that was made of it, or the
    one that was there already. It outlives a discarded draft, and is whole again when the draft is
    brought back, which keeps its primary key.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        IMPORTED = "imported", _("imported")
        UNCHANGED = "unchanged", _("here already")
        DUPLICATE = "duplicate-of", _("here under another name")
        REFUSED = "refused", _("refused")

    batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, related_name="articles", verbose_name=_("import")
    )
    position = models.PositiveIntegerField(_("position"))
    name = models.CharField(_("file"), max_length=255)
    title = models.CharField(_("first line"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    digest = models.CharField(_("digest of text and name"), max_length=64, blank=True)
    origin = models.JSONField(_("where it stood"), default=dict, blank=True)
    cautions = models.JSONField(_("warnings of the file"), default=list, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.WAITING)
    report = models.JSONField(_("report"), null=True, blank=True)
    case = models.ForeignKey(
        Case,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="imported_articles",
        null=True,
        blank=True,
        verbose_name=_("case"),
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported article")
        verbose_name_plural = _("imported articles")
        ordering = ["batch_id", "position"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["digest"], name="imported_text"),
            models.Index(fields=["batch", "status", "position"], name="imported_next"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "position"],
                name="imported_article_once",
                violation_error_message=_("This import has an article in this place already."),
            ),
            models.CheckConstraint(
                name="imported_article_status_known",
                condition=Q(
                    status__in=("waiting", "imported", "unchanged", "duplicate-of", "refused")
                ),
                violation_error_message=_("An article waits, or one of four things became of it."),
            ),
            models.CheckConstraint(
                name="imported_article_reported_when_done",
                condition=Q(status="waiting", report__isnull=True)
                | (~Q(status="waiting") & Q(report__isnull=False)),
                violation_error_message=_("What became of an article is said in its report."),
            ),
            models.CheckConstraint(
                name="imported_article_has_its_case",
                condition=Q(status__in=("waiting", "refused"), case__isnull=True)
                | Q(status__in=("imported", "unchanged", "duplicate-of"), case__isnull=False),
                violation_error_message=_("An article has a case when it was not refused."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def address(self) -> str:
        """Where it stood before; the name of its file where that does not say."""
        return self.origin.get("address") or self.name

    @property
    def reason(self) -> str:
        """Why it is no new draft, in words; blank where it is one, or waits."""
        return (self.report or {}).get("reason") or ""

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """What the import was not sure of: each with code, line and text."""
        return (self.report or {}).get("warnings", [])
