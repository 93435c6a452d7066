"""Setting a password: by a link from a mail, on one's own, for somebody else; inviting again."""

from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView, PasswordResetView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from revisions.people import user_of
from serving import limits
from serving.client_address import of_request

from .. import passwords, sessions
from ..account_forms import AskForLinkForm, NewPasswordForm, OtherPasswordForm
from ..pages import page

_ASKED = "password-resets"
_TO_ONE_MAILBOX = 3  # in an hour


class _Outside:
    """A page of the desk for whoever is not logged in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**admin.site.each_context(self.request), **context}  # type: ignore[attr-defined]


class AskForLink(_Outside, PasswordResetView):
    """Asks for the address. The answer is the same whether anybody has it or not, and where three
    links went to it within the hour."""

    form_class = AskForLinkForm
    template_name = "desk/password_reset.html"
    title = gettext_lazy("A new password")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refused where too many were asked for from one address."""
        most = settings.PASSWORD_RESETS_PER_ADDRESS
        wait = limits.spend(_ASKED, of_request(request), most)
        if wait:
            context = {"minutes": wait // 60 + 1, "what": "password_reset"}
            response = render(request, "admin/locked_out.html", context, status=429)
            response["Retry-After"] = str(wait)
            add_never_cache_headers(response)
            return response
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Mails the links, and says what it says to everybody."""
        mailbox = form.cleaned_data["email"].casefold()
        if not limits.spend(_ASKED, f"to {mailbox}", _TO_ONE_MAILBOX):
            form.save()
        context = self.get_context_data(form=None, sent=True)
        return self.render_to_response(context)


class SetByLink(_Outside, PasswordResetConfirmView):
    """Where the link from the mail leads; a link that has run out, or was used, says so."""

    form_class = NewPasswordForm
    template_name = "desk/password_by_link.html"
    title = gettext_lazy("Set your password")
    success_url = reverse_lazy("admin:login")
    note = gettext_lazy("By a link sent by mail.")

    def get_user(self, uidb64: str) -> User | None:
        """Nobody whose account is closed."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active and user.is_staff else None

    def form_valid(self, form: Any) -> HttpResponse:
        """Audited, and the end of whatever sessions there were."""
        chosen, user = form.cleaned_data["new_password1"], cast(User, self.user)
        passwords.set_password(user, chosen, by=user, note=str(self.note))
        self.request.session.pop("_password_reset_token", None)
        messages.success(self.request, _("Your password is set. Log in with it."))
        return redirect(self.success_url)


class SetByInvitation(SetByLink):
    """The same for somebody new."""

    token_generator = passwords.invitations
    note = gettext_lazy("By an invitation.")


@never_cache
@sensitive_post_parameters()
def change(request: HttpRequest) -> HttpResponse:
    """One's own."""
    user = user_of(request)
    form = OtherPasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        key = request.session.session_key
        passwords.set_password(user, form.cleaned_data["new_password1"], by=user, note="", but=key)
        update_session_auth_hash(request, user)
        sessions.begin(request)
        messages.success(request, _("Your password is changed, and you are logged out elsewhere."))
        return redirect("admin:sessions")
    return page(request, "password_change", _("Change your password"), form=form)


def changed(request: HttpRequest) -> HttpResponse:
    """Where Django's own page for it would lead."""
    return redirect("admin:sessions")


@never_cache
@sensitive_post_parameters()
def set_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else's, by an administrator, where no mail reaches them."""
    by = user_of(request)
    if not by.has_perm("auth.change_user"):
        raise PermissionDenied
    person = get_object_or_404(User, pk=pk)
    if person == by:
        return redirect("admin:password_change")
    form = NewPasswordForm(person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        passwords.set_password(person, form.cleaned_data["new_password1"], by=by, note="")
        messages.success(request, _("%s has another password now.") % person)
        return redirect("admin:auth_user_change", pk)
    return page(request, "password_for", _("Set another password"), form=form, person=person)


def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Once more; the link sent before is void."""
    by = user_of(request)
    if not by.has_perm("auth.change_user"):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    person = get_object_or_404(User, pk=pk)
    try:
        passwords.invite(person, by=by)
    except (passwords.AlreadyHere, passwords.NoAddress) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("An invitation is on its way to %s.") % person.email)
    return redirect("admin:auth_user_change", pk)
