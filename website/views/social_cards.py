"""The pictures that are shown beside a shared address."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from editions.models import CaseAddress, Edition
from website.metadata.social_card import card_key, card_of

YEAR, DAY = 365 * 24 * 60 * 60, 24 * 60 * 60


@require_safe
def card(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The picture of one edition, which never changes; 410 where that was removed. One query."""
    found = (
        Edition.objects.filter(case__slug=slug, number=number)
        .only(
            *("title", "kind", "number", "digest", "location", "impact", "removed_at"),
            *("start_year", "end_year", "ongoing"),
        )
        .first()
    )
    if found is None:
        former = CaseAddress.objects.select_related("case").filter(slug=slug).first()
        if former is None:
            raise Http404
        return HttpResponsePermanentRedirect(reverse("card", args=[former.case.slug, number]))
    if found.is_removed:
        return HttpResponse(status=HTTPStatus.GONE)
    return _picture(request, found, f"public, max-age={YEAR}, immutable")


@require_safe
def site_card(request: HttpRequest) -> HttpResponse:
    """The picture of every other page. No query."""
    return _picture(request, None, f"public, max-age={DAY}")


def _picture(request: HttpRequest, edition: Edition | None, kept: str) -> HttpResponse:
    etag = quote_etag(card_key(edition))
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(card_of(edition), content_type="image/png")
    response["ETag"], response["Cache-Control"] = etag, kept
    return response
