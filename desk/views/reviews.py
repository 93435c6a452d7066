"""The review pages: the queue, a case beside its edition in print, and the ways to decide on it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cases.models import Case
from desk import dashboard, services
from desk.review import Review, look_at
from editions import services as editions
from editions.models import Edition
from revisions import history
from revisions.people import user_of
from revisions.revision_block import StaleLock

from ..forms import PublishForm, RenameForm, SendBackForm, WithdrawForm
from ..pages import REFUSALS, numbered_page, page, refuse

may_publish = permission_required("cases.publish_case", raise_exception=True)


@may_publish
def queue(request: HttpRequest) -> HttpResponse:
    """The cases that wait for a moderator, the longest waiting first."""
    rows = numbered_page(request, dashboard.in_review())
    dashboard.mark_own_work(rows.object_list, user_of(request))
    return page(request, "review_queue", _("Review queue"), rows=rows)


@may_publish
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One case beside its edition in print; publish it, or send it back."""
    found = look_at(_case(pk), user_of(request))
    asked = request.POST.get("action", "") if request.method == "POST" else ""
    publish_form = _publish_form(found, request, asked == "publish")
    send_back_form = SendBackForm(
        request.POST if asked == "send-back" else None, initial=request.POST.dict()
    )
    forms_by_action = {"publish": publish_form, "send-back": send_back_form}
    form = forms_by_action.get(asked)
    if form is not None and form.is_valid() and _is_still_as_seen(form, found):
        decide = _publish if asked == "publish" else _send_back
        try:
            messages.success(request, decide(found.case, request, form.cleaned_data))
        except StaleLock:
            _refuse_as_changed(form)
            found = look_at(_case(pk), user_of(request))
        except REFUSALS as error:
            refuse(form, error)
            found = look_at(_case(pk), user_of(request))
        else:
            return redirect("admin:review_queue")
    return page(
        request,
        "review",
        _("Review: %(title)s") % {"title": found.case},
        review=found,
        publish_form=publish_form,
        send_back_form=send_back_form,
        meanwhile=_meanwhile(form, found),
        chosen=[str(value) for value in publish_form["mends"].value() or ()]
        if "mends" in publish_form.fields
        else [],
    )


@may_publish
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks why, and takes the case out of print."""
    found = look_at(_case(pk), user_of(request))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_still_as_seen(form, found):
        try:
            services.withdraw(found.case, by=user_of(request), reason=form.cleaned_data["reason"])
        except REFUSALS as error:
            refuse(form, error)
            found = look_at(_case(pk), user_of(request))
        else:
            text = _("Withdrawn: “%(title)s”. Its address now says why.") % {"title": found.case}
            messages.success(request, text)
            return redirect("admin:review_queue")
    title = _("Withdraw: %(title)s") % {"title": found.case}
    return page(request, "withdraw", title, review=found, form=form)


@may_publish
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives the case a new address; the one it had leads there for ever."""
    case = _case(pk)
    form = RenameForm(request.POST or None, initial={"slug": case.slug})
    if request.method == "POST" and form.is_valid():
        try:
            services.rename(case, by=user_of(request), **form.cleaned_data)
        except REFUSALS as error:
            refuse(form, error)
        else:
            messages.success(request, _("The case has its new address."))
            return redirect("admin:review", pk)
    title = _("Change the address of: %(title)s") % {"title": case}
    is_public = case.editions.exists()
    return page(request, "rename", title, case=case, form=form, is_public=is_public)


def _case(pk: int) -> Case:
    cases = Case.objects.select_related("aim", "conflict", "stage_changed_by")
    return get_object_or_404(cases, pk=pk)


def _publish_form(found: Review, request: HttpRequest, asked: bool) -> PublishForm:
    """Bound where publishing was asked for; else with whatever was typed into it meanwhile."""
    initial = {**request.POST.dict(), "mends": request.POST.getlist("mends")}
    return PublishForm(
        request.POST if asked else None,
        initial=initial,
        first=found.is_first,
        accepted=found.accepted,
    )


def _is_still_as_seen(form: forms.Form, found: Review) -> bool:
    """Whether the case is what the form was filled in for; says so in the form where it is not.

    What was seen is the service's to compare where it publishes: it builds the record anyway."""
    seen = None if isinstance(form, PublishForm) else form.cleaned_data.get("seen")
    if form.cleaned_data["lock"] == found.case.lock and (not seen or seen == found.seen):
        return True
    _refuse_as_changed(form)
    return False


def _refuse_as_changed(form: Any) -> None:
    form.stale = True
    form.add_error(
        None,
        _(
            "Nothing was done: the case, or a source or a name in it, was changed after you opened "
            "this page. It stands below as it is now, and what you typed is still here."
        ),
    )


def _meanwhile(form: forms.Form | None, found: Review) -> history.Meanwhile | None:
    """What others changed since the form was opened, where that is why it was refused."""
    if form is None or not getattr(form, "stale", False):
        return None
    lock = form.cleaned_data.get("lock")
    return history.meanwhile(found.case, lock) if lock != found.case.lock else None


def _publish(case: Case, request: HttpRequest, typed: dict[str, Any]) -> str:
    edition = services.publish(
        case,
        by=user_of(request),
        kind=typed.get("kind", Edition.Kind.FIRST),
        change_note=typed.get("change_note", ""),
        mends=typed.get("mends", ()),
        notice=typed.get("notice"),
        seen=typed["seen"],
    )
    return format_html(
        _('Published: <a href="{}">edition {} of “{}”</a>.'),
        edition.permanent_path,
        edition.number,
        edition.title,
    )


def _send_back(case: Case, request: HttpRequest, typed: dict[str, Any]) -> str:
    editions.request_changes(case, by=user_of(request), reason=typed["reason"])
    return _("Sent back to its editors: “%(title)s”.") % {"title": case}
