"""The references of an edition, or of all that the catalogue finds, as files."""

from typing import Any, cast

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.utils import timezone
from django.views.decorators.http import require_safe

from editions.models import Edition
from serving.dear import dear
from serving.page_cache import cached_page
from serving.queries import takes_query
from website.catalogue.params import KNOWN, clean, redirect_merged
from website.exports.export_set import ExportSet, InvalidParams, export_set
from website.exports.references import REFERENCE_FORMATS, references_in, references_of, written

from .cases import redirected
from .exports import file_name, refused
from .removed import tombstone_file


@takes_query(*KNOWN)
@require_safe
@cached_page
@dear
def of_results(request: HttpRequest, extension: str) -> HttpResponseBase:
    """Every work that a case cites which the catalogue finds for the same parameters, each once.
    Where one is wrong the answer is 400, in a sentence."""
    params = clean(request.GET)
    renamed = redirect_merged(params)
    if renamed is not None:
        return HttpResponsePermanentRedirect("?" + renamed.urlencode())
    form = REFERENCE_FORMATS[extension]
    try:
        found = export_set(params, at=timezone.now())
    except InvalidParams as error:
        return refused(error)
    content = written(form, references_in(found)) if request.method == "GET" else ()
    streamed: Any = StreamingHttpResponse(content, headers=references_headers(found, extension))
    streamed.cases = len(found)
    return cast(HttpResponseBase, streamed)


def references_headers(found: ExportSet, extension: str) -> dict[str, str]:
    """What stands before all works that are cited, in that format."""
    name = f"{file_name(found, 'references')}.{extension}"
    return {
        "Content-Type": REFERENCE_FORMATS[extension].content_type,
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Robots-Tag": "noindex",
    }


@require_safe
@cached_page
def of_edition(request: HttpRequest, slug: str, number: str, extension: str) -> HttpResponse:
    """The works that an edition cites, each once, as its record has them."""
    edition = Edition.objects.filter(case__slug=slug, number=number).select_related("case").first()
    if edition is None:
        return redirected(slug, "edition-references", number, extension)
    if edition.is_removed:
        return tombstone_file(edition, extension)
    form = REFERENCE_FORMATS[extension]
    text = "".join(written(form, [references_of(edition)]))
    response = HttpResponse(text, content_type=form.content_type)
    name = f"{slug}-{number}-references.{extension}"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response
