"""What may be done with several cases of the list at once: submit them, assign them; and undo it.

Each asks first, on a page whose address names the cases, and says of each what cannot be done. What
was done is in the address of the undo, signed, so that nobody undoes what was never done.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from revisions import working_copies
from revisions.admin_widgets import possible_keys
from revisions.forms import reason_field
from revisions.people import user_of

from . import services, several
from .models import Case

MOST = 100  # cases at once; their keys stand in an address
_SALT = "cases.bulk_actions"


class SubmitForm(forms.Form):
    """Why they are submitted."""

    use_required_attribute = False
    reason = reason_field()
    reason.label = gettext_lazy("Why")


class AssignForm(forms.Form):
    """To whom they are assigned, and why."""

    use_required_attribute = False
    to = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Assign to"),
        required=False,
        empty_label=gettext_lazy("nobody"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=200,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("If there is something to say: it stands in the audit trail."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        to.queryset = services.writers()  # type: ignore[attr-defined]
        to.label_from_instance = lambda u: u.get_full_name() or u.get_username()  # type: ignore[attr-defined]


class BulkActions(admin.ModelAdmin):
    """A ModelAdmin of cases with these actions and their pages."""

    actions = ("submit_several", "assign_several")

    def has_submit_permission(self, request: HttpRequest) -> bool:
        """For whom the action is offered."""
        return request.user.has_perm("cases.submit_case")

    @admin.action(description=gettext_lazy("Submit for review …"), permissions=["submit"])
    def submit_several(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Leads to the page that asks."""
        return self._ask(request, queryset, "submit")

    @admin.action(description=gettext_lazy("Assign to somebody …"), permissions=["change"])
    def assign_several(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Leads to the page that asks."""
        return self._ask(request, queryset, "assign")

    def _ask(self, request: HttpRequest, queryset: QuerySet, what: str) -> HttpResponse | None:
        keys = list(queryset.order_by().values_list("pk", flat=True)[: MOST + 1])
        if len(keys) > MOST:
            messages.error(request, _("At most %s cases at once. Choose fewer.") % MOST)
            return None
        address = reverse(f"admin:cases_case_several_{what}", current_app=self.admin_site.name)
        return redirect(f"{address}?{urlencode({'case': sorted(keys)}, doseq=True)}")

    def get_urls(self) -> list[URLPattern]:
        """With the pages that ask."""
        view = self.admin_site.admin_view
        return [
            path("several/submit/", view(self.submit_view), name="cases_case_several_submit"),
            path("several/assign/", view(self.assign_view), name="cases_case_several_assign"),
            path("several/undo/", view(self.undo_view), name="cases_case_several_undo"),
            *super().get_urls(),
        ]

    def submit_view(self, request: HttpRequest) -> HttpResponse:
        """Asks why, says which cannot be submitted, and submits the others."""
        if not self.has_submit_permission(request):
            raise PermissionDenied
        cases, by = _asked_for(request), user_of(request)
        form = SubmitForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            done = several.Done().each(
                cases, lambda case: several.submit(case, by=by, reason=reason)
            )
            n = len(done.cases)
            said = ngettext("%s case is in review.", "%s cases are in review.", n) % n
            return self._told(request, done, said, {"did": "submit", "by": by.pk})
        rows = [(case, several.why_not_submitted(case, case.stopping)) for case in cases]
        ready = sum(not why for _case, why in rows)
        title = ngettext("Submit %s case for review", "Submit %s cases for review", ready) % ready
        return self._page(request, title, rows, form, _("Submit for review"))

    def assign_view(self, request: HttpRequest) -> HttpResponse:
        """Asks to whom, and assigns them."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        cases, by = _asked_for(request), user_of(request)
        form = AssignForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
            was = {case.pk: case.editor_id for case in cases}
            done = several.Done().each(
                cases, lambda c: services.assign(c, to=to, by=by, reason=reason)
            )
            n = len(done.cases)
            said = ngettext(
                "%(n)s case is assigned to %(to)s.", "%(n)s cases are assigned to %(to)s.", n
            ) % {"n": n, "to": _called(to)}
            what = {"did": "assign", "by": by.pk, "to": to.pk if to else None, "was": was}
            return self._told(request, done, said, what)
        rows = [(case, "") for case in cases]
        n = len(rows)
        title = ngettext("Assign %s case", "Assign %s cases", n) % n
        return self._page(request, title, rows, form, _("Assign"))

    def undo_view(self, request: HttpRequest) -> HttpResponse:
        """Shows what was done, and takes it back where nothing happened since."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        by = user_of(request)
        what = _signed(_address(request).get("what", ""), by)
        cases, form = list(_in(what["cases"])), forms.Form(request.POST or None)
        if request.method == "POST":
            done = several.Done().each(cases, lambda case: several.undo(case, what, by=by))
            n = len(done.cases)
            said = ngettext("Undone for %s case.", "Undone for %s cases.", n) % n
            return self._told(request, done, said, None)
        rows = [(case, several.why_not_undone(case, what)) for case in cases]
        ready = sum(not why for _case, why in rows)
        if what["did"] == "submit":
            title = ngettext("Take %s submission back", "Take %s submissions back", ready) % ready
        else:
            title = ngettext("Assign %s case back", "Assign %s cases back", ready) % ready
        return self._page(request, title, rows, form, _("Undo"))

    def _page(
        self,
        request: HttpRequest,
        title: str,
        rows: list[tuple[Case, str]],
        form: forms.Form,
        button: str,
    ) -> HttpResponse:
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "working_copy": working_copies.of(user_of(request), request.path).first(),
            "hidden": _hidden(request),
            "title": title,
            "rows": rows,
            "ready": sum(not why for _case, why in rows),
            "form": form,
            "button": button,
        }
        return TemplateResponse(request, "admin/cases/case/several.html", context)

    def _told(
        self, request: HttpRequest, done: several.Done, said: str, what: dict[str, Any] | None
    ) -> HttpResponse:
        """To the list, with what was done, a way to undo it, and what could not be done."""
        if done.cases and what is not None:
            what["cases"] = [case.pk for case in done.cases]
            token = signing.dumps(what, salt=_SALT, compress=True)
            address = reverse("admin:cases_case_several_undo") + "?" + urlencode({"what": token})
            link = format_html('<a href="{}">{}</a>', address, _("Undo"))
            messages.success(request, format_html("{} {}", said, link))
        elif done.cases:
            messages.success(request, said)
        if done.refused:
            listed = " ".join(done.refused)
            messages.warning(request, _("Not done: %s") % listed)
        return redirect(reverse("admin:cases_case_changelist", current_app=self.admin_site.name))


def _called(user: User | None) -> str:
    return (user.get_full_name() or user.get_username()) if user else _("nobody")


def _in(keys: list[int]) -> QuerySet[Case]:
    return Case.objects.filter(pk__in=keys).select_related("editor").order_by("title")


def _address(request: HttpRequest) -> QueryDict:
    """What the address says; what was sent from the page says it too, for when the session ended
    and the log-in leads back without."""
    if "case" in request.GET or "what" in request.GET:
        return request.GET
    kept = working_copies.of(user_of(request), request.path).first()
    return working_copies.typed_in(kept) if kept else request.GET


def _hidden(request: HttpRequest) -> list[tuple[str, str]]:
    address = _address(request)
    return [(name, value) for name in ("case", "what") for value in address.getlist(name)]


def _asked_for(request: HttpRequest) -> list[Case]:
    """The cases that the address names. Raises Http404 where it names none, or too many."""
    asked = possible_keys(_address(request).getlist("case"))
    found = list(_in([int(key) for key in asked if key])) if len(asked) <= MOST else []
    if not found:
        raise Http404(_("No case was chosen, or too many."))
    return found


def _signed(token: str, by: User) -> dict[str, Any]:
    """What was done, within the last day, by whoever asks. Raises Http404, PermissionDenied."""
    try:
        what = signing.loads(token, salt=_SALT, max_age=24 * 60 * 60)
    except signing.BadSignature as error:
        raise Http404(_("This can be undone for a day, by its whole address.")) from error
    if what["by"] != by.pk:
        raise PermissionDenied
    return what
