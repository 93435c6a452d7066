"""By what the list of cases may be narrowed; each answer stands in the address."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from reversion.models import Version

from organisations.models import Country

from .models import Case, Conflict
from .proofreading import RULES, Grade

OPEN_CORRECTIONS = ("new", "taken", "accepted")
"""Statuses of corrections that nobody has decided, or no edition has mended."""

Choices = list[tuple[str, Any]]
_NOBODY = "nobody"


class CaseFilter(admin.SimpleListFilter):
    """One question of the form above the list. An answer that it does not know narrows nothing."""

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """What is left of the list."""
        if self.value() not in {str(value) for value, _label in self.lookup_choices}:
            return queryset
        return self.narrow(request, queryset, str(self.value()))

    def narrow(self, request: HttpRequest, queryset: QuerySet, value: str) -> QuerySet:
        """The cases that answer to `value`, which is one of the choices."""
        raise NotImplementedError

    @property
    def chosen(self) -> str:
        """The answer in words; "" where there is none."""
        return str(dict(self.lookup_choices).get(self.value() or "", ""))


class MineFilter(CaseFilter):
    title = gettext_lazy("whose")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """One's own: assigned to one, or changed by one since the last edition."""
        return [("me", _("mine"))]

    def narrow(self, request: HttpRequest, queryset: Any, value: str) -> QuerySet:
        """Those of whoever looks."""
        return queryset.of(request.user)


class StageFilter(CaseFilter):
    title = gettext_lazy("stage")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The stages, and whether the edition in print is a withdrawal."""
        return [*Case.Stage.choices, ("withdrawn", _("withdrawn"))]

    def narrow(self, request: HttpRequest, queryset: Any, value: str) -> QuerySet:
        """What is withdrawn is not among the approved."""
        marked = queryset.with_withdrawn()
        if value == "withdrawn":
            return marked.filter(is_withdrawn=True)
        if value == Case.Stage.APPROVED:
            return marked.filter(stage=value, is_withdrawn=False)
        return queryset.filter(stage=value)


def _people() -> Choices:
    staff = User.objects.filter(is_staff=True).order_by("first_name", "last_name", "username")
    return [(str(user.pk), user.get_full_name() or user.get_username()) for user in staff]


class AuthorFilter(CaseFilter):
    title = gettext_lazy("changed by")
    parameter_name = "author"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Who works at the desk."""
        return _people()

    def narrow(self, request: HttpRequest, queryset: QuerySet, value: str) -> QuerySet:
        """Those with a revision by them, whenever it was."""
        theirs = Version.objects.get_for_model(Case).filter(
            object_id=Cast(OuterRef("pk"), CharField()), revision__user=int(value)
        )
        return queryset.filter(Exists(theirs.order_by()))


class EditorFilter(CaseFilter):
    title = gettext_lazy("assigned to")
    parameter_name = "editor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Who works at the desk, or nobody."""
        return [(_NOBODY, _("nobody")), *_people()]

    def narrow(self, request: HttpRequest, queryset: QuerySet, value: str) -> QuerySet:
        """Those that they look after."""
        return queryset.filter(editor=None if value == _NOBODY else int(value))


class CountryFilter(CaseFilter):
    title = gettext_lazy("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The countries that a case has."""
        used = Case.countries.through.objects.values("country")
        return list(Country.objects.filter(pk__in=used).values_list("alpha3", "name"))

    def narrow(self, request: HttpRequest, queryset: QuerySet, value: str) -> QuerySet:
        """Those that are set there."""
        return queryset.filter(countries__alpha3=value)


class ConflictFilter(CaseFilter):
    title = gettext_lazy("conflict")
    parameter_name = "conflict"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The conflicts that a case is about."""
        used = Case.objects.exclude(conflict=None).order_by().values("conflict")
        return list(Conflict.objects.filter(pk__in=used).values_list("slug", "label"))

    def narrow(self, request: HttpRequest, queryset: QuerySet, value: str) -> QuerySet:
        """Those about it."""
        return queryset.filter(conflict__slug=value)


class ChangedFilter(CaseFilter):
    title = gettext_lazy("last change")
    parameter_name = "changed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """In the last days, or longer ago than a year."""
        return [
            *(("1", _("within a day")), ("7", _("within 7 days")), ("30", _("within 30 days"))),
            *(("365", _("within a year")), ("older", _("longer ago than a year"))),
        ]

    def narrow(self, request: HttpRequest, queryset: QuerySet, value: str) -> QuerySet:
        """By the time of the last save."""
        days = 365 if value == "older" else int(value)
        since = timezone.now() - timedelta(days=days)
        return queryset.filter(
            Q(updated_at__lt=since) if value == "older" else Q(updated_at__gte=since)
        )


class NeedsFilter(CaseFilter):
    title = gettext_lazy("still to do")
    parameter_name = "needs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """What keeps a case from being done."""
        return [
            ("findings", _("errors, which stop publication")),
            ("warnings", _("warnings of proofreading")),
            ("corrections", _("open corrections")),
            ("points", _("open points of the import")),
            ("nothing", _("nothing of these")),
        ]

    def narrow(self, request: HttpRequest, queryset: QuerySet, value: str) -> QuerySet:
        """Those that need it, by the columns of `cases.case_list.with_needs`. A warning needs no
        act."""
        needs = {
            "findings": "stopping",
            "warnings": "warnings",
            "corrections": "corrections",
            "points": "points",
        }
        if value == "nothing":
            return queryset.filter(stopping=0, corrections=0, points=0)
        return queryset.filter(**{f"{needs[value]}__gt": 0})


class RuleFilter(CaseFilter):
    title = gettext_lazy("warning")
    parameter_name = "rule"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The rules that warn."""
        return [(r.code, r.title) for r in RULES.values() if r.grade == Grade.WARNING]

    def narrow(self, request: HttpRequest, queryset: QuerySet, value: str) -> QuerySet:
        """Those in which the rule found what nobody dismissed."""
        return queryset.filter(found__has_key=value)


FILTERS = (
    *(MineFilter, StageFilter, AuthorFilter, EditorFilter, CountryFilter, ConflictFilter),
    *(ChangedFilter, NeedsFilter, RuleFilter),
)
