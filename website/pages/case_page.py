"""The page of an edition, put together from its fragments and what stands around them.

A withdrawal has a page of its own; this is for editions with a text.
"""

from collections.abc import Sequence
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from corrections.models import Notice
from editions.related.related_cases import RelatedCase, related_cases
from editions.related.sequences import ConflictSequence, Step, sequence
from editions.second_reading import reason_in
from serving.template_slots import TemplateSlots, in_one_language, joined, language, shortened
from website.catalogue.prev_next import PrevNext
from website.charts.endings import ending_of
from website.metadata import notices_data

from .case_loader import LoadedEdition

_FRAME = TemplateSlots(
    "website/case.html",
    *("title", "description", "head", "prev_next", "opening", "asides", "text", "around"),
)
_RELATED = TemplateSlots("website/_related_cases.html", "cases")
_RELATED_CASE = TemplateSlots("website/_related_case.html", *RelatedCase._fields)
_SEQUENCE = TemplateSlots("website/_sequence.html", "conflict", "address", "steps")
_STEP = TemplateSlots("website/_step.html", "address", "title", "years", "aim", "impact")
_NO_INDEX = mark_safe('\n  <meta name="robots" content="noindex">')


@in_one_language
def page(
    edition: LoadedEdition, notices: Sequence[Notice], prev_next: PrevNext | None = None
) -> SafeString:
    """The HTML of the page; `notices` are those of the case, `prev_next` the way through what the
    reader asked for, if anything."""
    title, fragments = edition.title, edition.fragments
    if not edition.is_current:
        title += ", " + _("edition %(number)s") % {"number": edition.number}
    of_notices = notices_data(edition.permanent_path, edition.number, notices)
    return _FRAME.fill(
        {
            "title": title,
            "description": shortened(edition.standfirst, 300),
            "head": joined((fragments.head, of_notices, "" if edition.is_current else _NO_INDEX)),
            "prev_next": _part("website/_prev_next.html", prev_next=prev_next) if prev_next else "",
            "opening": mark_safe(fragments.opening),  # noqa: S308
            "asides": _asides(edition, notices),
            "text": mark_safe(fragments.text),  # noqa: S308
            "around": _around(edition),
        },
        path="/cases/*/",
    )


def _asides(edition: LoadedEdition, notices: Sequence[Notice]) -> SafeString | str:
    """What is said of an edition since it was published; of a concern, first."""
    concerns = [n for n in notices if n.is_standing_concern]
    unread_reason = reason_in(edition.change_note)
    said, later = [], []
    for notice in notices:
        mends = notice.mended_in.number if notice.mended_in else 0
        if notice.kind == Notice.Kind.CONCERN_LIFTED or 0 < mends <= edition.number:
            said.append(notice)
        elif notice.found_in.number <= edition.number < mends:
            later.append(notice)
    if edition.is_current and not said and not concerns and not unread_reason:
        return ""
    return _part(
        "website/_asides.html",
        edition=edition,
        concerns=concerns,
        notices=said,
        later_notices=later,
        unread_reason=unread_reason,
    )


def _around(edition: LoadedEdition) -> SafeString:
    """The sequence of its conflict, and more posts."""
    same = sequence(edition.sequence, present=edition.case_pk)
    shown = {step.case for step in same.steps} if same else set()
    related = related_cases(edition.related, edition.terms, besides=shown)
    return joined(
        (
            _sequence(same, edition) if same else "",
            _RELATED.fill({"cases": joined(map(_related_case, related))}) if related else "",
        )
    )


def _sequence(same: ConflictSequence, edition: LoadedEdition) -> SafeString:
    return _SEQUENCE.fill(
        {
            "conflict": same.label,
            "address": same.address,
            "steps": joined(_step(step, edition) for step in same.steps),
        }
    )


def _step(step: Step, edition: LoadedEdition) -> SafeString:
    present = "" if not step.is_present else "page" if edition.is_current else "true"
    values = step._asdict() | {"impact": _mark(step.impact, language())}
    return _STEP.fill(values, present=present, dated=bool(step.years), aimed=bool(step.aim))


def _related_case(case: RelatedCase) -> SafeString:
    fixed = {"located": bool(case.location), "reasoned": bool(case.reason)}
    values = case._asdict() | {"impact": _mark(case.impact, language())}
    return _RELATED_CASE.fill(values, **fixed)


@lru_cache(maxsize=50)
def _mark(impact: str, _language: str) -> SafeString:
    """The mark of how a case ended, and the same in words for who listens."""
    return render_to_string("website/_ended.html", {"ending": ending_of(impact)})


def _part(template: str, **context: object) -> SafeString:
    return render_to_string(template, context)
