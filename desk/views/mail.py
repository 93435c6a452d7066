"""Mail at the desk: what one is told of, and the outbox."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from outbox.models import OutgoingMail
from outbox.services import WrongMailState
from revisions.people import user_of

from .. import mail_queue, staff_mail
from ..pages import page

PERMISSIONS = ("outbox.handle_mail",)
ACTIONS = {"again": mail_queue.send_again, "give-up": mail_queue.give_up}
DONE = {
    "again": gettext_lazy("The mail to %(to)s waits to be sent again."),
    "give-up": gettext_lazy("The mail to %(to)s is given up."),
}


class MyMailForm(forms.Form):
    """What somebody is told of by mail."""

    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("Write to me when"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Of what you did yourself you get no mail."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kinds = staff_mail.kinds_for(user)
        off = staff_mail.unwanted(user)
        kwargs.setdefault("initial", {"wanted": [kind for kind in kinds if kind not in off]})
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["wanted"])
        field.choices = [(kind.value, kind.label) for kind in kinds]


def my_mail(request: HttpRequest) -> HttpResponse:
    """Each chooses what they are told of by mail."""
    user = user_of(request)
    form = MyMailForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_bound and form.is_valid():
        staff_mail.choose(user, form.cleaned_data["wanted"])
        messages.success(request, _("Kept: from now on you get the mails that you chose."))
        return redirect("admin:my_mail")
    return page(request, "my_mail", _("My mail"), form=form, address=user.email)


@permission_required(PERMISSIONS, raise_exception=True)
def outbox(request: HttpRequest) -> HttpResponse:
    """What waits, what failed and what is uncertain; POST sends one again, or gives it up."""
    if request.method == "POST":
        _act(request)
        return redirect("admin:outbox")
    return page(request, "outbox", _("Outgoing mail"), **mail_queue.everything())


def _act(request: HttpRequest) -> None:
    action, asked = request.POST.get("action", ""), request.POST.get("mail", "")
    if action == "all-again":
        number = mail_queue.send_failed_again(by=user_of(request))
        said = ngettext("%(n)d mail waits again.", "%(n)d mails wait again.", number)
        messages.success(request, said % {"n": number})
        return
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else 0
    mail = OutgoingMail.objects.filter(pk=number).first()
    if mail is None or action not in ACTIONS:
        messages.error(request, _("That mail is not there any more. Nothing was done."))
        return
    try:
        ACTIONS[action](mail, by=user_of(request))
    except WrongMailState as error:
        messages.error(request, _("%(why)s Nothing was done.") % {"why": error})
    else:
        messages.success(request, DONE[action] % {"to": mail.to})
