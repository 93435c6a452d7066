"""An import on its way to readers: what was found in its drafts, what is set aside, what was asked
to be published in one go, and what became of each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from manuscripts.models import ImportBatch, ImportedArticle


class KeptFindings(models.Model):
    """What proofreading found in a case when its lock number was `lock`: a list of objects with
    `code`, `message` and `stops`, and how many of them stop publication. Publication looks again;
    this is for showing many cases."""

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, primary_key=True, related_name="kept_findings"
    )
    lock = models.PositiveIntegerField(_("lock number"))
    findings = models.JSONField(_("findings"), default=list, blank=True)
    stopping = models.PositiveIntegerField(_("those that stop publication"), default=0)
    looked_at = models.DateTimeField(_("looked at"), default=timezone.now)

    class Meta:
        verbose_name = _("findings of a draft")
        verbose_name_plural = _("findings of drafts")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.case_id}: {len(self.findings)}"


class SetAside(models.Model):
    """That an article is left out when its import is published, by whom and why."""

    article = models.OneToOneField(
        ImportedArticle, on_delete=models.CASCADE, primary_key=True, related_name="set_aside"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("set aside by"),
    )
    set_at = models.DateTimeField(_("set aside"), default=timezone.now)
    why = models.CharField(_("why"), max_length=300)

    class Meta:
        verbose_name = _("article set aside")
        verbose_name_plural = _("articles set aside")
        default_permissions = ()

    def __str__(self) -> str:
        return self.why


class BatchPublication(models.Model):
    """That somebody decided to publish the drafts of an import that stand in its entries. The
    worker does it; it is done when no entry waits."""

    batch = models.ForeignKey(
        ImportBatch,
        on_delete=models.PROTECT,
        related_name="publications",
        verbose_name=_("import"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("published by"),
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)

    class Meta:
        verbose_name = _("publication of an import")
        verbose_name_plural = _("publications of imports")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.batch)


class EntryQuerySet(models.QuerySet["BatchEntry"]):
    def waiting(self) -> "EntryQuerySet":
        """Those of which nothing has become yet, in the order in which they were asked for."""
        return self.filter(state=BatchEntry.State.WAITING).order_by("pk")


class BatchEntry(models.Model):
    """One draft to be published, as its lock number was when that was decided; and what became of
    it, in words."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        PUBLISHED = "published", _("published")
        SKIPPED = "skipped", _("skipped")

    publication = models.ForeignKey(
        BatchPublication, on_delete=models.PROTECT, related_name="entries"
    )
    article = models.ForeignKey(ImportedArticle, on_delete=models.PROTECT, related_name="entries")
    lock = models.PositiveIntegerField(_("lock number"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    outcome = models.TextField(_("what became of it"), blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft to be published")
        verbose_name_plural = _("drafts to be published")
        ordering = ["publication", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "article"], name="batch_entry_once_in_a_publication"
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(state="waiting"),
                name="batch_entry_waits_once",
                violation_error_message=_("This draft waits for its publication already."),
            ),
            models.CheckConstraint(
                name="batch_entry_done_at_its_end",
                condition=Q(state="waiting", done_at__isnull=True)
                | (~Q(state="waiting") & Q(done_at__isnull=False)),
                violation_error_message=_("What became of a draft has its time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.state}"
