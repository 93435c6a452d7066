"""Corrections as editors may read them: without who sent them, and without spam."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from reversion.models import Version

from cases.models import Case
from corrections.models import Correction
from corrections.passages import passage_in_context
from corrections.plain_text import web_addresses
from revisions.people import user_of

from ..pages import numbered_page, page

PERMISSIONS = ("corrections.read_correction",)
_SENDER = [f"sender_details__{n}" for n in ("name", "name_salt", "email", "email_salt")]


@dataclass(frozen=True)
class Message:
    """One of the thread with the sender; `by` is nobody where the sender wrote it."""

    at: datetime
    by: User | None
    text: str


@permission_required(PERMISSIONS, raise_exception=True)
def corrections(request: HttpRequest) -> HttpResponse:
    """Those of the cases that whoever looks has worked on, or all, newest first. `?q=` looks for a
    reference or a title, not in what was sent, where the sender may have named themselves."""
    show = "all" if request.GET.get("show") == "all" else "mine"
    asked = request.GET.get("q", "").replace("\0", "").strip()[:200]
    readable = Correction.objects.meant().for_queue().defer(*_SENDER)
    mine = readable.filter(edition__case__in=_worked_on_by(user_of(request)))
    rows = readable if show == "all" else mine
    if asked:
        rows = rows.filter(Q(reference__iexact=asked) | Q(edition__title__icontains=asked))
    return page(
        request,
        "read_corrections",
        _("Corrections of cases"),
        rows=numbered_page(request, rows.order_by("-created_at", "-pk")),
        drawer=show,
        asked=asked,
    )


@permission_required(PERMISSIONS, raise_exception=True)
def correction(request: HttpRequest, reference: str) -> HttpResponse:
    """One correction: what was said, where, and what was decided, in words that name no sender."""
    related = ("edition__case", "mended_in", "joined_to", "decided_by", "taken_by", "notice")
    rows = Correction.objects.meant().select_related(*related)
    found = get_object_or_404(rows, reference=reference)
    hidden = found.without_sender
    thread = found.messages.select_related("by")
    return page(
        request,
        "read_correction",
        _("%(kind)s %(reference)s")
        % {"kind": found.get_kind_display().capitalize(), "reference": found.reference},
        correction=found,
        context=passage_in_context(found),
        said={
            "message": hidden(found.message),
            "suggestion": hidden(found.suggestion),
            "evidence": hidden(found.evidence),
            "reason": hidden(found.reason),
        },
        evidence_addresses=web_addresses(hidden(found.evidence)),
        thread=[Message(row.at, row.by, hidden(row.text)) for row in thread],
    )


def _worked_on_by(user: User) -> QuerySet[Case]:
    """The cases of which `user` ever saved a revision."""
    revisions = Version.objects.get_for_model(Case).filter(revision__user=user).order_by()
    keys = revisions.annotate(key=Cast("object_id", BigIntegerField())).values("key")
    return Case.objects.filter(pk__in=keys)
