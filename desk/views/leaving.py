"""The page on which an administrator closes an account, and says who takes over what it holds."""

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from revisions.people import user_of

from .. import leaving
from ..pages import page

_NOBODY = "nobody"


class _Person(forms.ModelChoiceField):
    def label_from_instance(self, user: User) -> str:
        """The full name and the name to sign in with."""
        name = user.get_full_name()
        return f"{name} ({user.username})" if name else user.username


class LeavingForm(forms.Form):
    """Who takes over; the last tick leaves it all where it is."""

    use_required_attribute = False

    to = _Person(
        User.objects.none(),
        label=gettext_lazy("Who takes over"),
        required=False,
        empty_label=gettext_lazy("Choose somebody"),
        error_messages={"invalid_choice": gettext_lazy("Choose somebody from the list.")},
    )
    left_behind = forms.BooleanField(
        label=gettext_lazy("Nobody: leave everything where it is, and close the account now"),
        required=False,
    )

    def __init__(self, *args: object, person: User, holds: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.holds = holds
        if holds:
            self.fields["to"].queryset = leaving.successors(person)  # type: ignore[attr-defined]
        else:
            del self.fields["to"], self.fields["left_behind"]

    def clean(self) -> None:
        """One of the two."""
        to, nobody = self.cleaned_data.get("to"), self.cleaned_data.get("left_behind")
        if self.holds and not self.errors and (to is None) == (not nobody):
            self.add_error("to", _("Choose who takes over, or tick that nobody does: one of both."))


def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what somebody holds; closes the account."""
    by = user_of(request)
    if not by.has_perm("auth.change_user"):
        raise PermissionDenied
    person = get_object_or_404(User, pk=pk)
    held = leaving.held_by(person)
    form = LeavingForm(
        request.POST if request.method == "POST" else None, person=person, holds=bool(held)
    )
    if request.method == "POST" and form.is_valid():
        try:
            leaving.hand_over(person, by=by, to=form.cleaned_data.get("to"))
        except leaving.NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The account of %s is closed.") % person)
            return redirect("admin:auth_user_change", pk)
    return page(request, "leaving", _("Somebody leaves"), form=form, person=person, held=held)
