"""Forms that ask for a reason and refuse to overwrite what somebody else saved meanwhile."""

import re
from typing import Any, cast

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .faults import in_our_words
from .merging import CONFLICT
from .working_copies import LOOK


def reason_field() -> forms.CharField:
    """The field for the reason, which every save asks for."""
    return forms.CharField(
        label=_("Why this change?"),
        max_length=200,
        widget=AdminTextInputWidget,
        help_text=_("A few words for the history, such as “Second source for the ceasefire”."),
        error_messages={"required": _("Say in a few words why: it is kept with the history.")},
    )


class RevisedForm(forms.ModelForm):
    """The admin form of a `Revised` model: asks for a reason, holds the lock it was opened at."""

    lock = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = reason_field()

    stale = False  # whether somebody else saved since the form was opened

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self.fields)

    def clean(self) -> dict[str, Any] | None:
        """Refuses a save over a newer save; what was typed stays in the form. Line ends are LF."""
        cleaned = super().clean()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):  # browsers send CR LF; every line would seem changed
                self.cleaned_data[name] = value.replace("\r\n", "\n").replace("\r", "\n")
        if LOOK in self.data:
            self.add_error(None, forms.ValidationError(_("It is not saved yet."), code="look"))
        for name in self.data.getlist(CONFLICT) if isinstance(self.data, QueryDict) else []:
            self._refuse_conflict(name)
        if self.instance.pk and self.cleaned_data.get("lock") != self.instance.lock:
            self.stale = True
            self.add_error(
                None,
                forms.ValidationError(
                    _(
                        "This was not saved: somebody else saved it while you were writing. What "
                        "they changed is shown above, and what you typed is all still here. Bring "
                        "the two together, then save again."
                    ),
                    code="stale",
                ),
            )
        return cleaned

    def _refuse_conflict(self, name: str) -> None:
        """Asks about what somebody else changed too; the next save is a knowing one."""
        self.stale = True
        if name in self.fields:
            said = gettext(
                "Somebody else changed this too: see above. Bring the two together here."
            )
            self.add_error(name, forms.ValidationError(said, code="conflict"))
        else:
            said = gettext("Somebody else changed rows of “%s” that you changed too: see above.")
            self.add_error(None, forms.ValidationError(said % name, code="conflict"))


class RestoreForm(forms.Form):
    """Asks for the reason of restoring; holds the lock that the page was opened at."""

    lock = forms.IntegerField(widget=forms.HiddenInput)
    reason = reason_field()


class RevisedFormSet(BaseInlineFormSet):
    """The rows that belong to a `Revised` object. A row that somebody else deleted in the meantime
    is kept as a new one; rows without a position come last, in the order they were typed."""

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        instance: Model | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        if data is not None and instance is not None:
            prefix = kwargs.get("prefix") or self.get_default_prefix()
            model = cast(type[Model], self.model)  # set by Django's factory
            rows = model._default_manager.filter(**{self.fk.name: instance.pk})
            known = {str(pk) for pk in rows.values_list("pk", flat=True)} if instance.pk else set()
            data = _deleted_rows_as_new(data, prefix, model._meta.pk.name, known)
        super().__init__(data, files, instance, *args, **kwargs)

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """The position may stay blank; in a table, `aria-label` is the only label of a field."""
        super().add_fields(form, index)
        in_our_words(form.fields)
        for field in form.fields.values():
            if field.label:
                field.widget.attrs.setdefault("aria-label", str(capfirst(field.label)))
        if "position" in form.fields:
            form.fields["position"].required = False
            if not form.instance.pk:
                form.initial["position"] = None

    def clean(self) -> None:
        """Gives rows without a position the next ones."""
        super().clean()
        deleted = self.deleted_forms
        rows = [f for f in self.forms if "position" in f.fields and f not in deleted]
        positions = [form.cleaned_data.get("position") for form in rows]
        last = max((position for position in positions if position is not None), default=-1)
        for form, position in zip(rows, positions, strict=True):
            if position is None and form.has_changed():
                last += 1
                form.instance.position = last


def _deleted_rows_as_new(data: QueryDict, prefix: str, pk_name: str, known: set[str]) -> QueryDict:
    """The posted rows, those first whose primary key is among `known`; the others without a key, so
    that they become new rows. Deleted rows that were to be deleted anyway are left out."""
    pattern = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,9}})-(\w+)")
    rows: dict[int, dict[str, list[str]]] = {}
    rest = QueryDict(mutable=True)
    for name in data:
        found = pattern.fullmatch(name)
        if found:
            rows.setdefault(int(found[1]), {})[found[2]] = data.getlist(name)
        else:
            rest.setlist(name, data.getlist(name))
    total = rest.get(f"{prefix}-TOTAL_FORMS", "")
    if not total.isdecimal() or len(total) > 6:
        return data
    kept: list[dict[str, list[str]]] = []
    new: list[dict[str, list[str]]] = []
    for number, row in sorted(rows.items()):
        pk = (row.get(pk_name) or [""])[-1]
        if number >= int(total) or pk in known:
            (kept if pk in known else new).append(row)
        elif not (pk and row.get("DELETE")):
            new.append({**row, pk_name: [""]})
    for number, row in enumerate([*kept, *new]):
        for name, values in row.items():
            rest.setlist(f"{prefix}-{number}-{name}", values)
    rest[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    rest[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(new))
    return rest
