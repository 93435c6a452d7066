"""Admin widgets for choosing rows that ignore posted values which cannot be primary keys."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.db.models import ForeignKey, ManyToManyField
from django.forms import CheckboxSelectMultiple, ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest


def possible_keys(values: Iterable[str]) -> list[str]:
    """Those of `values` that can be a primary key at all: Django, and SQLite after it, fail on
    others when they look up the rows or show a form with errors again."""
    return [v for v in values if not v or (v.isascii() and v.isdecimal() and len(v) <= 18)]


class _LooksUpPossibleKeys(AutocompleteMixin):
    """Looks up what is chosen; it may come from an address, where anything can stand."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> list[Any]:
        """As Django's, of values that can be primary keys."""
        return super().optgroups(name, possible_keys(map(str, value)), attr)


class ChooseOne(_LooksUpPossibleKeys, AutocompleteSelect):
    """Chooses one row, found by typing."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """The value posted, "0" (no row) where it cannot be a primary key."""
        chosen = super().value_from_datadict(data, files, name)
        return chosen if chosen is None or possible_keys([chosen]) else "0"


class ChooseSeveral(_LooksUpPossibleKeys, AutocompleteSelectMultiple):
    """Chooses several rows, found by typing."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The values posted that can be primary keys."""
        return possible_keys(super().value_from_datadict(data, files, name) or [])


class TickSeveral(CheckboxSelectMultiple):
    """Chooses several rows of a short list by check boxes."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The values posted that can be primary keys."""
        return possible_keys(super().value_from_datadict(data, files, name) or [])


class AutocompleteAdmin(BaseModelAdmin):
    """A ModelAdmin or inline whose `autocomplete_fields` use the widgets above."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField:
        """With our widget where the field is in `autocomplete_fields`."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseOne(db_field, self.admin_site))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return cast(ModelChoiceField, field)  # Django has no foreign key without a form field

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        """With our widget where the field is in `autocomplete_fields`."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseSeveral(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
