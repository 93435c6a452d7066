"""The case: the working copy of one case study, never public."""

from typing import Any, cast

import reversion
from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from revisions.models import Revised

from .content import CaseContent
from .facts import FACT_ROWS


class CaseQuerySet(models.QuerySet):
    def in_review(self) -> "CaseQuerySet":
        """Those that wait for a moderator, the longest waiting first."""
        return self.filter(stage=Case.Stage.IN_REVIEW).order_by("stage_changed_at")

    def of(self, user: Any) -> "CaseQuerySet":
        """Those that are assigned to `user`, or that they changed since the last edition."""
        return self.filter(Q(editor=user.pk) | Q(_changed_by(user)))

    def held_by(self, user: Any) -> "CaseQuerySet":
        """Those that would be stranded if `user` left: assigned to them, or changed by them since
        the last edition and assigned to nobody."""
        return self.filter(Q(editor=user.pk) | Q(editor=None) & Q(_changed_by(user)))

    def with_withdrawn(self) -> "CaseQuerySet":
        """Each with `is_withdrawn`: whether its edition in print withdraws it. No query more."""
        editions = cast(Any, self.model._meta.get_field("editions").related_model)
        withdrawal = editions.objects.current().filter(case=OuterRef("pk"), kind="withdrawal")
        return self.annotate(is_withdrawn=Exists(withdrawal))

    def counted(self, user: Any) -> dict[str, int]:
        """How many there are, by stage, withdrawn, and of `user`; one query. What is withdrawn is
        not counted as approved."""
        stages = {stage.value: Q(stage=stage) for stage in Case.Stage}
        stages[Case.Stage.APPROVED.value] &= Q(is_withdrawn=False)
        mine = Q(editor=user.pk) | Q(is_changed_by=True)
        counted = {"all": Q(), "mine": mine, **stages, "withdrawn": Q(is_withdrawn=True)}
        rows = self.order_by().with_withdrawn().annotate(is_changed_by=_changed_by(user))
        return rows.aggregate(
            **{name.replace("-", "_"): Count("pk", filter=q) for name, q in counted.items()}
        )


def _changed_by(user: Any) -> Exists:
    changed = Case.contributors.through.objects
    return Exists(changed.filter(case=OuterRef("pk"), user=user.pk))


_COUNTED = ("stopping", "warnings", "found", "compared")  # by proofreading, not by editors


@reversion.register(
    follow=["participations", *FACT_ROWS], exclude=["contributors", "editor", *_COUNTED]
)
class Case(CaseContent, Revised):
    """The working copy of one case study. Readers never see it; they read its editions."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in-review", _("in review")
        CHANGES_REQUESTED = "changes-requested", _("changes requested")
        APPROVED = "approved", _("approved")

    is_shown_as_it_stands = False

    slug = models.SlugField(
        _("slug"),
        max_length=120,
        unique=True,
        help_text=_("The case's name in addresses. Once published it is never changed by hand."),
    )
    organisations = models.ManyToManyField(
        Organisation, through="Participation", related_name="cases", verbose_name=_("organisations")
    )
    related = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="related_from",
        verbose_name=_("related cases"),
        help_text=_("Shown first under “More posts”; the rest is worked out from the facts."),
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False
    )
    stage_reason = models.TextField(_("reason given"), blank=True, editable=False)
    stage_changed_at = models.DateTimeField(_("in this stage since"), null=True, editable=False)
    stage_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("brought to this stage by"),
    )
    contributors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        editable=False,
        related_name="contributed_cases",
        verbose_name=_("changed since the last edition by"),
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assigned_cases",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("assigned to"),
        help_text=_("Who looks after it at present; nobody else is kept from changing it."),
    )
    stopping = models.PositiveSmallIntegerField(
        _("findings that stop publication"),
        null=True,
        editable=False,
        help_text=_("As counted when it was saved last; blank where it was not counted yet."),
    )
    warnings = models.PositiveSmallIntegerField(
        _("warnings of proofreading"), null=True, editable=False
    )
    found = models.JSONField(
        _("warnings by their rules"),
        default=dict,
        editable=False,
        help_text=_("How many each rule gives that nobody dismissed, also a rule that is off."),
    )
    compared = models.JSONField(_("what the collection says of it"), default=list, editable=False)
    import_digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta(CaseContent.Meta):
        abstract = False
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["title"]
        permissions = [
            ("submit_case", "Can submit a case for review"),
            ("publish_case", "Can publish, send back and withdraw a case"),
        ]
        constraints = [
            *CaseContent.Meta.constraints,
            models.CheckConstraint(
                name="case_stage_changed_at_and_by",
                condition=Q(stage="draft")
                | Q(stage_changed_at__isnull=False, stage_changed_by__isnull=False),
                violation_error_message=_("A stage is reached at a time and by somebody."),
            ),
        ]

    @property
    def organisation_list(self) -> list[Organisation]:
        """The organisations in the order the editors gave them."""
        return [
            row.organisation for row in self.participations.select_related("organisation__kind")
        ]


@reversion.register()
class Participation(models.Model):
    """That an organisation took part in a case's initiative, and in which place of the order."""

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="participations", verbose_name=_("case")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="participations",
        verbose_name=_("organisation"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("main implementing organisation")
        verbose_name_plural = _("main implementing organisations")
        ordering = ["case", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"],
                name="case_names_an_organisation_once",
                violation_error_message=_("This organisation is already listed."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)
