"""The walk through an answer of the catalogue, case by case."""

from dataclasses import dataclass

from django.urls import reverse

from .addresses import case_address
from .catalogue import Answer
from .glances import sent_along
from .holdings import Held
from .question import Question

PAGE = 20  # rows on a page of the catalogue


@dataclass(frozen=True)
class Stop:
    """A neighbouring case in the answer."""

    title: str
    address: str


@dataclass(frozen=True)
class Walk:
    """Where a case stands in the answer to a question: `number` of `count`, what is before and
    after it, and the way back to the page of the catalogue that shows it."""

    number: int
    count: int
    before: Stop | None
    after: Stop | None
    back: str


def walk(question: Question, answer: Answer, slug: str) -> Walk | None:
    """The walk at the case of that slug; None where the answer does not hold it."""
    held = answer.catalogue.holdings
    in_time = question.view == "timeline"
    places = answer.places("oldest" if in_time else question.sort)
    here = held.by_case.get(slug)
    if here not in places:
        return None
    at = places.index(here)
    behind = sent_along(question)

    def stop(index: int) -> Stop | None:
        if not 0 <= index < len(places):
            return None
        other: Held = held.held[places[index]]
        return Stop(other.title, case_address(other.slug) + behind)

    page = 1 if in_time else at // PAGE + 1
    back = question.only(page=str(page)) if page > 1 else question.only()
    return Walk(at + 1, len(places), stop(at - 1), stop(at + 1), reverse("catalogue") + back)
