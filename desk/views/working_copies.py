"""Where the desk's forms are kept while they are written."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from revisions import working_copies
from revisions.people import user_of

from ..pages import is_of_the_desk


@require_POST
def working_copy(request: HttpRequest) -> HttpResponse:
    """Keeps the fields of the form at `_address` for whoever sends them, and says when; or, with
    `_discard`, forgets them and leads back to the form."""
    user, address = user_of(request), request.POST.get("_address", "")
    if not is_of_the_desk(address):
        return HttpResponseBadRequest(_("No form of the desk has that address."))
    if request.POST.get("_discard"):
        working_copies.discard(user, address)
        messages.info(request, _("What you had typed is discarded."))
        return redirect(address)
    try:
        copy = working_copies.keep(user, address, request.POST)
    except working_copies.TooLarge:
        return JsonResponse({"error": _("This is more than can be kept.")}, status=413)
    return JsonResponse({"kept": time_format(timezone.localtime(copy.kept_at), "H:i")})
