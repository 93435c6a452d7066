"""The admin's fields that search for what is chosen, made safe against what is no choice at all."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, ManyToManyField
from django.forms import ModelChoiceField
from django.http import HttpRequest


def _numbers(field: Field, values: Iterable[Any]) -> list[Any]:
    """Those of `values` that can be a key at all; Django fails on the others when it shows a form
    with errors again."""
    key = field.remote_field.model._meta.pk
    kept = []
    for value in values:
        try:
            kept.append(value if value == "" else str(key.to_python(value)))
        except ValidationError:
            continue
    return kept


class ChooseOne(AutocompleteSelect):
    """One thing, found by typing."""

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list[Any]:
        """Only for values that can be a key."""
        return super().optgroups(name, _numbers(self.field, value), attr)


class ChooseSeveral(AutocompleteSelectMultiple):
    """Several things, found by typing."""

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list[Any]:
        """Only for values that can be a key."""
        return super().optgroups(name, _numbers(self.field, value), attr)


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
