"""The corrections that wait for an editor, on the form of their case."""

from dataclasses import dataclass

from django import template

from cases.models import Case
from corrections.models import Correction
from corrections.placing import Place, find
from corrections.putting_in import NotPlaced, place_of

register = template.Library()
SHOWN = 20


@dataclass(frozen=True)
class Accepted:
    """An accepted correction beside the text of its case, without who sent it: what was said,
    `place` where the passage stands now (or what is most like it), whether that `is_exact`, why the
    wording cannot be put in by itself, and whether it `is_in` already."""

    reference: str
    edition_number: int
    passage: str
    message: str
    suggestion: str
    evidence: str
    notice_before: str
    notice_after: str
    place: Place | None
    is_exact: bool
    refusal: str
    is_in: bool


@register.simple_tag
def accepted_corrections(case: Case) -> list[Accepted]:
    """The first SHOWN of the case that are accepted and not mended. One query."""
    rows = Correction.objects.accepted().of(case).for_queue().defer("edition__record")
    return [_beside(case, correction) for correction in rows[:SHOWN]]


def _beside(case: Case, correction: Correction) -> Accepted:
    found = find(correction.passage, case.body)
    wording = correction.suggestion
    try:
        place_of(correction, case)
    except NotPlaced as error:
        refusal = str(error)
    else:
        refusal = ""
    hidden = correction.without_sender
    return Accepted(
        reference=correction.reference,
        edition_number=correction.edition.number,
        passage=correction.passage,
        message=hidden(correction.message),
        suggestion=wording,
        evidence=hidden(correction.evidence),
        notice_before=correction.notice_before,
        notice_after=correction.notice_after,
        place=found.shown,
        is_exact=bool(found.exact),
        refusal=refusal,
        is_in=bool(wording) and _stands(wording, case) and not _is_apart(found.exact, wording),
    )


def _stands(wording: str, case: Case) -> bool:
    return bool(find(wording, case.body).exact)


def _is_apart(places: tuple[Place, ...], wording: str) -> bool:
    """Whether the passage stands in the text otherwise than as a part of the wording."""
    return any(place.words.casefold() not in wording.casefold() for place in places)
