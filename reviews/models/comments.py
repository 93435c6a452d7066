"""What editors and moderators say to each other about a case: threads of comments."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from revisions.append_only import AppendOnly, AppendOnlyQuerySet

from .files import ReviewFile

LONGEST = 5000  # characters of a comment


class ThreadQuerySet(models.QuerySet):
    def of(self, case: Case) -> "ThreadQuerySet":
        """Those of a case, of all its editions, in order, with all that is said; two queries."""
        comments = models.Prefetch("comments", Comment.objects.select_related("by"))
        return (
            self.filter(file__case=case)
            .select_related("file", "resolved_by")
            .prefetch_related(comments)
            .order_by("pk")
        )

    def unresolved(self) -> "ThreadQuerySet":
        """Those that nobody has resolved."""
        return self.filter(resolved_at=None)


class Thread(models.Model):
    """A comment and its answers, about a paragraph or, where that is blank, about the whole case.

    The paragraph is known by its words; `place` says where it stood when it was commented on (see
    `editions.passages`)."""

    file = models.ForeignKey(
        ReviewFile, on_delete=models.CASCADE, related_name="threads", verbose_name=_("review")
    )
    place = models.CharField(_("place"), max_length=8, blank=True)
    paragraph = models.TextField(_("paragraph"), blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("resolved by"),
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="thread_resolved_by_somebody_at_a_time",
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                violation_error_message=_("A thread is resolved by somebody and at a time."),
            ),
            models.CheckConstraint(
                name="thread_about_a_paragraph_at_its_place",
                condition=Q(place="", paragraph="") | (~Q(place="") & ~Q(paragraph="")),
                violation_error_message=_("A paragraph has words and a place."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file}: {self.place}"

    @property
    def stood_at(self) -> int:
        """Of the paragraphs of the text, which one it was; 0 for the whole case."""
        return int(self.place[1:]) if self.place else 0


class Comment(AppendOnly):
    """What somebody said in a thread; never changed."""

    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, related_name="comments", verbose_name=_("thread")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    text = models.TextField(_("comment"), max_length=LONGEST)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="comment_says_something",
                condition=~Q(text=""),
                violation_error_message=_("Write what you have to say."),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
