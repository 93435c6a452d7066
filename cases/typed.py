"""The case as it stands in a form that is not saved: with its facts and rows, in memory alone."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.forms.models import BaseInlineFormSet

from .models import Case
from .regional_groups import own_regional_groups

_NO_KEY = -1  # of a case that is not stored: relations ask for one, and no row has it


class _InMemory(QuerySet):
    """Rows that no database has; whoever wants others to be fetched along gets these."""

    def select_related(self, *_fields: Any) -> Any:
        """Themselves: what they lead to is fetched when it is asked for."""
        return self


def typed_case(form: ModelForm, formsets: Iterable[BaseInlineFormSet]) -> Case:
    """The case that a bound form and its rows make. What cannot be read as typed stays as it is
    stored. It is not to be saved. A few queries."""
    form.is_valid()
    _as_stored(form)
    rows = {
        formset.get_default_prefix(): _rows(formset)
        for formset in formsets
        if formset.management_form.is_valid()
    }
    case = with_key(form.instance)
    for field in Case._meta.many_to_many:
        if field.name in form.cleaned_data:
            _hold(case, field.name, field.related_model, form.cleaned_data[field.name])
    for name, held in rows.items():
        _hold(case, name, Case._meta.get_field(name).related_model, held)
    if "participations" in rows:
        bodies = [row.organisation for row in rows["participations"] if row.organisation_id]
        _hold(case, "organisations", Case.organisations.rel.model, bodies)
    if not case.regional_groups_note:
        years = (case.start_year, case.end_year, case.ongoing)
        groups = own_regional_groups(list(case.countries.all()), *years)
        _hold(case, "regional_groups", groups.model, groups)
    return case


def _as_stored(form: ModelForm) -> None:
    """Let the instance have what the form began with wherever what was typed cannot be."""
    for field in form.instance._meta.concrete_fields:
        if field.name in form.errors and field.name in form.initial:
            setattr(form.instance, field.attname, form.initial[field.name])
        elif field.name in form.errors:
            setattr(form.instance, field.attname, field.get_default())


def with_key(case: Case) -> Case:
    """The case, with a primary key that no row has where it has none: its relations are empty."""
    if case.pk is None:
        case.pk = _NO_KEY
    return case


def _hold(case: Case, name: str, model: Any, rows: Iterable[Model]) -> None:
    """Let the relation of that name have these rows."""
    held: Any = _InMemory(model=cast(type[Model], model))
    held._result_cache = list(rows)
    cache: dict[str, Any] = case.__dict__.setdefault("_prefetched_objects_cache", {})
    cache[name] = held


def _rows(formset: BaseInlineFormSet) -> list[Any]:
    """The rows that were typed, in their order; a new one that cannot be read is left out. What was
    not touched is not looked at: that would cost some queries a row."""
    found = []
    for form in formset.forms:
        is_new = form.instance.pk is None
        if not form.has_changed():
            found += [] if is_new else [form.instance]
        elif (form.is_valid() or not is_new) and not form.cleaned_data.get("DELETE"):
            _as_stored(form)
            found.append(form.instance)
    ordering = cast(Any, formset.model)._meta.ordering
    names = [n for n in ordering if n not in ("case", "pk")]
    return sorted(found, key=lambda row: [_key(getattr(row, str(name))) for name in names])


def _key(value: Any) -> tuple[bool, Any]:
    return value is None, value
