"""The front page, put together from templates with slots like the catalogue's."""

from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from corrections.models import Notice
from serving.compiled_queries import CompiledQuery
from serving.template_slots import TemplateSlots, in_one_language, joined
from website.catalogue import charts
from website.catalogue.catalogue import Catalogue
from website.catalogue.params import CatalogueParams
from website.catalogue.results import find

from . import catalogue_page

NEWEST = 3  # editions and notices in sight

_FRAME = TemplateSlots(
    "website/front.html", "all_cases", "outcomes", "questions", "newest", "noticed"
)
_ALL = TemplateSlots("website/_all_cases.html")
_QUESTION = TemplateSlots("website/_question.html", "words", "address")
_NOTICE = TemplateSlots("website/_newest_notice.html", "address", "title", "day", "date", "why")

_QUESTIONS = (  # what the collection may be asked: by a facet, a value of it, and how it is seen
    ("initiative", "mediation", "list", _("Who mediates?")),
    ("aim", "preventing-relapse", "list", _("What prevents a relapse?")),
    ("impact", "failed", "list", _("What failed?")),
    ("impact", "contested", "list", _("On what do scholars disagree?")),
    ("kind", "local-people-and-organisations", "list", _("Where did local people make peace?")),
    ("initiative", "peacekeeping", "timeline", _("When were peacekeepers there?")),
    ("initiative", "territorial-dispute-resolution", "map", _("Where were borders settled?")),
    ("aim", "preventing", "list", _("Which wars did not come?")),
)


@in_one_language
def page(catalogue: Catalogue) -> SafeString:
    """The HTML of the page: what this is, a search box, the whole collection as a picture,
    questions, the newest editions and the newest notices. Two queries, one where the editions were
    shown of late."""
    params = CatalogueParams(QueryDict())
    results = find(params, catalogue)
    drawn = charts.outcomes_of(params, results, today=timezone.localdate())
    questions, noticed = _questions(catalogue), _newest_notices()
    return _FRAME.fill(
        {
            "all_cases": _ALL.fill({}, count=results.count),
            "outcomes": render_to_string("website/_outcomes.html", {"outcomes": drawn}),
            "questions": questions,
            "newest": catalogue_page.list_of(params, results, results.part("newest", 0, NEWEST)),
            "noticed": noticed,
        },
        path="/",
        asked=bool(questions),
        corrected=bool(noticed),
    )


def _questions(catalogue: Catalogue) -> SafeString:
    """The questions to which there is an answer, each with how many cases it finds."""
    found = []
    for facet, slug, view, words in _QUESTIONS:
        key = catalogue.keys[facet].get(slug)
        bits = catalogue.bits[facet].get(key, 0) if key is not None else 0
        if number := (bits & catalogue.index.everything).bit_count():
            asked = urlencode({facet: slug} | ({"view": view} if view != "list" else {}))
            address = f"{reverse('catalogue')}?{asked}"
            found.append(_QUESTION.fill({"words": words, "address": address}, number=number))
    return joined(found)


class _Notice(NamedTuple):
    case: int
    reference: str
    kind: str
    why: str
    published_at: datetime
    title: str


def _of_notices() -> QuerySet:
    title = Coalesce(F("mended_in__title"), F("found_in__title"))
    columns = ("case", "reference", "kind", "why", "published_at")
    return Notice.objects.order_by("-published_at", "-pk").values_list(*columns, title)[:12]


_newest = CompiledQuery(_of_notices)


def _newest_notices() -> SafeString:
    """NEWEST of the newest, each of another case. One query."""
    of_cases: dict[int, _Notice] = {}
    for row in _newest():
        of_cases.setdefault(row[0], _Notice(*row))
    return joined(_notice(each) for each in islice(of_cases.values(), NEWEST))


def _notice(notice: _Notice) -> SafeString:
    at = notice.published_at
    day = timezone.localtime(at if at.tzinfo else at.replace(tzinfo=UTC))  # SQLite knows no zones
    return _NOTICE.fill(
        {
            "address": reverse("notice", args=[notice.reference]),
            "title": notice.title,
            "day": day.date().isoformat(),
            "date": date_format(day),
            "why": Truncator(notice.why).words(40),
        },
        kind=Notice.Kind(notice.kind).label,
        explained=bool(notice.why),
    )
