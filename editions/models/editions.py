"""The edition: a numbered, frozen, rendered snapshot of a case that a moderator has published."""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case, CaseContent
from organisations.models import Country, Organisation
from revisions.append_only import Immutable
from sources.models import Source

TEXT = (
    "body",
    "critics",
    "not_known",
    "body_html",
    "notes",
)  # long columns, which the record holds too

GONE_WHEN_REMOVED = (  # the texts that a tombstone is without: all but the title
    *(
        field.name
        for field in CaseContent._meta.local_fields
        if isinstance(field, models.CharField | models.TextField) and field.blank
    ),
    "body_html",
)


def long_columns(edition: str) -> list[str]:
    """For `defer()`: the long columns of the edition that a relation of that name leads to."""
    return [f"{edition}__{name}" for name in (*TEXT, "record")]


def many_to_many(name: str) -> Any:
    """The relation of that name of an edition, a ManyToManyField, for queries of its joining rows.
    The stubs know neither its `remote_field` nor `m2m_reverse_field_name`, hence Any."""
    return Edition._meta.get_field(name)


MOST_EDITIONS = 2**31 - 1  # the greatest number that the column of numbers may hold


class EditionQuerySet(models.QuerySet):
    def current(self) -> "EditionQuerySet":
        """The edition in print of each case, withdrawals included: what a case's address shows."""
        return self.filter(is_current=True)

    def listed(self) -> "EditionQuerySet":
        """Those in print with a text: what catalogue, search, feeds and exports read."""
        return self.current().with_text()

    def with_text(self) -> "EditionQuerySet":
        """Those that are no withdrawal and were not removed."""
        return self.filter(removed_at=None).exclude(kind=Edition.Kind.WITHDRAWAL)

    def resting_on(self, source: Source) -> "EditionQuerySet":
        """Those with a note that cites `source`, or one that was merged into it, each once."""
        merged = Source.objects.filter(merged_into=source, edition_citations__isnull=False)
        return self.filter(
            Q(pk__in=source.edition_citations.values("edition"))
            | Q(pk__in=merged.values("edition_citations__edition"))
        )

    def carried_out_by(self, organisation: Organisation) -> "EditionQuerySet":
        """Those with `organisation` among the main implementing organisations."""
        return self.filter(organisations=organisation)

    def set_in(self, country: Country) -> "EditionQuerySet":
        """Those whose conflict is that of `country`."""
        return self.filter(countries=country)

    def without_text(self) -> "EditionQuerySet":
        """Each with its case, both without the long columns but the record, which holds them."""
        return self.select_related("case").defer(*TEXT, "case__body")

    def for_lists(self) -> "EditionQuerySet":
        """With what a list shows, without the long columns; a fixed number of queries."""
        return (
            self.without_text()
            .select_related("case", "aim")
            .defer("record")
            .prefetch_related("countries", "conflict_types", "initiative_types")
        )

    def update(self, **values: object) -> int:
        """Only the flag of being in print may change, and only by `editions.services`."""
        if set(values) != {"is_current"}:
            raise Immutable("An edition is never edited.")
        return super().update(**values)

    def leave_tombstone(self, **values: object) -> int:
        """Write a tombstone over what an edition says. Only `editions.removing` asks for it."""
        return super().update(**values)

    def delete(self) -> NoReturn:
        """Refused: an edition is never deleted."""
        raise Immutable("An edition is never deleted.")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's, but nothing that is stored already is written over."""
        if kwargs.get("update_conflicts"):
            raise Immutable("An edition is never edited.")
        return super().bulk_create(objs, *args, **kwargs)


class Edition(CaseContent):
    """Published snapshot `number` of `case`. Never edited, never deleted; where the law demands
    it, `editions.removing` leaves a tombstone in its place."""

    class Kind(models.TextChoices):
        FIRST = "first", _("First edition")
        EDITORIAL = "editorial", _("Editorial change")
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", _("Update")
        WITHDRAWAL = "withdrawal", _("Withdrawal")

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="editions", verbose_name=_("case")
    )
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    change_note = models.TextField(
        _("change note"), blank=True, help_text=_("What changed and why, for readers.")
    )
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="published_editions",
        verbose_name=_("published by"),
    )
    is_current = models.BooleanField(_("in print"), default=True)
    organisations = models.ManyToManyField(
        Organisation,
        through="Participation",
        related_name="editions",
        verbose_name=_("organisations"),
    )
    body_html = models.TextField(_("text as rendered"), blank=True)
    notes = models.JSONField(_("notes as rendered"), default=list, blank=True)
    record = models.JSONField(_("record"), default=dict)
    digest = models.CharField(_("digest"), max_length=64)
    removed_at = models.DateTimeField(_("removed"), null=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta(CaseContent.Meta):
        abstract = False
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-published_at", "-pk"]
        constraints = [
            *CaseContent.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "number"],
                name="edition_number_once",
                violation_error_message=_("This case already has an edition of that number."),
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(is_current=True),
                name="edition_one_in_print",
                violation_error_message=_("Only one edition of a case can be in print."),
            ),
            models.CheckConstraint(
                name="edition_first_is_number_one",
                condition=Q(number=1, kind="first") | (Q(number__gt=1) & ~Q(kind="first")),
                violation_error_message=_("Edition 1, and no other, is the first edition."),
            ),
            models.CheckConstraint(
                name="edition_after_the_first_says_what_changed",
                condition=Q(kind="first") | ~Q(change_note=""),
                violation_error_message=_("Say what changed: readers see it beside the edition."),
            ),
            models.CheckConstraint(
                name="edition_removed_says_nothing",
                condition=Q(removed_at=None) | Q(**dict.fromkeys(GONE_WHEN_REMOVED, "")),
                violation_error_message=_("An edition that was removed says nothing any more."),
            ),
        ]
        indexes = [models.Index(fields=["is_current", "-published_at"], name="edition_newest")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores a new edition; raises Immutable for one that is stored already."""
        if not self._state.adding:
            raise Immutable("An edition is never edited.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """Refused: an edition is never deleted."""
        raise Immutable("An edition is never deleted.")

    def get_absolute_url(self) -> str:
        """The address of the case, where the edition in print is read."""
        return reverse("case", args=[self.case.slug])

    @property
    def permanent_path(self) -> str:
        """The address of this very edition, for ever."""
        return reverse("edition", args=[self.case.slug, self.number])

    @property
    def is_withdrawn(self) -> bool:
        """Whether this edition withdraws the case."""
        return self.kind == self.Kind.WITHDRAWAL

    @property
    def is_removed(self) -> bool:
        """Whether a tombstone stands in its place."""
        return self.removed_at is not None

    @property
    def has_text(self) -> bool:
        """Whether it is no withdrawal and was not removed."""
        return not (self.is_withdrawn or self.is_removed)
