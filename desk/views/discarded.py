"""What was discarded, and how it is brought back."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from revisions import history
from revisions.discarded import discarded
from revisions.forms import reason_field
from revisions.people import user_of

from ..pages import page, refuse

PERMISSIONS = ("cases.change_case",)


class BringBackForm(forms.Form):
    """Which revision is brought back, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = reason_field()


@permission_required(PERMISSIONS, raise_exception=True)
def discarded_things(request: HttpRequest) -> HttpResponse:
    """What was discarded in the last year; POST brings one of them back."""
    form = BringBackForm(request.POST or None)
    found = {one.version.pk: one for one in discarded(user_of(request))}
    if request.method == "POST" and form.is_valid():
        one = found.get(form.cleaned_data["version"])
        if one is None:
            form.add_error(None, _("That is there again, or was discarded too long ago."))
            return _page(request, form, found)
        try:
            thing = history.bring_back(
                one.version, by=user_of(request), reason=form.cleaned_data["reason"]
            )
        except (ValidationError, history.NotItsRevision) as error:
            refuse(form, error)
            return _page(request, form, found)
        text = _("“%s” is back.") % thing
        if thing.not_restored:
            text += " " + _("Not there any more: %s.") % "; ".join(thing.not_restored)
        messages.success(request, text)
        meta = thing._meta
        return redirect(f"admin:{meta.app_label}_{meta.model_name}_change", thing.pk)
    return _page(request, form, found)


def _page(request: HttpRequest, form: BringBackForm, found: dict) -> HttpResponse:
    return page(request, "discarded", _("Discarded"), form=form, discarded=list(found.values()))
