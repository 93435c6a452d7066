"""Countries, and the UN regional groups they take part in, with dates."""

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .terms import Term, names_in


class RegionalGroup(Term):
    """A regional group of the United Nations: informal, and not a partition of the world."""

    vocabulary = "regional-groups"

    class Meta(Term.Meta):
        verbose_name = _("regional group")
        verbose_name_plural = _("regional groups")


class Country(models.Model):
    """A country or territory of ISO 3166-1, with its UN M49 number."""

    alpha3 = models.CharField(
        _("ISO alpha-3"), max_length=3, unique=True, validators=[RegexValidator(r"^[A-Z]{3}\Z")]
    )
    alpha2 = models.CharField(
        _("ISO alpha-2"), max_length=2, unique=True, validators=[RegexValidator(r"^[A-Z]{2}\Z")]
    )
    m49 = models.CharField(
        _("M49"),
        max_length=3,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{3}\Z")],
        help_text=_("Three digits. Blank where the United Nations gives none."),
    )
    name = models.CharField(_("name"), max_length=100, unique=True)
    official_name = models.CharField(_("official name"), max_length=200, blank=True)
    other_names = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("Former and other names, one per line: Burma, Zaire, Ivory Coast."),
    )
    regional_groups = models.ManyToManyField(
        RegionalGroup, through="GroupMembership", related_name="countries"
    )

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("country", args=[self.slug])

    @property
    def slug(self) -> str:
        """The country's name in addresses: its ISO alpha-3 code in small letters."""
        return self.alpha3.lower()

    @property
    def names(self) -> list[str]:
        """Every name it is known by, its usual one first."""
        return [n for n in (self.name, self.official_name, *names_in(self.other_names)) if n]


class GroupMembershipQuerySet(models.QuerySet):
    def in_force(self, start: date, end: date) -> "GroupMembershipQuerySet":
        """Memberships (not observers) in force on any day from `start` to `end`."""
        return self.filter(
            Q(since=None) | Q(since__lte=end),
            Q(until=None) | Q(until__gte=start),
            standing=GroupMembership.Standing.MEMBER,
        )


class GroupMembership(models.Model):
    """The membership of a country in a regional group, from when until when."""

    class Standing(models.TextChoices):
        MEMBER = "member", _("member")
        OBSERVER = "observer", _("observer")

    country = models.ForeignKey(
        Country, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("country")
    )
    group = models.ForeignKey(
        RegionalGroup,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("regional group"),
    )
    standing = models.CharField(
        _("standing"), max_length=10, choices=Standing, default=Standing.MEMBER
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("group membership")
        verbose_name_plural = _("group memberships")
        ordering = ["country", "since", "group"]
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=models.F("since")),
                violation_error_message=_("A membership cannot end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["country", "group", "since"],
                name="membership_begins_once",
                violation_error_message=_("This membership is already listed."),
            ),
            models.UniqueConstraint(
                fields=["country", "group"],
                condition=Q(since=None),
                name="membership_without_a_beginning_once",
                violation_error_message=_("This membership is already listed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.group}"
