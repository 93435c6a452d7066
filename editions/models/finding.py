"""Rows by which editions are found: citations, organisations, neighbours, former addresses."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models import Case, ConflictType, InitiativeType
from organisations.models import Country, Organisation
from sources.models import LONGEST_LOCATOR, LONGEST_PASSAGE, Source

from .editions import Edition


class EditionCitation(models.Model):
    """That a note of an edition cites a source, and where in it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="citations")
    note_number = models.PositiveIntegerField(_("note"))
    position = models.PositiveSmallIntegerField(_("place in the note"), default=0)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="edition_citations")
    locator = models.CharField(_("locator"), max_length=LONGEST_LOCATOR, blank=True)
    passage = models.CharField(_("passage"), max_length=LONGEST_PASSAGE, blank=True)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["edition", "note_number", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "note_number", "position"], name="citation_place_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}, {self.note_number}: {self.source_id}"


class Participation(models.Model):
    """That an organisation took part in an edition's initiative. An index: the names as they
    stood are in the edition's record, so a merge may re-point these rows."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="participations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="edition_participations"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("main implementing organisation")
        verbose_name_plural = _("main implementing organisations")
        ordering = ["edition", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "organisation"], name="edition_names_an_organisation_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Neighbour(models.Model):
    """One of a case's “More posts”, in order, and why: chosen by hand, or worked out at publication
    from the fact that is named here. Names are read when the page is shown, so that they are those
    of today, also after a merge."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("in the same country")
        DONE_BY = "done-by", _("the same type of initiative by the same organisation")
        TOOK_PART = "took-part", _("the same organisation took part")
        TYPES = "types", _("the same type of initiative or of conflict")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="neighbours")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="neighbour_of")
    position = models.PositiveSmallIntegerField(_("position"))
    chosen = models.BooleanField(_("chosen by the editors"), default=False)
    kind = models.CharField(_("kind of reason"), max_length=10, choices=Kind, blank=True)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("country")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("organisation"),
    )
    initiative_type = models.ForeignKey(
        InitiativeType,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("type of initiative"),
    )
    conflict_type = models.ForeignKey(
        ConflictType,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("type of conflict"),
    )
    decade = models.SmallIntegerField(
        _("decade"), null=True, help_text=_("In which both initiatives began: 1990.")
    )

    class Meta:
        verbose_name = _("neighbour")
        verbose_name_plural = _("neighbours")
        ordering = ["case", "position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="neighbour_once"),
            models.CheckConstraint(
                name="neighbour_reason_names_its_fact",
                condition=models.Q(kind="")
                | models.Q(kind="country", country__isnull=False)
                | models.Q(
                    kind="done-by", organisation__isnull=False, initiative_type__isnull=False
                )
                | models.Q(kind="took-part", organisation__isnull=False)
                | models.Q(kind="types", initiative_type__isnull=False)
                | models.Q(kind="types", conflict_type__isnull=False),
                violation_error_message=_("A reason names the fact that two cases share."),
            ),
            models.CheckConstraint(
                name="neighbour_is_another_case", condition=~models.Q(case=models.F("other"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.other_id}"


class CaseAddress(models.Model):
    """A slug that a published case had once; its addresses lead to the present ones."""

    slug = models.SlugField(_("former slug"), max_length=120, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="former_addresses")

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug


class LeadingAddress(models.Model):
    """An address on another site at which a published case stood once: it leads to the case in
    print. Written at publication, from the old addresses that the case has then."""

    address = models.CharField(_("old address"), max_length=300, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="leading_addresses")

    class Meta:
        verbose_name = _("address that leads to a case")
        verbose_name_plural = _("addresses that lead to cases")

    def __str__(self) -> str:
        return self.address
