"""What is done about a finding from the form of a case: it is mended, dismissed, or taken up again.

All of it works without a script: the whole form is sent along, kept as a working copy, and shown
again as it was typed.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from revisions import working_copies
from revisions.people import user_of

from . import dismissals
from .models import Case, Dismissal
from .proofreading import Finding, proofread
from .writing import WritingPages

MEND, DISMISS, TAKE_UP, HINTS = "_mend", "_dismiss", "_take_up", "_hints"  # names of buttons


class WordForm(forms.ModelForm):
    """Why a finding may stand."""

    class Meta:
        model = Dismissal
        fields = ("word",)
        labels = {"word": gettext_lazy("Why may it stand?")}
        help_texts = {
            "word": gettext_lazy("A word for your colleagues, such as “A quotation.” They see it.")
        }


class FindingPages(WritingPages):
    """Mixed into the admin of cases: what the buttons beside findings do."""

    def get_urls(self) -> list[URLPattern]:
        """With the address to which they send the form."""
        view = self.admin_site.admin_view(self.findings_view)
        return [path("<int:pk>/findings/", view, name="cases_case_findings"), *super().get_urls()]

    @method_decorator(require_POST)
    def findings_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Does what was asked, and leads back to the form as it was typed; JSON for a script."""
        case = get_object_or_404(Case, pk=pk)
        if not self.has_change_permission(request, case):
            raise PermissionDenied
        for name, do in (
            (DISMISS, self._dismiss_finding),
            (TAKE_UP, self._take_finding_up),
            (MEND, self._mend_typed),
        ):
            if name in request.POST:
                return do(request, case)
        return self._to_form(request, case)

    def _to_form(self, request: HttpRequest, case: Case) -> HttpResponse:
        """To the form as it was sent; to the one that is stored, where none was."""
        address = reverse("admin:cases_case_change", args=[case.pk])
        asked = [f"hints={request.POST[HINTS]}"] if request.POST.get(HINTS) else []
        if "lock" in request.POST:
            working_copies.keep(user_of(request), address, request.POST)
        if working_copies.of(user_of(request), address).exists():
            asked.append("working-copy=typed")
        query = f"?{'&'.join(asked)}" if asked else ""
        return redirect(f"{address}{query}#findings")

    def _finding_in(self, request: HttpRequest, case: Case, name: str) -> Finding | None:
        """The finding of that name in what was typed: sent along, or kept from before."""
        address = reverse("admin:cases_case_change", args=[case.pk])
        copy = working_copies.of(user_of(request), address).first()
        typed: QueryDict | None = request.POST if "lock" in request.POST else None
        if typed is None and copy:
            typed = working_copies.typed_in(copy)
        looked_at = Case.objects.get(pk=case.pk)
        if typed is not None:
            sent, request.POST = request.POST, typed  # type: ignore[assignment]
            looked_at = self.as_typed(request, looked_at)
            request.POST = sent
        found = proofread(looked_at, hints=True)
        return next((finding for finding in found if finding.name == name), None)

    def _mend_typed(self, request: HttpRequest, case: Case) -> HttpResponse:
        finding = self._finding_in(request, case, request.POST[MEND])
        mending = finding.mending if finding else None
        text = request.POST.get(mending.field, "") if mending else ""
        mended = mending.on(text.replace("\r\n", "\n")) if mending else None
        if mending is None or mended is None:
            messages.warning(request, _("This finding is not there any more: nothing was mended."))
            return self._to_form(request, case)
        posted = request.POST.copy()
        posted[mending.field] = mended
        request.POST = posted  # type: ignore[assignment]
        words = {"before": mending.before, "after": mending.after}
        said = _("Mended: “%(before)s” is “%(after)s” now. Save to keep it.")
        messages.info(request, said % words)
        return self._to_form(request, case)

    def _dismiss_finding(self, request: HttpRequest, case: Case) -> HttpResponse:
        finding = self._finding_in(request, case, request.POST[DISMISS])
        if finding is None:
            return self._answer(request, case, _("This finding is not there any more."))
        form = WordForm(request.POST if "word" in request.POST else None)
        if form.is_valid():
            by, word = user_of(request), form.cleaned_data["word"]
            try:
                dismissals.dismiss(case, finding, by=by, word=word)
            except (dismissals.NotDismissible, ValidationError) as error:
                return self._answer(request, case, str(error))
            return self._answer(request, case)
        if "_script" in request.POST:
            return self._answer(request, case, _("Say in a word why it may stand."))
        if "lock" in request.POST:
            address = reverse("admin:cases_case_change", args=[case.pk])
            working_copies.keep(user_of(request), address, request.POST)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            **{"title": _("Let a finding stand"), "case": case, "finding": finding, "form": form},
        }
        return TemplateResponse(request, "admin/cases/case/dismiss.html", context)

    def _take_finding_up(self, request: HttpRequest, case: Case) -> HttpResponse:
        number = request.POST[TAKE_UP]
        rows = Dismissal.objects.filter(case=case, pk=number if number.isdecimal() else 0)
        row = get_object_or_404(rows)
        try:
            dismissals.take_back(row, by=user_of(request))
        except dismissals.NotDismissible as error:
            return self._answer(request, case, str(error))
        return self._answer(request, case)

    def _answer(self, request: HttpRequest, case: Case, refused: str = "") -> HttpResponse:
        if "_script" in request.POST:
            return JsonResponse({"refused": refused}, status=409 if refused else 200)
        if refused:
            messages.warning(request, refused)
        return self._to_form(request, case)
