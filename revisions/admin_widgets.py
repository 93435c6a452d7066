"""The admin's ways of choosing rows, made safe against what can be no row at all."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import ForeignKey, ManyToManyField
from django.forms import CheckboxSelectMultiple, ModelChoiceField
from django.http import HttpRequest


def possible_keys(values: Iterable[str]) -> list[str]:
    """Those of `values` that can be a row's number at all: Django, and SQLite after it, fail on
    others when they look for the rows or show a form with errors again."""
    return [v for v in values if not v or (v.isascii() and v.isdecimal() and len(v) <= 18)]


class ChooseOne(AutocompleteSelect):
    """One thing, found by typing."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """What was chosen, if it can be a choice."""
        chosen = super().value_from_datadict(data, files, name)
        return chosen if chosen is None or possible_keys([chosen]) else "0"


class ChooseSeveral(AutocompleteSelectMultiple):
    """Several things, found by typing."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Those that can be a choice."""
        return possible_keys(super().value_from_datadict(data, files, name) or [])


class TickSeveral(CheckboxSelectMultiple):
    """Several things of a short list."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Those that can be a choice."""
        return possible_keys(super().value_from_datadict(data, files, name) or [])


class Choosing(BaseModelAdmin):
    """An admin whose `autocomplete_fields` have these fields."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField:
        """With our widget where the field is one that searches."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseOne(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField:
        """With our widget where the field is one that searches."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseSeveral(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
