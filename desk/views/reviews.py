"""The review pages: the queue, a case beside its edition in print, and the ways to decide on it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cases.models import Case
from desk import review_queue, services
from desk.review import Review, look_at
from editions.models import Edition
from reviews import checklist, claims, schedules
from revisions import history
from revisions.people import user_of
from revisions.revision_block import StaleLock

from ..forms import PublishForm, RenameForm, SendBackForm, WithdrawForm
from ..pages import REFUSALS, numbered_page, page, refuse
from .handling import HANDLERS, NotUnderstood

may_publish = permission_required("cases.publish_case", raise_exception=True)


@may_publish
def queue(request: HttpRequest) -> HttpResponse:
    """The cases that wait for a moderator, the longest waiting first, by drawer."""
    user = user_of(request)
    drawer = review_queue.drawer_named(request.GET.get("show"))
    rows = numbered_page(request, review_queue.cases_in(drawer, user))
    review_queue.mark(rows.object_list, user)
    counts = review_queue.counts(user)
    drawers = [
        (name, label, counts.drawers[name])
        for name, (label, _which) in review_queue.DRAWERS.items()
    ]
    return page(
        *(request, "review_queue", _("Review queue")),
        rows=rows,
        counts=counts,
        drawers=drawers,
        drawer=drawer,
    )


@may_publish
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One case beside its edition in print; publish it, now or at a set time, or send it back."""
    asked = request.POST.get("action", "") if request.method == "POST" else ""
    case = _case(pk)
    if asked in HANDLERS:
        _handle(request, case, asked)
        case = _case(pk)
    claims.keep_active(case, by=user_of(request))
    found = look_at(case, user_of(request))
    publish_form = _publish_form(found, request, asked)
    send_back_form = _send_back_form(found, request, asked)
    form = {"publish": publish_form, "schedule": publish_form, "send-back": send_back_form}.get(
        asked
    )
    if form is not None and form.is_valid() and _is_still_as_seen(form, found):
        try:
            messages.success(request, _DECIDE[asked](found.case, request, form.cleaned_data))
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
        may_decide=not found.own_work or "unread_reason" in publish_form.fields,
        meanwhile=_meanwhile(form, found),
        zone=timezone.get_current_timezone_name(),
        chosen=_chosen(publish_form, "mends"),
        ticked=_chosen(publish_form, "ticks"),
    )


def _handle(request: HttpRequest, case: Case, asked: str) -> None:
    """What needs no form: the page is shown again, with whatever was typed into it."""
    try:
        messages.success(request, HANDLERS[asked](request, case))
    except (*REFUSALS, NotUnderstood) as error:
        said = error.messages if isinstance(error, ValidationError) else [str(error)]
        messages.error(request, " ".join(said))


def _chosen(form: forms.Form, name: str) -> list[str]:
    """What is chosen in a field of check boxes, as the template compares it."""
    return [str(value) for value in form[name].value() or ()] if name in form.fields else []


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


def _publish_form(found: Review, request: HttpRequest, asked: str) -> PublishForm:
    """Bound where publishing was asked for; else with whatever was typed into it meanwhile, or with
    what is proposed."""
    posted = request.POST
    initial: dict[str, Any] = {**posted.dict(), "mends": posted.getlist("mends")}
    if posted:
        initial["ticks"] = posted.getlist("ticks")
    else:
        initial["ticks"] = [row.item.pk for row in found.checklist if row.tick]
        initial["change_note"] = found.proposed_note
    form = PublishForm(
        posted if asked in ("publish", "schedule") else None,
        initial=initial,
        found=found,
        may_override=request.user.has_perm("reviews.publish_unread"),
    )
    if asked == "schedule":
        form.require_time()
    return form


def _send_back_form(found: Review, request: HttpRequest, asked: str) -> SendBackForm:
    initial: dict[str, Any] = request.POST.dict()
    if initial:
        initial["with_comments"] = "with_comments" in request.POST
    posted = request.POST if asked == "send-back" else None
    return SendBackForm(posted, initial=initial, found=found)


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
    _tick(case, request, typed)
    edition = services.publish(
        case,
        by=user_of(request),
        kind=typed.get("kind", Edition.Kind.FIRST),
        change_note=typed.get("change_note", ""),
        mends=typed.get("mends", ()),
        notice=typed.get("notice"),
        seen=typed["seen"],
        unread_reason=typed.get("unread_reason", ""),
    )
    return format_html(
        _('Published: <a href="{}">edition {} of “{}”</a>.'),
        edition.permanent_path,
        edition.number,
        edition.title,
    )


def _schedule(case: Case, request: HttpRequest, typed: dict[str, Any]) -> str:
    _tick(case, request, typed)
    made = schedules.schedule(
        case,
        by=user_of(request),
        at=typed["at"],
        kind=typed.get("kind", Edition.Kind.FIRST),
        change_note=typed.get("change_note", ""),
        mends=[correction.reference for correction in typed.get("mends", ())],
        notice=typed.get("notice"),
        seen=typed["seen"],
        unread_reason=typed.get("unread_reason", ""),
    )
    when = date_format(timezone.localtime(made.at), "DATETIME_FORMAT")
    facts = {"title": case, "when": when, "zone": timezone.get_current_timezone_name()}
    return _("“%(title)s” is published on %(when)s (%(zone)s), if nobody changes it.") % facts


def _tick(case: Case, request: HttpRequest, typed: dict[str, Any]) -> None:
    """What was ticked stays, also where the publication is refused."""
    if "ticks" in typed:
        checklist.tick(case, typed["ticks"], by=user_of(request))


def _send_back(case: Case, request: HttpRequest, typed: dict[str, Any]) -> str:
    services.send_back(
        case, by=user_of(request), reason=typed["reason"], comments=typed["comments"]
    )
    return _("Sent back to its editors: “%(title)s”.") % {"title": case}


_DECIDE = {"publish": _publish, "schedule": _schedule, "send-back": _send_back}
