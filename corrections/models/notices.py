"""The public notices: what is said of an edition after it was published."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from editions.models import Edition, long_columns
from revisions.append_only import AppendOnly, AppendOnlyQuerySet

from .corrections import REFERENCE, WORDS, Correction

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_OF_THE_CORRECTION = (*WORDS, "reason", "notice_before", "notice_after", "notice_why")
_WITHOUT_A_NEW_EDITION = ("expression_of_concern", "concern_lifted", "removal")


class NoticeQuerySet(AppendOnlyQuerySet):
    def public(self) -> "NoticeQuerySet":
        """All notices, newest first, with all that a row or a notice's page shows; one query."""
        return (
            self.select_related("case", "found_in", "mended_in", "lifts", "lifted_by")
            .select_related("correction__sender_details")
            .defer("case__body", *long_columns("found_in"), *long_columns("mended_in"))
            .defer(*(f"correction__{name}" for name in _OF_THE_CORRECTION))
            .order_by("-published_at", "-pk")
        )

    def standing(self) -> "NoticeQuerySet":
        """Expressions of concern that nobody has lifted."""
        return self.filter(kind=Notice.Kind.CONCERN, lifted_by=None)

    def withhold(self, said: str, *, because: str) -> int:
        """Empty what these notices quote (`said` is "before" or "after"); a notice that says
        nothing else says why. Only `desk.removing` asks for it, where an edition is removed."""
        unsaid = {name: "" for name in ("before", "after", "why") if name != said}
        changed = models.QuerySet.update(self.filter(**unsaid), why=because)
        return changed + models.QuerySet.update(self, **{said: ""})


class Notice(AppendOnly):
    """The public statement that an edition corrected, updated or withdrew something; that a claim
    is being checked, or was; or that an edition was removed. `corrections.events` says which kind
    goes with what."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        ERRATUM = "erratum", _("Erratum")
        ADDENDUM = "addendum", _("Addendum")
        CONCERN = "expression_of_concern", _("Expression of concern")
        CONCERN_LIFTED = "concern_lifted", _("Expression of concern lifted")
        WITHDRAWAL = "withdrawal", _("Withdrawal")
        REMOVAL = "removal", _("Removal")

    reference = models.CharField(
        _("reference"), max_length=12, unique=True, validators=[RegexValidator(REFERENCE)]
    )
    correction = models.OneToOneField(
        Correction,
        on_delete=models.PROTECT,
        related_name="notice",
        verbose_name=_("correction"),
        null=True,
        blank=True,
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="notices", verbose_name=_("case")
    )
    found_in = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        related_name="notices_found",
        verbose_name=_("found in"),
        help_text=_("The edition that it speaks of; of a concern, the one then in print."),
    )
    mended_in = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        related_name="notices",
        verbose_name=_("mended in"),
        null=True,
        blank=True,
        help_text=_("The edition that says it rightly, or withdraws it; none has a concern."),
    )
    lifts = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        related_name="lifted_by",
        verbose_name=_("lifts"),
        null=True,
        blank=True,
        help_text=_("The expression of concern that is lifted by it."),
    )
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    why = models.TextField(_("why"), blank=True)
    credit_commitment = models.CharField(max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("published by"),
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-published_at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["-published_at", "-id"], name="notice_newest")]
        constraints = [
            models.CheckConstraint(
                name="notice_says_something",
                condition=~Q(before="", after="", why=""),
                violation_error_message=_("A notice says what changed, or why."),
            ),
            models.CheckConstraint(
                name="notice_is_of_a_known_kind",
                condition=Q(
                    kind__in=[
                        *("correction", "clarification", "erratum", "addendum", "withdrawal"),
                        *_WITHOUT_A_NEW_EDITION,
                    ]
                ),
                violation_error_message=_("There is no such kind of notice."),
            ),
            models.CheckConstraint(
                name="notice_mended_in_another_edition",
                condition=~Q(found_in=F("mended_in")),
                violation_error_message=_("What was found in an edition is mended in a later one."),
            ),
            models.CheckConstraint(
                name="notice_names_the_edition_that_mends",
                condition=Q(kind__in=_WITHOUT_A_NEW_EDITION, mended_in=None)
                | (~Q(kind__in=_WITHOUT_A_NEW_EDITION) & Q(mended_in__isnull=False)),
                violation_error_message=_(
                    "A notice names the edition that mends; a concern or a removal has none."
                ),
            ),
            models.CheckConstraint(
                name="notice_lifts_a_concern",
                condition=Q(kind="concern_lifted", lifts__isnull=False)
                | (~Q(kind="concern_lifted") & Q(lifts=None)),
                violation_error_message=_("A concern is lifted by a notice that names it."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("notice", args=[self.reference])

    @property
    def edition(self) -> Edition:
        """The edition under whose title it stands: the one that mends, else the one it is of."""
        return self.mended_in or self.found_in

    @property
    def title(self) -> str:
        """What it is about, as readers know it."""
        return self.edition.title

    @property
    def credit(self) -> str:
        """The name of who reported it, if they wanted that; blank once it is erased."""
        return self.correction.credit if self.credit_commitment and self.correction else ""

    def speaks_of(self, number: int) -> bool:
        """Whether readers of the edition of that number should know: it was found there or before,
        or it is of a concern, which is about the case whichever edition is read."""
        of_a_concern = self.kind in (self.Kind.CONCERN, self.Kind.CONCERN_LIFTED)
        return of_a_concern or self.found_in.number <= number

    @property
    def is_standing_concern(self) -> bool:
        """Whether it is an expression of concern that nobody has lifted."""
        return self.kind == self.Kind.CONCERN and getattr(self, "lifted_by", None) is None

    @property
    def decided_by(self) -> "StrOrPromise":
        """The office that decided; who held it is not public."""
        if self.kind == self.Kind.REMOVAL:
            return _("An administrator and a second person, on a legal ground")
        return _("A moderator of the collection")
