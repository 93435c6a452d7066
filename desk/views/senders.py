"""Erasing who sent a correction, on their request."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from corrections.erasing import erase_sender
from corrections.models import Correction
from revisions.people import user_of

from ..notice_forms import EraseForm
from ..pages import page


@permission_required("corrections.erase_sender", raise_exception=True)
def erase(request: HttpRequest, reference: str) -> HttpResponse:
    """Says what is erased, and erases it once that is confirmed."""
    rows = Correction.objects.select_related("edition__case", "sender_details", "notice")
    found = get_object_or_404(rows, reference=reference)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        erase_sender(found, by=user_of(request), words=form.cleaned_data["words"])
        messages.success(request, _("Erased: who sent %(reference)s.") % {"reference": found})
        return redirect("admin:correction_desk", found.reference)
    title = _("Erase the sender of %(reference)s") % {"reference": found.reference}
    notice = getattr(found, "notice", None)
    return page(request, "erase_sender", title, correction=found, notice=notice, form=form)
