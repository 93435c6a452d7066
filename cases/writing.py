"""The page on which a case is written: its layout, what proofreading finds meanwhile, and the
buttons that hand the case to the moderators and take it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from revisions import history
from revisions.admin import RevisedAdmin
from revisions.people import user_of
from sources.models import Source

from . import services
from .findings_panel import panel
from .form_layout import PLAIN, laid_out
from .forms import CaseForm
from .models import Case
from .proofreading import stopping
from .typed import typed_case

SUBMIT, SUBMIT_ALL_THE_SAME = "_submit_for_review", "_submit_all_the_same"  # names of buttons
TAKE_BACK = "_take_back"
ASKED = "asked"  # in an address: whether to submit the case with what stops publication


class WritingPages(RevisedAdmin[Case]):
    """Mixed into the admin of cases: its form."""

    change_form_template = "admin/cases/case/change_form.html"
    more_than_saves = (SUBMIT, SUBMIT_ALL_THE_SAME, TAKE_BACK)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who takes a case back need not say why."""
        if TAKE_BACK in request.POST and not request.POST.get("reason", "").strip():
            posted = request.POST.copy()
            posted["reason"] = _("Taken back.")
            request.POST = posted  # type: ignore[assignment]
        return super().changeform_view(request, *args, **kwargs)

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        """None where no script looks anything up: there are lists to choose from."""
        return () if PLAIN in request.GET else super().get_autocomplete_fields(request)

    def get_urls(self) -> list[URLPattern]:
        """With the address that takes a case back from the moderators."""
        view = self.admin_site.admin_view(self.take_back_view)
        return [
            path("<int:pk>/take-back/", view, name="cases_case_take_back"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def take_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes a submission back from outside its form, such as from the dashboard."""
        case = get_object_or_404(Case, pk=pk)
        if not request.user.has_perm("cases.submit_case"):
            raise PermissionDenied
        self._take_back(request, case, _("Taken back."))
        return redirect("admin:cases_case_change", pk)

    def _take_back(self, request: HttpRequest, case: Case, reason: str) -> None:
        try:
            services.take_back(case, by=user_of(request), reason=reason)
        except services.WrongStage as error:
            messages.warning(request, str(error))
        else:
            messages.info(request, _("The case is a draft again, and no moderator waits for it."))

    def preview_url(self, obj: Case | None) -> str:
        """Where the case is previewed, or one that is not stored yet."""
        if obj is None:
            return reverse("admin:cases_case_preview_new")
        return reverse("admin:cases_case_preview", args=[obj.pk])

    def as_typed(self, request: HttpRequest, obj: Case | None) -> Case:
        """The case as its form was sent, in memory alone."""
        form = self.get_form(request, obj, change=obj is not None)(
            request.POST, instance=obj or Case()
        )
        formsets = [
            formset(request.POST, instance=form.instance, queryset=inline.get_queryset(request))
            for formset, inline in self.get_formsets_with_inlines(request, obj)
        ]
        return typed_case(form, formsets)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Laid out for writing, with what proofreading finds, and the buttons of whoever looks."""
        obj: Case | None = kwargs.get("obj")
        form = context["adminform"].form
        waiting = obj is not None and obj.stage == Case.Stage.IN_REVIEW
        may = request.user.has_perm("cases.submit_case")
        context |= laid_out(context["adminform"], context["inline_admin_formsets"])
        context |= {
            "title": obj or _("A new case"),
            "subtitle": None,
            "may_submit": may and not waiting,
            "may_take_back": may and waiting,
            "preview_url": self.preview_url(obj),
            "cite_url": reverse("admin:sources_source_cite"),
            "source_types": Source.Type.choices,
            "plain": PLAIN,
        }
        if form.is_bound or obj is not None:
            context |= self._found(request, context, obj)
        if ASKED in request.GET and obj is not None and not form.is_bound:
            context["asked"] = context["may_submit"] and context["stopping"]
            last = history.revisions_of(obj).first()
            form.initial["reason"] = last.revision.comment if last else ""
        return super().render_change_form(request, context, *args, **kwargs)

    def _found(
        self, request: HttpRequest, context: dict[str, Any], obj: Case | None
    ) -> dict[str, Any]:
        """What proofreading finds in the case as the form has it, and how many words it has."""
        case = obj
        if context["adminform"].form.is_bound or case is None:
            stored = Case.objects.get(pk=obj.pk) if obj else None
            case = self.as_typed(request, stored)
        return panel(case, hints="hints" in request.GET, in_form=True)

    def move(self, request: HttpRequest, form: CaseForm) -> None:
        """Submits the case or takes it back, where that was asked; the save holds in any case."""
        case, reason = form.instance, form.cleaned_data["reason"]
        asked = {SUBMIT, SUBMIT_ALL_THE_SAME, TAKE_BACK} & request.POST.keys()
        if not asked or not request.user.has_perm("cases.submit_case"):
            return
        if TAKE_BACK in asked:
            self._take_back(request, case, reason)
        elif SUBMIT_ALL_THE_SAME in asked or not _stopped(case):
            try:
                services.submit(case, by=user_of(request), reason=reason)
            except services.WrongStage as error:
                messages.warning(request, str(error))
            else:
                messages.info(request, _("The case has been handed to the moderators."))

    def response_add(
        self, request: HttpRequest, obj: Case, post_url_continue: str | None = None
    ) -> HttpResponse:
        """As `response_change`."""
        return self._asks(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Case) -> HttpResponse:
        """The form again, where it is asked whether to submit with what stops publication."""
        return self._asks(request, obj) or super().response_change(request, obj)

    def _asks(self, request: HttpRequest, obj: Case) -> HttpResponse | None:
        address = reverse("admin:cases_case_change", args=[obj.pk])
        if TAKE_BACK in request.POST:
            return redirect(address)
        may = SUBMIT in request.POST and request.user.has_perm("cases.submit_case")
        if not may or Case.objects.in_review().filter(pk=obj.pk).exists():
            return None
        return redirect(f"{address}?{ASKED}=1")


def _stopped(case: Case) -> bool:
    """Whether a finding stops the publication of a case that was just stored."""
    return bool(stopping(Case.objects.get(pk=case.pk)))
