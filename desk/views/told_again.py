"""The page on which a draft that tells a case again is put into that case."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from cases.models import Case
from cases.putting_into import put_into
from cases.services import StaleLock, WrongStage
from manuscripts.resolve.same_case import KnownCases
from revisions.people import user_of

from ..pages import page, refuse
from ..told_again import differences, said_by_case

_MOST = 3  # cases that are shown


@permission_required("cases.change_case", raise_exception=True)
def told_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The cases that a draft may be about, with what differs; puts it into the one named."""
    draft = get_object_or_404(Case, pk=pk)
    likely, form = _likely(draft), forms.Form(request.POST or None)
    if request.method == "POST":
        cases = {str(told["case"].pk): told["case"] for told in likely}
        into = cases.get(request.POST.get("into", ""))
        if into is not None and _is_put(draft, into, form, request):
            return redirect("admin:cases_case_change", into.pk)
        if into is None:
            form.add_error(None, _("That case is not like this one any more. Choose again."))
    title = _("Cases that “%s” may be about") % draft.title
    return page(request, "told_again", title, draft=draft, likely=likely, form=form)


def _likely(draft: Case) -> list[dict[str, Any]]:
    found = KnownCases.load().like_draft(draft.slug)[:_MOST]
    cases = {case.slug: case for case in Case.objects.filter(slug__in=[c.slug for c, _r in found])}
    said = said_by_case(draft)
    return [
        {
            "case": cases[facts.slug],
            "reasons": reasons,
            "differences": differences(said, cases[facts.slug]),
        }
        for facts, reasons in found
        if facts.slug in cases
    ]


def _is_put(draft: Case, into: Case, form: forms.Form, request: HttpRequest) -> bool:
    reason = _("From the draft “%(title)s” (%(slug)s), which tells it again.")
    try:
        words = reason % {"title": draft.title, "slug": draft.slug}
        put_into(draft, into, by=user_of(request), reason=words)
    except (StaleLock, WrongStage) as error:
        form.add_error(None, str(error))
        return False
    except ValidationError as error:
        refuse(form, error)
        return False
    said = _("Put into this case. Look at it, submit it, and discard the draft “%s”.")
    messages.success(request, said % draft.title)
    return True
