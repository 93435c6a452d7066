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
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corrections import asking, claims, joining, services
from corrections.likeness import grouped, like
from corrections.models import Correction
from corrections.passages import passage_in_context
from corrections.plain_text import web_addresses
from desk.dashboard import correction_counts
from revisions.people import user_of

from ..forms import DecisionForm, UndoForm
from ..pages import REFUSALS, numbered_page, page, refuse
from ..queue import DRAWERS, corrections_in, drawer_named, joinable, next_in

may_decide = permission_required("corrections.decide_correction", raise_exception=True)

DONE = {
    "take": gettext_lazy("You look after %(reference)s now."),
    "take_over": gettext_lazy("You look after %(reference)s now."),
    "release": gettext_lazy("%(reference)s is new again: a colleague can take it."),
    "ask": gettext_lazy("The sender of %(reference)s is asked: see below where they read it."),
    "join": gettext_lazy("%(reference)s is joined to the other, whose decision holds for both."),
    "accept": gettext_lazy("%(reference)s is accepted: it waits for an edition that mends it."),
    "decline": gettext_lazy("%(reference)s is declined."),
    "answer": gettext_lazy("%(reference)s is answered."),
    "spam": gettext_lazy("%(reference)s is marked as spam."),
    "undo": gettext_lazy("The decision about %(reference)s is undone: you look after it again."),
}
_STAYS = ("take", "take_over", "release", "ask")  # one goes on with the same correction


@may_decide
def queue(request: HttpRequest) -> HttpResponse:
    """A drawer of the queue, oldest first, those about the same together; the counts of all."""
    drawer = drawer_named(request.GET.get("show"))
    counts = correction_counts(user_of(request))
    rows = numbered_page(request, corrections_in(drawer, user_of(request)))
    return page(
        request,
        "corrections_queue",
        _("Corrections desk"),
        rows=rows,
        groups=grouped(rows.object_list),
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
            _decide(action, found, request, asked.cleaned_data)
        except REFUSALS as error:
            refuse(asked, error)
        else:
            messages.success(request, DONE[action] % {"reference": found.reference})
            if action not in _STAYS:
                return redirect(_where_next(action, drawer, user_of(request), found))
            typed = asked.cleaned_data | ({"question": ""} if action == "ask" else {})
            if action == "ask" and not set(asked.changed_data) - {"question"}:
                return redirect(f"{request.path}?{urlencode({'show': drawer})}#thread-heading")
            form = DecisionForm(initial=typed, others=joinable(found))  # what was typed before
        found = _correction(reference)
    in_vain = asked.is_bound and isinstance(asked, DecisionForm) != found.is_open
    return page(
        request,
        "correction",
        _("%(kind)s %(reference)s")
        % {"kind": found.get_kind_display().capitalize(), "reference": found.reference},
        **_shown(found, user_of(request)),
        form=_form(found, request, "") if in_vain else form,
        errors=asked.non_field_errors(),
        typed=_typed(asked) if in_vain else [],
        drawer=drawer,
        drawer_label=DRAWERS[drawer],
        next=next_in(drawer, user_of(request), found),
    )


def _shown(found: Correction, user: User) -> dict[str, Any]:
    """What the page says of a correction, besides its form."""
    others = [other for other in joinable(found) if other.is_open]
    return {
        "correction": found,
        "context": passage_in_context(found),
        "evidence_addresses": web_addresses(found.evidence),
        "events": found.events.select_related("by"),
        "thread": found.messages.select_related("by"),
        "doubles": list(found.doubles.for_queue()) if not found.joined_to else [],
        "same": like(found, others),
        "others": others,
        "held_by_another": found.is_held(timezone.now()) and found.taken_by != user,
        "is_mine": found.status == Correction.Status.TAKEN and found.taken_by == user,
        "is_free": found.is_open and not found.is_held(timezone.now()),
    }


def _correction(reference: str) -> Correction:
    people = ("taken_by", "decided_by")
    rows = Correction.objects.select_related(
        "edition__case", "mended_in", "notice", "joined_to", *people
    )
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
    return DecisionForm(typed, initial=initial, action=action, others=joinable(found))


def _decide(action: str, found: Correction, request: HttpRequest, typed: dict[str, Any]) -> None:
    """Do what the button says. Raises as the services of corrections."""
    user, reason = user_of(request), typed["reason"]
    notice = {name: typed.get(name, "") for name in ("before", "after", "why")}
    decisions: dict[str, Callable[[], object]] = {
        "take": lambda: services.take(found, by=user),
        "take_over": lambda: claims.take_over(_as_seen(found, request), by=user),
        "release": lambda: claims.release(found, by=user),
        "ask": lambda: asking.ask(found, by=user, text=typed["question"]),
        "join": lambda: joining.join(found, into=_other(typed["into"]), by=user, reason=reason),
        "accept": lambda: services.accept(found, by=user, reason=reason, **notice),
        "decline": lambda: services.decline(found, by=user, reason=reason),
        "answer": lambda: services.answer(found, by=user, reason=reason),
        "spam": lambda: services.mark_spam(found, by=user, reason=reason),
        "undo": lambda: services.undo(found, by=user, reason=reason),
    }
    decisions[action]()


def _as_seen(found: Correction, request: HttpRequest) -> Correction:
    """The correction in the hands in which whoever takes it over saw it."""
    held_by = request.POST.get("held_by", "")
    if held_by.isascii() and held_by.isdecimal() and len(held_by) < 10:
        found.taken_by_id = int(held_by)
    return found


def _other(reference: str) -> Correction:
    return Correction.objects.get(reference=reference)


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
