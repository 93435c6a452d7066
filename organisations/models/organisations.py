"""Organisations that took part in initiatives, with all their names."""

import reversion
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from revisions.models import Revised

from .places import Country
from .terms import Term, names_in


class OrganisationKind(Term):
    """A kind of organisation: the United Nations, a regional organisation, a government …"""

    vocabulary = "organisation-kinds"

    class Meta(Term.Meta):
        verbose_name = _("kind of organisation")
        verbose_name_plural = _("kinds of organisation")


PARTS_DEEP = 3  # an organisation's parts, their parts and the parts of these count as its own


class OrganisationQuerySet(models.QuerySet):
    def kept(self) -> "OrganisationQuerySet":
        """Those that have not been merged into another."""
        return self.filter(merged_into=None)

    def with_parts(self, slugs: list[str]) -> "OrganisationQuerySet":
        """Those of these slugs and their parts, PARTS_DEEP."""
        wanted = Q(slug__in=slugs)
        for depth in range(1, PARTS_DEEP + 1):
            wanted |= Q(**{f"{'__'.join(['parent'] * depth)}__slug__in": slugs})
        return self.filter(wanted)


@reversion.register()
class Organisation(Revised):
    """Who took part: an intergovernmental body, a government, an NGO, local people, a coalition."""

    name = models.CharField(
        _("name"),
        max_length=200,
        unique=True,
        help_text=_("The full name, without a leading “the”."),
    )
    slug = models.SlugField(
        _("slug"),
        max_length=120,
        unique=True,
        help_text=_("The organisation's name in addresses. It is cited: change it with care."),
    )
    short_name = models.CharField(
        _("short name"), max_length=60, blank=True, help_text=_("Such as UN or OSCE.")
    )
    other_names = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("Names that mean this organisation, one per line: OAU, the UN."),
    )
    kind = models.ForeignKey(
        OrganisationKind,
        on_delete=models.PROTECT,
        related_name="organisations",
        verbose_name=_("kind"),
    )
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="organisations",
        verbose_name=_("country"),
        null=True,
        blank=True,
        help_text=_("For a government or a national body."),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="parts",
        verbose_name=_("part of"),
        null=True,
        blank=True,
    )
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="predecessors",
        verbose_name=_("succeeded by"),
        null=True,
        blank=True,
        help_text=_("The organisation that took its place: the AU for the OAU."),
    )
    founded = models.IntegerField(
        _("founded"),
        null=True,
        blank=True,
        help_text=_("The year since which it has been there; below 0 is BCE."),
    )
    ended = models.IntegerField(
        _("ended"),
        null=True,
        blank=True,
        help_text=_("The year in which it ended or another took its place; blank: it is there."),
    )
    website = models.URLField(_("website"), blank=True)
    wikidata = models.CharField(
        _("Wikidata"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^Q[1-9][0-9]*\Z", _("A Wikidata item looks like Q1065."))],
    )
    ror = models.CharField(
        _("ROR"),
        max_length=9,
        blank=True,
        validators=[
            RegexValidator(
                r"^0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}\Z", _("A ROR identifier looks like 00dqnxv22.")
            )
        ],
        help_text=_("The nine characters after https://ror.org/."),
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="merged",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("merged into"),
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="organisation_not_its_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("pk")),
                violation_error_message=_("An organisation cannot be part of itself."),
            ),
            models.CheckConstraint(
                name="organisation_not_its_own_successor",
                condition=Q(successor=None) | ~Q(successor=F("pk")),
                violation_error_message=_("An organisation cannot succeed itself."),
            ),
            models.CheckConstraint(
                name="organisation_ends_after_it_was_founded",
                condition=Q(founded=None) | Q(ended=None) | Q(ended__gte=F("founded")),
                violation_error_message=_("An organisation ends after it was founded."),
            ),
            models.CheckConstraint(
                name="organisation_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                violation_error_message=_("An organisation cannot be merged into itself."),
            ),
        ]
        permissions = [("merge_organisation", "Can merge two organisations")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.slug])

    @property
    def names(self) -> list[str]:
        """Every name it is known by, its full one first."""
        return [n for n in (self.name, self.short_name, *names_in(self.other_names)) if n]
