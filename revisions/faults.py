"""What is wrong with a form of the admin: each error in our words, with the way to its field."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Fault(NamedTuple):
    """One error: the id of what it is about, "" for the whole form, what that is called, and the
    sentence."""

    anchor: str
    label: str
    said: str


def faults(form: forms.BaseForm, formsets: Iterable[Any] = ()) -> list[Fault]:
    """All errors of a form and the rows under it, in the order of the page. `formsets` are the
    admin's."""
    found = list(_of_form(form))
    for inline in formsets:
        formset, rows = inline.formset, str(capfirst(inline.opts.verbose_name_plural))
        anchor = f"{formset.prefix}-group"
        found += [Fault(anchor, rows, str(said)) for said in formset.non_form_errors()]
        for number, row in enumerate(formset.forms, start=1):
            found += [
                Fault(anchor=fault.anchor or anchor, label=label, said=fault.said)
                for fault in _of_form(row)
                for label in [", ".join(filter(None, (f"{rows} {number}", fault.label)))]
            ]
    return found


def _of_form(form: forms.BaseForm) -> Iterator[Fault]:
    for said in form.errors.get(NON_FIELD_ERRORS, ()):
        yield Fault("", "", str(said))
    for name in form.fields:
        for said in form.errors.get(name, ()):
            yield Fault(str(form[name].auto_id), str(capfirst(form[name].label)), str(said))


def in_our_words(fields: Mapping[str, forms.Field]) -> None:
    """Let fields say in a sentence of ours what Django says in general; what a field says already
    in words of its own stays."""
    for field in fields.values():
        for code, said in _SENTENCES:
            stock = type(field).default_error_messages.get(code) or (
                forms.Field.default_error_messages.get(code)
            )
            sentence = said(field)
            if sentence and field.error_messages.get(code) == stock:
                field.error_messages[code] = sentence
        for code, sentence in _LIMITS.items():
            field.error_messages.setdefault(code, sentence)


def _required(field: forms.Field) -> str:
    return _("This is missing. It cannot be left blank.")


def _invalid(field: forms.Field) -> str:
    if isinstance(field, forms.IntegerField) and not isinstance(
        field, (forms.DecimalField, forms.FloatField)
    ):
        return _("Write a whole number, in digits alone.")
    if isinstance(field, forms.DecimalField):
        return _("Write a number, such as 38.56.")
    if isinstance(field, forms.DateField):
        return _("Write the day as 1997-06-27.")
    if isinstance(field, forms.URLField):
        return _("Write a whole address, beginning with https://.")
    return ""


def _no_choice(field: forms.Field) -> str:
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ""  # its sentence names the value
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return _("What was chosen is not among these any more. Choose again.")
    return ""


_LIMITS: Mapping[str, Any] = {
    "max_value": gettext_lazy("Write a number of %(limit_value)s at the most."),
    "min_value": gettext_lazy("Write a number of %(limit_value)s at the least."),
    "max_length": gettext_lazy(
        "Shorten it to %(limit_value)d characters: it has %(show_value)d now."
    ),
}
_SENTENCES = (("required", _required), ("invalid", _invalid), ("invalid_choice", _no_choice))
