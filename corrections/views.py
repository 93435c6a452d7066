"""The public pages: the form, the sender's status page, the register of notices."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from editions.models import Edition
from serving.addresses import absolute
from serving.client_address import of_request
from serving.page_cache import cached_page
from serving.queries import takes_query

from . import asking, limits, services, status_text
from . import figures as decided
from .forms import CorrectionForm, ReplyForm
from .models import LENGTHS, Correction, Notice
from .plain_text import plain
from .references import with_token
from .steps import WrongState

PER_PAGE = 20


@takes_query("passage", "edition", longest=6000)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for a case. `?passage=` fills in the passage, `?edition=` names the edition."""
    edition = _edition(request, slug)
    if request.method != "POST":
        if edition.case.slug != slug:
            query = request.META.get("QUERY_STRING", "")
            address = reverse("correct", args=[edition.case.slug])
            return redirect(f"{address}?{query}" if query else address, permanent=True)
        passage = plain(request.GET.get("passage", ""))[: LENGTHS["passage"]]
        return _form_page(request, edition, CorrectionForm(initial={"passage": passage}))
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _form_page(request, edition, form)
    wait = limits.spend(of_request(request))
    if wait:
        return _too_many(request, edition, form, wait)
    _correction, token = services.send(edition, **form.words)
    return redirect("correction-status", token=token)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF_FAILURE_VIEW: for the form, the form again with a new token and with what was typed,
    so that it can simply be sent again; a page that says what to do for every other address.

    What was sent is not read here: it is there only where the token was looked for in it."""
    match = request.resolver_match
    was_read = "_post" in request.__dict__
    name = match.url_name if match else ""
    if match is None or name not in ("correct", "correction-status"):
        response = render(request, "corrections/csrf_failure.html", status=403)
        add_never_cache_headers(response)
        return response
    why = _(
        "This page was open for long, or your browser keeps no cookies from us, so we could "
        "not tell that it was you who sent it. Nothing is lost: please send it again."
    )
    form: CorrectionForm | ReplyForm
    form_class = CorrectionForm if name == "correct" else ReplyForm
    if was_read:
        form = form_class(request.POST)
        form.add_error(None, why)
    else:
        form, request.POST = form_class(), QueryDict()
    notice = "" if was_read else why
    if isinstance(form, ReplyForm):
        correction = _with_token(match.kwargs["token"])
        return never_cache(_status_page)(request, correction, form, status=403, notice=notice)
    edition = _edition(request, match.kwargs["slug"])
    return never_cache(_form_page)(request, edition, form, status=403, notice=notice)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correction_status(request: HttpRequest, token: str) -> HttpResponse:
    """The sender's private page: nobody else knows its address, which is not stored. They answer
    here what they are asked."""
    correction = _with_token(token)
    if request.method != "POST":
        return _status_page(request, correction, ReplyForm())
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _status_page(request, correction, form)
    wait = limits.spend(of_request(request))
    if wait:
        form.add_error(None, _too_many_words(wait))
        response = _status_page(request, correction, form, status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    words = {name: form.cleaned_data[name] for name in ("text", "form_token")}
    try:
        asking.reply(correction, **words, token=token)
    except WrongState as error:
        form.add_error(None, str(error))
        return _status_page(request, _with_token(token), form, status=409)
    return redirect(reverse("correction-status", args=[token]) + "#thread")


def _with_token(token: str) -> Correction:
    related = ("edition__case", "mended_in", "notice", "joined_to__notice")
    return get_object_or_404(with_token(token).select_related(*related))


def _status_page(
    request: HttpRequest,
    correction: Correction,
    form: ReplyForm,
    *,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    published = correction.joined_to or correction
    context = {
        "correction": correction,
        "edition": correction.edition,
        "state": status_text.state_of(correction),
        "steps": status_text.steps_of(correction),
        "notice": getattr(published, "notice", None),
        "form": form,
        "thread": list(correction.messages.all()),
        "may_reply": correction.is_open and correction.asked_at is not None,
        "told": notice,
    }
    response = render(request, "corrections/correction_status.html", context, status=status)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@takes_query("page")
@require_safe
@cached_page
def notices(request: HttpRequest) -> HttpResponse:
    """The register: every notice, newest first. Two queries for any number of rows."""
    page = Paginator(Notice.objects.public(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "corrections/notice_list.html", {"page": page})


@require_safe
@cached_page
def figures(request: HttpRequest) -> HttpResponse:
    """How many corrections came, how they were decided, and how soon. One query. It is kept like
    other pages, so it may lack some of the day: no reader who sends one throws the kept ones away.
    """
    found = decided.figures(timezone.localdate())
    return render(request, "corrections/figures.html", {"figures": found})


@require_safe
@cached_page
def figures_json(request: HttpRequest) -> HttpResponse:
    """The same for machines. One query."""
    response = JsonResponse(decided.figures(timezone.localdate()).as_json())
    response["Link"] = f'<{absolute(reverse("correction-figures"))}>; rel="canonical"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _edition(request: HttpRequest, slug: str) -> Edition:
    """The edition that the reader writes about: the one named, or else the one in print. `slug` may
    be a former one of the case. Raises Http404 for a case that was never published."""
    editions = (
        Edition.objects.filter(Q(case__slug=slug) | Q(case__former_addresses__slug=slug))
        .select_related("case")
        .only("case__slug", "number", "title", "published_at", "is_current", "kind")
    )
    number = request.POST.get("edition") or request.GET.get("edition") or ""
    named = None
    if number.isascii() and number.isdecimal() and len(number) < 7:
        named = editions.filter(number=number).first()
    edition = named or editions.current().first()
    if edition is None:
        raise Http404
    return edition


def _form_page(
    request: HttpRequest,
    edition: Edition,
    form: CorrectionForm,
    *,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    context = {"edition": edition, "form": form, "notice": notice}
    return render(request, "corrections/correction_form.html", context, status=status)


def _too_many(
    request: HttpRequest, edition: Edition, form: CorrectionForm, wait: int
) -> HttpResponse:
    form.add_error(None, _too_many_words(wait))
    response = _form_page(request, edition, form, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def _too_many_words(wait: int) -> str:
    when = timezone.localtime(timezone.now() + timedelta(seconds=wait + 60))
    return _(
        "We take only so many corrections an hour, and this hour's are used up. Please send it "
        "again after %(time)s (%(zone)s). What you wrote is kept below while this page is open."
    ) % {"time": time_format(when), "zone": when.tzname()}
