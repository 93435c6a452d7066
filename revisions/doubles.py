"""Holds the first save of a thing that is likely here already, until somebody says that it is not.

Nothing typed is lost: the form comes back as it was sent, with what is like it, and two ways on: to
use that one, or to save all the same.
"""

from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from . import working_copies
from .admin_widgets import possible_keys
from .forms import RevisedForm
from .people import user_of

USE = "_use"  # the button that takes one that is here, by its primary key
NOT_A_DOUBLE = "_not_a_double"  # the button that saves all the same


class Double(NamedTuple):
    """A thing that is here, as it is shown, and why it may be the same."""

    thing: Model
    words: str
    why: str = ""


class DoublesForm(RevisedForm):
    """Looks for doubles where one of the fields `told_by` was filled or changed."""

    told_by: frozenset[str] = frozenset()
    doubles: tuple[Double, ...] | list[Double] = ()

    def likely_doubles(self) -> list[Double]:
        """What is here and may be what was typed, by `cleaned_data`, in which fields with errors
        are missing; the surest first, without the thing itself."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any] | None:
        """Holds the save, unless it was said that this is no double."""
        cleaned = super().clean()
        known = NOT_A_DOUBLE in self.data or working_copies.LOOK in self.data
        if not known and self.told_by.intersection(self.changed_data):
            self.doubles = self.likely_doubles()
        if self.doubles:
            said = _("Not saved yet: something like this is here already. See above.")
            self.add_error(None, forms.ValidationError(said, code="double"))
        return cleaned


class HoldsDoubles(admin.ModelAdmin):
    """A ModelAdmin with such a form: takes the one that is here, where that was chosen."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """In a window that a field opened, that field gets it; else its own form is shown."""
        if request.method != "POST" or USE not in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        [key] = possible_keys([request.POST[USE]]) or [""]
        thing = self.get_object(request, key) if key else None
        if thing is None:
            raise Http404(_("It is not there any more."))
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        working_copies.discard(user_of(request), request.path)
        if IS_POPUP_VAR in request.POST:
            return self.response_add(request, thing)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", thing.pk)
