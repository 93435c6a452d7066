"""The pages of sources: what the evidence is, and each note that cites it."""

import re
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from django.core.paginator import Page
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower, Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from editions.links.shown import dead_in
from editions.models import Edition, EditionCitation
from serving.page_cache import cached_page
from serving.queries import OtherAddress, takes_query
from sources.citing import read_locator, reference
from sources.formats import csl_json
from sources.models import Source
from sources.reference_files import FORMATS
from website.charts import Row

from .related_cases import (
    citing,
    earlier_only,
    page_of,
    public_sources,
    small_timeline,
    typed,
    with_words,
)

_SEARCHED = (
    *("key", "title", "title_short", "container_title", "publisher", "number", "issued"),
    *("contributors__family", "contributors__given", "contributors__literal"),
)


@takes_query("q", "letter", "type", "page")
@require_safe
@cached_page
def sources(request: HttpRequest) -> HttpResponse:
    """Every source that a published case rests on, as it is cited; or those under one letter, or
    with these words in author, title or publisher. A fixed number of queries, and one more where
    words are typed."""
    words, asked = typed(request), request.GET.get("letter", "").lower()
    found = with_words(public_sources(), words, *_SEARCHED)
    letters = _letters(found)
    letter = asked if asked in [known for known, _count in letters] else ""
    if asked and not letter and not re.fullmatch("[a-z0-9]", asked):
        raise OtherAddress(letter=None)
    rows = found.filter(key__istartswith=letter) if letter else found
    kinds = _kinds(rows)
    kind = request.GET.get("type", "")
    if kind and kind not in Source.Type.values:
        raise OtherAddress(type=None)
    kind = kind if kind in [known for known, _label, _count in kinds] else ""
    rows = rows.filter(type=kind) if kind else rows
    page = _page(request, rows)
    context = {"page": page, "words": words, "letters": letters, "letter": letter}
    context |= {"kinds": kinds, "kind": kind}
    return render(request, "website/sources.html", context)


def _page(request: HttpRequest, rows: "QuerySet[Source]") -> Page:
    """The sources of the page that is asked for, by type and the most cited first, each with its
    `reference` and `count`, the published cases that cite it."""
    named = list(rows.values_list("pk", "type", "key"))
    cases = {pk: bearing.cases for pk, bearing in citing().items()} if named else {}
    keys = {
        pk: (_PLACE.get(kind, len(_PLACE)), -cases.get(pk, 0), key.lower())
        for pk, kind, key in named
    }
    page = page_of(request, sorted(keys, key=keys.__getitem__))
    known = Source.objects.prefetch_related("contributors").in_bulk(page.object_list)
    found: list[Any] = [known[pk] for pk in page.object_list]
    references = _references(found)
    for source in found:
        source.count = cases.get(source.pk, 0)
        source.reference = _behind_the_title(references[source.pk])
    page.object_list = found
    return page


_PLACE = {value: place for place, value in enumerate(Source.Type.values)}
_AVAILABLE = re.compile(r" Available at: (<a href=\"[^\"]*\"[^>]*>)([^<]*)</a>")


def _behind_the_title(reference: str) -> str:
    """A reference whose address is not spelt out: its host stands for it."""

    def host(found: re.Match[str]) -> str:
        name = urlsplit(unescape(found[2])).hostname or found[2]
        return f" {found[1]}{escape(name.removeprefix('www.'))}</a>"

    return _AVAILABLE.sub(host, reference)


def _kinds(found: "QuerySet[Source]") -> list[tuple[str, str, int]]:
    """The types of these sources in the order of the list of types, by name, with their counts."""
    counted = dict(found.order_by().values_list("type").annotate(n=Count("pk", distinct=True)))
    return [
        (str(value), str(capfirst(str(label))), counted[value])
        for value, label in Source.Type.choices
        if value in counted
    ]


