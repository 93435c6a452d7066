"""The page of the catalogue, put together from patterns: what is asked for differs every time, what
it is set in does not."""

from django.core.paginator import Page, Paginator
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from . import facets, glances, renderings
from .catalogue import Answer
from .exports import ANSWERS
from .facets import Chip
from .filters import SORTS
from .paging import pager
from .patterns import Pattern, joined, shortened
from .question import VIEWS, Question
from .search import marked, snippets, suggestion
from .walking import PAGE

_FRAME = Pattern(
    "editions/catalogue.html",
    *("words_in_title", "count", "number", "query", "errors", "words", "kept_by_search", "chips"),
    *("facets", "kept_by_years", "years", "tally", "but_view", "as_list", "but_sort", "shown"),
    "take_home",
    always={
        "views": tuple(VIEWS.items()),
        "sorts": tuple((name, label) for name, (label, _order) in SORTS.items()),
    },
)
_HIDDEN = Pattern("_hidden.html", "name", "value")
_CHIP = Pattern("editions/_chip.html", *Chip._fields)
_YEAR = Pattern("editions/_year.html", "value")
_TALLY = Pattern("editions/_tally.html")
_ROWS = Pattern("editions/_rows.html", "rows")
_TAKE_HOME = Pattern(
    "editions/_take_home.html",
    "question",
    always={"answers": tuple((extension, form.label) for extension, form in ANSWERS.items())},
)


def page(question: Question, answer: Answer) -> SafeString:
    """The HTML of the page. One query, another where words were searched; more where they found
    nothing."""
    errors, count = question.errors, answer.count
    chips = facets.chips(question, answer)
    listed = Paginator(answer.places(question.sort), PAGE) if question.view == "list" else None
    shown = listed.get_page(question.asked.get("page")) if listed else None
    return _FRAME.filled(
        {
            "words_in_title": shortened(question.words, 60),
            "count": count,
            "number": shown.number if shown else 1,
            "query": question.query,
            "errors": _part("_error_summary.html", form=question.form) if errors else "",
            "words": question.words,
            "kept_by_search": _hidden(question.kept("from", "to")),
            "chips": joined(_CHIP.filled(chip._asdict()) for chip in chips),
            "facets": facets.as_html(facets.facets(question, answer)),
            "kept_by_years": _hidden(question.kept("q", "sort")),
            "years": _years(question),
            "tally": _TALLY.filled({}, count=count, total=len(answer.catalogue.holdings.held)),
            "but_view": question.open(besides="view"),
            "as_list": question.without("view"),
            "but_sort": question.open(besides="sort"),
            "shown": _shown(question, answer, shown) if count else _nothing(question, chips),
            "take_home": _take_home(question) if count and not errors else "",
        },
        **_frame(question, answer),
        chipped=min(len(chips), 2),
        later=shown is not None and shown.number > 1,
    )


def _frame(question: Question, answer: Answer) -> dict[str, object]:
    """What decides how the frame looks; there are few different ones."""
    searched = question.is_searched
    return {
        "path": "/cases/",
        "plain": not question.asked,
        "asked": question.is_asked,
        "searched": searched,
        "unsearchable": bool(question.words.strip()) and not searched,
        "wrong": bool(question.errors),
        "view": question.view,
        "sort": question.sort,
        "ordered": answer.count > 1 and question.view == "list",
    }


def _hidden(pairs: list[tuple[str, str]]) -> SafeString:
    return joined(_HIDDEN.filled({"name": name, "value": value}) for name, value in pairs)


def _years(question: Question) -> SafeString:
    """The two years as fields of a form."""
    return joined(
        _YEAR.filled(
            {"value": question.asked.get(name, "")},
            **{"name": name, "errors": tuple(question.errors.get(name, ()))},
        )
        for name in ("from", "to")
    )


def _shown(question: Question, answer: Answer, page: Page | None) -> SafeString:
    """What the answer is looked at as: a page of rows, or one of the charts."""
    if question.view == "timeline":
        drawn = glances.timeline_of(question, answer, today=timezone.localdate())
        return _part("editions/_timeline.html", timeline=drawn)
    if question.view == "map":
        drawn = glances.map_of(question, answer)
        return _part("editions/_world.html", world=drawn, narrowed=question.is_asked)
    if question.view == "grid":
        drawn = glances.grid_of(question, answer)
        return _part("editions/_grid.html", grid=drawn, narrowed=question.is_asked)
    return joined(
        (
            rows(question, answer, page.object_list),
            pager(page, lambda number: question.only(page=str(number))),
        )
    )


def rows(question: Question, answer: Answer, places: list[int]) -> SafeString:
    """The rows of a list, with what was found in each; a query at most, and another where words
    were searched."""
    listed = answer.catalogue.rows(places)
    found = snippets(question.words, [pk for pk, _ in listed]) if question.is_searched else {}
    sent = escape(glances.sent_along(question))
    return _ROWS.filled(
        {
            "rows": joined(
                renderings.filled(row, found=marked(found.get(pk, "")), question=sent)
                for pk, row in listed
            )
        }
    )


def _nothing(question: Question, chips: list[Chip]) -> SafeString:
    """What helps where no case answers."""
    meant = suggestion(question.words) if question.is_searched else ""
    return _part(
        "editions/_nothing.html",
        chips=chips,
        searched=question.is_searched,
        meant=meant,
        meant_address=question.only(q=meant),
    )


def _take_home(question: Question) -> SafeString:
    return _TAKE_HOME.filled({"question": question.query})


def _part(template: str, **context: object) -> SafeString:
    return render_to_string(template, context)
