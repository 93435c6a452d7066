"""What editors and moderators say to each other about a case, paragraph by paragraph."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Case
from cases.rendering import render_case
from desk.review import with_comments
from editions.passages import Passage
from reviews import claims, comments
from reviews.comments import paragraphs_of, placed
from reviews.models import Thread
from revisions.people import user_of

from ..pages import REFUSALS, page, refuse
from ..review_forms import CommentForm

PERMISSIONS = ("cases.change_case",)
_BACK = {"review": "admin:review", "case": "admin:cases_case_change"}


@permission_required(PERMISSIONS, raise_exception=True)
def case_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with what was said of it; POST says something, resolves it, or opens it again."""
    case = get_object_or_404(Case.objects.select_related("aim", "conflict"), pk=pk)
    rendered = render_case(case)
    about = _paragraph(request.GET.get("paragraph"), paragraphs_of(rendered.html))
    form = CommentForm(initial={"place": about.id, "paragraph": about.text} if about else {})
    answered = None
    if request.method == "POST":
        answered = _thread(request, case)
        form = CommentForm(_typed(request, answered))
        done = _done(request, case, answered, form, paragraphs_of(rendered.html))
        if done is not None:
            claims.keep_active(case, by=user_of(request))
            return redirect(f"{_back(request, case)}#thread-{done.pk}")
        about = _posted(form, paragraphs_of(rendered.html))
    rows = placed(Thread.objects.of(case), rendered.html)
    return page(
        request,
        "comments",
        _("Comments: %(title)s") % {"title": case},
        case=case,
        text=with_comments(rendered.html, case, rows),
        notes=rendered.notes,
        rows=rows,
        form=form,
        about=about,
        answered=answered,
    )


def _done(
    request: HttpRequest,
    case: Case,
    thread: Thread | None,
    form: CommentForm,
    found: list[Passage],
) -> Thread | None:
    """The thread in which something was done; None where it was refused, which the form says."""
    user, asked = user_of(request), request.POST.get("action", "")
    says = asked not in ("resolve", "reopen")
    if says and not form.is_valid():
        return None
    typed: dict[str, Any] = form.cleaned_data if says else {}
    try:
        if thread is None:
            about = _posted(form, found)
            thread = comments.comment(case, by=user, text=typed["text"], about=about)
        elif asked == "reopen":
            comments.reopen(thread, by=user)
        else:
            with transaction.atomic():  # an answer that cannot be resolved as well is typed again
                if says:
                    comments.reply(thread, by=user, text=typed["text"])
                if asked in ("resolve", "reply-and-resolve"):
                    comments.resolve(thread, by=user)
    except REFUSALS as error:
        if not says:
            messages.error(request, str(error))
            return thread
        refuse(form, error)
        return None
    return thread


def _typed(request: HttpRequest, thread: Thread | None) -> dict[str, str]:
    """What was sent; each thread on a page has a field of its own for the answer."""
    typed = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    name = f"answer-{thread.pk}" if thread else ""
    return typed | ({"text": typed[name]} if name in typed else {})


def _thread(request: HttpRequest, case: Case) -> Thread | None:
    """The thread that is answered; None where a new one is begun. Raises Http404."""
    key = request.POST.get("thread", "")
    if not key:
        if request.POST.get("action") in ("resolve", "reopen"):
            raise Http404
        return None
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise Http404
    return get_object_or_404(Thread.objects.of(case), pk=key)


def _paragraph(place: str | None, found: list[Passage]) -> Passage | None:
    return next((passage for passage in found if passage.id == place), None)


def _posted(form: CommentForm, found: list[Passage]) -> Passage | None:
    """The paragraph that was commented on: the text may have been changed since, so that another
    stands in its place."""
    place, words = (form.data.get(name, "").strip() for name in ("place", "paragraph"))
    there = _paragraph(place, found)
    if there is None or not words or there.text == words:
        return there
    return next((passage for passage in found if passage.text == words), None) or Passage(
        place, words[:20_000]
    )


def _back(request: HttpRequest, case: Case) -> str:
    name = request.POST.get("back", "")
    if name == "review" and not request.user.has_perm("cases.publish_case"):
        name = ""
    return reverse(_BACK.get(name, "admin:comments"), args=[case.pk])
