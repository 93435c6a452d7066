"""What an editor does about an accepted correction from the form of its case, in one step each."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import services as cases
from cases.models import Case
from corrections.models import Correction
from corrections.putting_in import NotPlaced, put_in
from revisions import working_copies
from revisions.people import user_of

from ..pages import REFUSALS

PERMISSIONS = ("cases.change_case", "corrections.read_correction")
_NOT_TEXT = {"reason", "lock"}


@permission_required(PERMISSIONS, raise_exception=True)
def put_in_correction(request: HttpRequest, reference: str) -> HttpResponse:
    """Puts the suggested wording in, or submits the case that has it; leads back to the case's
    form. That is posted with it: where something was typed into it and not saved, it is kept, and
    nothing is done."""
    rows = Correction.objects.meant().select_related("edition__case")
    found = get_object_or_404(rows, reference=reference)
    case = found.edition.case
    form = reverse("admin:cases_case_change", args=[case.pk])
    if request.method == "POST":
        if _is_typed_over(request, case):
            _keep(request, form)
        else:
            case.lock = _number(request.POST.get("lock"))
            _do(request, found, case)
    return redirect(f"{form}#correction-{found.reference}")


def _do(request: HttpRequest, found: Correction, case: Case) -> None:
    user = user_of(request)
    try:
        if request.POST.get("step") == "submit":
            if not user.has_perm("cases.submit_case"):
                return
            said = _("Correction %(reference)s is mended.") % {"reference": found.reference}
            cases.submit(case, by=user, reason=said)
            messages.success(request, _("The case has been handed to the moderators."))
        else:
            put_in(found, case, by=user)
            messages.success(
                request, _("The suggested wording is in the text, and the case is saved.")
            )
    except (*REFUSALS, NotPlaced) as error:
        messages.error(request, _("Nothing was done: %(why)s") % {"why": _words(error)})
    else:
        working_copies.discard(user, reverse("admin:cases_case_change", args=[case.pk]))


def _words(error: Exception) -> str:
    return " ".join(getattr(error, "messages", None) or [str(error)])


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 9 else -1


def _is_typed_over(request: HttpRequest, case: Case) -> bool:
    """Whether the form of the case that came along says anything that is not saved."""
    if "body" not in request.POST:
        return False
    sent = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        sent.setlist(name, [value.replace("\r\n", "\n") for value in values])
    request.POST = sent  # type: ignore[assignment]  # what a browser made of line ends is no change
    form_admin = cast(Any, admin.site.get_model_admin(Case))
    form = form_admin.get_form(request, case, change=True)(sent, instance=case)
    formsets, _inlines = form_admin._create_formsets(request, case, change=True)
    return bool(set(form.changed_data) - _NOT_TEXT) or any(f.has_changed() for f in formsets)


def _keep(request: HttpRequest, form: str) -> None:
    try:
        working_copies.keep(user_of(request), form, request.POST)
    except working_copies.TooLarge:
        messages.error(request, _("This is more than can be kept."))
        return
    messages.warning(
        request,
        _(
            "Nothing was put in, since you had typed something that is not saved. It is kept: "
            "bring it back and save it first, or discard it."
        ),
    )
