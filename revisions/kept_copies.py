"""What a form says of a working copy that it offers: when it was kept, and in what it differs."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst

from . import working_copies
from .differences import FieldDifference, Text, Value, differences
from .models import WorkingCopy

_ASIDE = frozenset(("lock", "id", "position", "DELETE"))


class Offered(NamedTuple):
    """A working copy, and how it differs from what is stored."""

    copy: WorkingCopy
    differences: list[FieldDifference]


def offered(request: HttpRequest, context: Mapping[str, Any]) -> list[Offered]:
    """What the person typed into the form of this page and has not saved; what says nothing else
    than is stored is left out. `context` is that of an admin form that was not sent."""
    form = context["adminform"].form
    if form.is_bound or not request.user.is_authenticated:
        return []
    found = []
    for copy in working_copies.of(request.user, request.path):
        typed = working_copies.typed_in(copy)
        changed = differences(_stored(form, context), _typed(form, context, typed))
        if changed:
            found.append(Offered(copy, changed))
    return found


def _formsets(context: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for inline in context.get("inline_admin_formsets", []):
        yield str(capfirst(inline.opts.verbose_name_plural)), inline.formset


def _stored(form: forms.BaseForm, context: Mapping[str, Any]) -> dict[str, Value]:
    values: dict[str, Value] = {
        _label(form, name): Text(_words(field, form.get_initial_for_field(field, name)))
        for name, field in form.fields.items()
        if name not in _ASIDE
    }
    for label, formset in _formsets(context):
        rows = (
            {n: _words(f, row.get_initial_for_field(f, n)) for n, f in row.fields.items()}
            for row in formset.initial_forms
        )
        values[label] = tuple(filter(None, map(_row, rows)))
    return values


def _typed(form: forms.BaseForm, context: Mapping[str, Any], typed: QueryDict) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, field in form.fields.items():
        if name not in _ASIDE:
            value = field.widget.value_from_datadict(typed, {}, form.add_prefix(name))
            values[_label(form, name)] = Text(_words(field, value))
    for label, formset in _formsets(context):
        values[label] = tuple(filter(None, _typed_rows(formset, typed)))
    return values


def _typed_rows(formset: Any, typed: QueryDict) -> Iterator[str]:
    total = typed.get(f"{formset.prefix}-TOTAL_FORMS", "0")
    for number in range(min(int(total), 1_000) if total.isdecimal() else 0):
        prefix = f"{formset.prefix}-{number}"
        if typed.get(f"{prefix}-DELETE"):
            continue
        fields = formset.empty_form.fields
        yield _row(
            {
                name: _words(field, field.widget.value_from_datadict(typed, {}, f"{prefix}-{name}"))
                for name, field in fields.items()
            }
        )


def _row(words: Mapping[str, str]) -> str:
    """The fields of a row that say something; a row that has only what every new one has, or what
    names its parent, says nothing."""
    return ", ".join(value for name, value in words.items() if value and name not in _ASIDE)


def _label(form: forms.BaseForm, name: str) -> str:
    return str(form[name].label)


def _words(field: forms.Field, value: Any) -> str:
    """A value of a field, stored or typed, in words: the same for the same value."""
    if callable(value):
        value = value()
    if isinstance(field, forms.ModelMultipleChoiceField):
        keys = [str(getattr(one, "pk", one)) for one in value or []]
        return "; ".join(sorted(_names(field, keys)))
    if isinstance(field, forms.ModelChoiceField):
        key = str(getattr(value, "pk", value) or "")
        return "; ".join(_names(field, [key] if key else []))
    if isinstance(field, forms.BooleanField):
        return "✓" if value in (True, "on", "True", "true", "1") else ""
    if isinstance(field, forms.ChoiceField):
        return str(dict(_flat(field.choices)).get(str(value or ""), value or ""))
    prepared = field.prepare_value(value)
    shown = (
        field.widget.format_value(prepared) if hasattr(field.widget, "format_value") else prepared
    )
    return str(shown if shown is not None else "").replace("\r\n", "\n").strip()


def _names(field: Any, keys: list[str]) -> list[str]:
    wanted = [key for key in keys if key.isdecimal() and len(key) < 18]
    return [str(thing) for thing in field.queryset.model._base_manager.filter(pk__in=wanted)]


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _flat(label)
        else:
            yield str(value if value is not None else ""), label
