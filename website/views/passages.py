"""The addresses of paragraphs and sentences."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from editions.models import Edition
from editions.models.editions import MOST_EDITIONS
from editions.passages import Passage, passages, same_or_like
from revisions.differences import word_differences
from serving.page_cache import cached_page

from .cases import redirected
from .removed import tombstone


@require_safe
@cached_page
def passage(request: HttpRequest, slug: str, number: int, id: str) -> HttpResponse:
    """Leads to a passage of the edition in print; of an earlier one it shows the passage, and says
    whether it stands, was changed or is gone in the one in print. Two queries."""
    editions = Edition.objects.filter(case__slug=slug).select_related("case").defer("record")
    found = editions.filter(number=number).first() if number <= MOST_EDITIONS else None
    if found is None:
        return redirected(slug, "passage", number, id)
    if found.is_removed:
        return tombstone(request, found.pk)
    said = next((passage for passage in passages(found.body_html) if passage.id == id), None)
    if said is None:
        raise Http404
    if found.is_current:
        return redirect(f"{found.get_absolute_url()}#{id}")
    in_print = editions.current().get()
    now = same_or_like(said.text, _of_its_kind(said, passages(in_print.body_html)))
    context = {
        "edition": found,
        "in_print": in_print,
        "said": said,
        "now": now,
        "stands": now is not None and now.text == said.text,
        "differences": word_differences(said.text, now.text) if now else [],
        "place": f"{reverse('edition', args=[slug, number])}#{id}",
    }
    return render(request, "website/passage.html", context)


def _of_its_kind(said: Passage, others: list[Passage]) -> list[Passage]:
    """Those that are paragraphs, or sentences, as it is."""
    return [other for other in others if ("s" in other.id) == ("s" in said.id)]
