"""The page of the catalogue, put together from templates with slots: what is asked for differs
every time, what it is set in does not."""

from django.core.paginator import Page, Paginator
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from editions.search import marked, snippets, suggestion
from serving.current_value import CurrentValue
from serving.lru import LRU
from serving.site_version import Version
from serving.template_slots import SlottedHtml, TemplateSlots, in_one_language, joined, shortened
from website.catalogue import charts, facet_counts
from website.catalogue.facet_counts import Chip
from website.catalogue.filters import SORTS
from website.catalogue.params import VIEWS, CatalogueParams
from website.catalogue.prev_next import PAGE
from website.catalogue.results import CatalogueResults, ListedResults
from website.exports import RESULT_FORMATS
from website.exports.references import REFERENCE_FORMATS

from . import fragments
from .pager import pager

_FRAME = TemplateSlots(
    "website/catalogue.html",
    *("words_in_title", "count", "number", "query", "errors", "words", "sent_by_search", "chips"),
    *("facets", "sent_by_years", "years", "tally", "but_view", "as_list", "but_sort", "shown"),
    "take_home",
    always={
        "views": tuple(VIEWS.items()),
        "sorts": tuple(SORTS.items()),
    },
)
_HIDDEN = TemplateSlots("_hidden.html", "name", "value")
_CHIP = TemplateSlots("website/_chip.html", *Chip._fields)
_YEAR = TemplateSlots("website/_year.html", "value")
_TALLY = TemplateSlots("website/_tally.html")
_LIST = TemplateSlots("website/_list.html", "items")
_TAKE_HOME = TemplateSlots(
    "website/_take_home.html",
    "query",
    always={
        "formats": tuple((extension, form.label) for extension, form in RESULT_FORMATS.items()),
        "reference_formats": REFERENCE_FORMATS,
    },
)


@in_one_language
def page(params: CatalogueParams, results: CatalogueResults) -> SafeString:
    """The HTML of the page. One query, another where words were searched; more where they found
    nothing."""
    errors, count = params.errors, results.count
    chips, chip = facet_counts.chips(params, results), _CHIP.rendered()
    is_list = params.view == "list"
    listed = Paginator(ListedResults(results, params.sort), PAGE) if is_list else None
    shown = listed.get_page(params.query_dict.get("page")) if listed else None
    return _FRAME.fill(
        {
            "words_in_title": shortened(params.words, 60),
            "count": count,
            "number": shown.number if shown else 1,
            "query": params.query,
            "errors": _part("_error_summary.html", form=params.form) if errors else "",
            "words": params.words,
            "sent_by_search": _hidden(params.sent_along("from", "to")),
            "chips": joined(chip.fill(each._asdict()) for each in chips),
            "facets": facet_counts.as_html(facet_counts.choices(params, results)),
            "sent_by_years": _hidden(params.sent_along("q", "sort")),
            "years": _years(params),
            "tally": _TALLY.fill({}, count=count, total=results.catalogue.index.count),
            "but_view": params.before_one_more("view"),
            "as_list": params.without("view"),
            "but_sort": params.before_one_more("sort"),
            "shown": _shown(params, results, shown) if count else _nothing(params, chips),
            "take_home": _TAKE_HOME.fill({"query": params.query}) if count and not errors else "",
        },
        **_frame(params, results),
        chipped=min(len(chips), 2),
        found=bool(count and not errors),
        later=shown is not None and shown.number > 1,
    )


def _frame(params: CatalogueParams, results: CatalogueResults) -> dict[str, object]:
    """What decides how the frame looks; there are few different ones."""
    searched = params.is_searched
    return {
        "path": "/cases/",
        "plain": not params.query_dict,
        "narrowed": params.is_narrowed,
        "searched": searched,
        "unsearchable": bool(params.words.strip()) and not searched,
        "wrong": bool(params.errors),
        "long": params.is_long,
        "view": params.view,
        "sort": params.sort,
        "ordered": results.count > 1 and params.view == "list",
    }


def _hidden(pairs: list[tuple[str, str]]) -> SafeString:
    field = _HIDDEN.rendered()
    return joined(field.fill({"name": name, "value": value}) for name, value in pairs)


def _years(params: CatalogueParams) -> SafeString:
    """The two years as fields of a form."""
    return joined(
        _YEAR.fill(
            {"value": params.query_dict.get(name, "")},
            **{"name": name, "errors": tuple(params.errors.get(name, ()))},
        )
        for name in ("from", "to")
    )


def _shown(params: CatalogueParams, results: CatalogueResults, page: Page | None) -> SafeString:
    """What was found: a page of the list, or one of the charts."""
    if params.view == "timeline":
        timeline = charts.timeline_of(params, results, today=timezone.localdate())
        return _part("website/_timeline.html", timeline=timeline)
    if params.view == "map":
        world = charts.map_of(params, results)
        return _part("website/_world.html", world=world)
    if params.view == "grid" or page is None:
        grid = charts.grid_of(params, results)
        return _part("website/_grid.html", grid=grid, narrowed=params.is_narrowed)
    return joined(
        (
            list_of(params, results, list(page.object_list)),
            pager(page, lambda number: params.only(page=str(number))),
        )
    )


def _new_items(version: Version, before: LRU[int, SlottedHtml] | None) -> LRU[int, SlottedHtml]:
    return LRU(2000)


_items: CurrentValue[Version, LRU[int, SlottedHtml]] = CurrentValue(_new_items)  # by edition


def list_of(params: CatalogueParams, results: CatalogueResults, rows: list[int]) -> SafeString:
    """The list of these rows, with what was found in each; a query at most, none where all were
    shown of late, and another where words were searched."""
    catalogue = results.catalogue
    pks = [catalogue.index.entries[row].pk for row in rows]
    items = _items.get(catalogue.version).get(pks, fragments.list_items)
    found = snippets(params.words, pks) if params.is_searched else {}
    query = params.query_of_case
    return _LIST.fill(
        {
            "items": joined(
                fragments.filled_list_item(
                    items[pk], snippet=marked(found.get(pk, "")), query=query
                )
                for pk in pks
            )
        }
    )


def _nothing(params: CatalogueParams, chips: list[Chip]) -> SafeString:
    """What helps where no case was found."""
    meant = suggestion(params.words) if params.is_searched else ""
    return _part(
        "website/_nothing.html",
        chips=chips,
        searched=params.is_searched,
        meant=meant,
        meant_address=params.only(q=meant),
    )


def _part(template: str, **context: object) -> SafeString:
    return render_to_string(template, context)
