"""The corrections desk: the queue, and one correction with what can be decided about it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corrections import services
from corrections.models import Correction
from corrections.passages import passage_in_context
from corrections.plain_text import web_addresses
from desk.dashboard import correction_counts
from revisions.people import user_of

from ..forms import DecisionForm, UndoForm
from ..pages import REFUSALS, numbered_page, page, refuse
from ..queue import DRAWERS, corrections_in, drawer_named, next_in

may_decide = permission_required("corrections.decide_correction", raise_exception=True)

DONE = {
    "take": gettext_lazy("You look after %(reference)s now."),
    "accept": gettext_lazy("%(reference)s is accepted: it waits for an edition that mends it."),
    "decline": gettext_lazy("%(reference)s is declined."),
    "answer": gettext_lazy("%(reference)s is answered."),
    "spam": gettext_lazy("%(reference)s is marked as spam."),
    "undo": gettext_lazy("The decision about %(reference)s is undone: you look after it again."),
}


@may_decide
def queue(request: HttpRequest) -> HttpResponse:
    """A drawer of the queue, oldest first, with the counts of all."""
    drawer = drawer_named(request.GET.get("show"))
    counts = correction_counts(user_of(request))
    return page(
        request,
        "corrections_queue",
        _("Corrections desk"),
        rows=numbered_page(request, corrections_in(drawer, user_of(request))),
        drawer=drawer,
        drawers=[(name, label, counts[name]) for name, label in DRAWERS.items()],
        drawer_label=DRAWERS[drawer],
    )


@may_decide
def correction(request: HttpRequest, reference: str) -> HttpResponse:
    """One correction: what was sent, where it stands in its edition, and what became of it."""
    found = _correction(reference)
    drawer = drawer_named(request.GET.get("show"))
    action = request.POST.get("action", "") if request.method == "POST" else ""
    asked = form = _form(found, request, action)
    if action in DONE and asked.is_valid():
        try:
            _decide(action, found, user_of(request), asked.cleaned_data)
        except REFUSALS as error:
            refuse(asked, error)
        else:
            messages.success(request, DONE[action] % {"reference": found.reference})
            if action != "take":
                return redirect(_where_next(action, drawer, user_of(request), found))
            form = DecisionForm(initial=asked.cleaned_data)  # what was typed before taking it
        found = _correction(reference)
    in_vain = asked.is_bound and isinstance(asked, DecisionForm) != found.is_open
    return page(
        request,
        "correction",
        _("%(kind)s %(reference)s")
        % {"kind": found.get_kind_display().capitalize(), "reference": found.reference},
        correction=found,
        context=passage_in_context(found),
        evidence_addresses=web_addresses(found.evidence),
        events=found.events.select_related("by"),
        others=Correction.objects.open().of(found.edition.case).exclude(pk=found.pk).for_queue(),
        form=_form(found, request, "") if in_vain else form,
        errors=asked.non_field_errors(),
        typed=_typed(asked) if in_vain else [],
        drawer=drawer,
        drawer_label=DRAWERS[drawer],
        next=next_in(drawer, user_of(request), found),
    )


def _correction(reference: str) -> Correction:
    people = ("taken_by", "decided_by")
    rows = Correction.objects.select_related("edition__case", "mended_in", "notice", *people)
    return get_object_or_404(rows, reference=reference)


def _form(found: Correction, request: HttpRequest, action: str) -> DecisionForm | UndoForm:
    """The form that goes with the button pressed or, when none was, with the correction's state."""
    typed = request.POST if action in DONE else None
    if action == "undo" or (typed is None and not found.is_open):
        return UndoForm(typed)
    drafted = any((found.notice_before, found.notice_after, found.notice_why))
    initial = {
        "before": found.notice_before if drafted else found.passage,
        "after": found.notice_after if drafted else found.suggestion,
        "why": found.notice_why,
    }
    return DecisionForm(typed, initial=initial, action=action)


def _decide(action: str, found: Correction, user: User, typed: dict[str, Any]) -> None:
    """Do what the button says. Raises as `corrections.services`."""
    reason = typed["reason"]
    decisions: dict[str, Callable[[], Correction]] = {
        "take": lambda: services.take(found, by=user),
        "accept": lambda: services.accept(found, by=user, **typed),
        "decline": lambda: services.decline(found, by=user, reason=reason),
        "answer": lambda: services.answer(found, by=user, reason=reason),
        "spam": lambda: services.mark_spam(found, by=user, reason=reason),
        "undo": lambda: services.undo(found, by=user, reason=reason),
    }
    decisions[action]()


def _where_next(action: str, drawer: str, user: User, found: Correction) -> str:
    """The next correction of the drawer; this one when a decision was undone; else the queue."""
    following = found if action == "undo" else next_in(drawer, user, found)
    query = "?" + urlencode({"show": drawer})
    if following is None:
        return reverse("admin:corrections_desk") + query
    return reverse("admin:correction_desk", args=[following.reference]) + query


def _typed(form: forms.Form) -> list[tuple[str, str]]:
    """What somebody wrote, for copying: the correction's state has no use for it any more."""
    return [(str(f.label), value) for f in form if (value := (f.value() or "").strip())]