def _letters(found: "QuerySet[Source]") -> list[tuple[str, int]]:
    """The first letters of keys, which are those of authors, and how many sources each has."""
    first = Lower(Substr("key", 1, 1))
    counted = found.order_by().annotate(first=first).values_list("first").annotate(n=Count("pk"))
    return sorted(counted)


def _references(found: list[Source]) -> dict[int, str]:
    """The reference to each source as HTML, by primary key. Setting one costs about a millisecond,
    so each is kept until its source is saved again."""
    keys = {source.pk: f"reference:{source.pk}:{source.updated_at.timestamp()}" for source in found}
    known = cache.get_many(keys.values())
    new = {
        keys[source.pk]: reference(csl_json(source)).html
        for source in found
        if keys[source.pk] not in known
    }
    if new:
        cache.set_many(new, timeout=24 * 60 * 60)
    return {pk: (known | new)[key] for pk, key in keys.items()}


@require_safe
@cached_page
def source(request: HttpRequest, key: str) -> HttpResponse:
    """One source, and each note of a published case in which it is cited, in full or in short."""
    found = _known_as(key)
    if found.key != key:
        return redirect(found, permanent=True)
    citations = _citations(found)
    cases = {citation.edition_id: citation.edition for citation in citations}.values()
    return render(
        request,
        "website/source.html",
        {
            "source": found,
            "dead": dead_in([csl_json(found)]).get(found.url),
            "reference": _references([found])[found.pk],
            "files": [
                (extension, label, write([csl_json(found)]).strip())
                for extension, (label, _type, write) in FORMATS.items()
            ],
            "orcids": [person for person in found.contributors.all() if person.orcid],
            "written_in": _language(found.language),
            "citations": citations,
            "cases_count": len(cases),
            "timeline": small_timeline([_row(edition) for edition in cases]),
            "earlier": earlier_only(Edition.objects.resting_on(found)),
        },
    )


@require_safe
def source_file(request: HttpRequest, key: str, extension: str) -> HttpResponse:
    """One source for reference managers."""
    found = _known_as(key)
    if found.key != key:
        return redirect("source-file", found.key, extension, permanent=True)
    _label, media_type, write = FORMATS[extension]
    response = HttpResponse(write([csl_json(found)]), content_type=media_type)
    response["Content-Disposition"] = f'inline; filename="{found.key}.{extension}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _known_as(key: str) -> Source:
    """The source of that key, whatever the case, or the one into which it was merged. Raises
    Http404 for one that no edition cites."""
    public = public_sources().prefetch_related("contributors")
    found = public.filter(key__iexact=key).first()
    return found or get_object_or_404(public.distinct(), merged__key__iexact=key)


def _citations(source: Source) -> list[Any]:
    """Each citation of it in a published case, with its `place` in the source."""
    years = (f"edition__{name}" for name in ("start_year", "end_year", "ongoing", "impact"))
    citations: list[Any] = list(
        EditionCitation.objects.filter(
            Q(source=source) | Q(source__merged_into=source), edition__in=Edition.objects.listed()
        )
        .select_related("edition__case")
        .only("note_number", "locator", "passage", "edition__title", "edition__case__slug", *years)
        .order_by("edition__title", "edition_id", "note_number", "position")
    )
    for citation in citations:
        citation.place = _place(citation.locator)
    return citations


def _row(edition: Edition) -> Row:
    span = (edition.start_year, edition.end_year, edition.ongoing)
    return Row(edition.title, edition.get_absolute_url(), *span, edition.impact)


def _place(locator: str) -> str:
    """The place in a source as notes print it: “pp.52-4” for 52-4, anything but pages as it is."""
    words = read_locator(locator)
    if words.label != "page":
        return words.value
    several = any(sign in words.value for sign in "-,&")
    return (_("pp.%s") if several else _("p.%s")) % words.value


def _language(code: str) -> str:
    """What the language of that code is called; the code itself where Django knows no name."""
    try:
        return get_language_info(code)["name_translated"] if code else ""
    except KeyError:
        return code
