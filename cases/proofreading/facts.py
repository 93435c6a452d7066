"""Rules about the facts: blanks, contradictions, years and days."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.regional_groups import own_regional_groups
from organisations.credited_names import name_as_csl
from organisations.models import names_in

from .finding import Found
from .reading import PLAIN_FIELDS, Reading

_YEAR = re.compile(r"(?<![\d.,/-])(?:1[5-9]|2[0-9])\d\d(?![\d%]|[.,]\d)")
_BLANK = {
    "start_year": gettext_lazy("The start year is missing."),
    "aim": gettext_lazy("The aim is missing."),
    "location": gettext_lazy("The location is missing."),
    "impact": gettext_lazy("The impact is missing."),
    "conflict": gettext_lazy("The conflict is missing: its cases are shown as a sequence."),
    "countries": gettext_lazy("No country is given."),
    "conflict_types": gettext_lazy("No type of conflict is given."),
    "initiative_types": gettext_lazy("No type of initiative is given."),
    "organisations": gettext_lazy("No main implementing organisation is given."),
}
_HELD = ("countries", "conflict_types", "organisations")  # by the reading
_MOST_WORDS = 60  # of a standfirst
_MOST_YEARS = 8  # that are named


def blank(field: str) -> Callable[[Reading], Iterator[Found]]:
    """The rule that a fact is given."""
    return partial(_blank, field)


def _blank(field: str, reading: Reading) -> Iterator[Found]:
    held: Any = getattr(reading if field in _HELD else reading.case, field)
    value = held.all() if hasattr(held, "all") else held
    if value is None or (not isinstance(value, int) and not value):
        yield Found(str(_BLANK[field]), field)


def no_end_year(reading: Reading) -> Iterator[Found]:
    """Neither ended nor going on."""
    if reading.case.end_year is None and not reading.case.ongoing:
        message = _("The end year is missing, and the initiative is not marked as ongoing.")
        yield Found(message, "end_year")


def excluding_types(reading: Reading) -> Iterator[Found]:
    """Types of conflict that cannot be true together."""
    types = {term.slug: term for term in reading.conflict_types}
    place = " ".join(sorted(types))
    fought = [str(term) for term in types.values() if not term.is_risk]
    relapse = types.get("risk-of-relapse")
    if fought and relapse:
        message = _(
            "“%(risk)s” says that no armed conflict was under way when the initiative began, "
            "“%(fought)s” that one was."
        )
        words = {"risk": relapse, "fought": fought[0]}
        yield Found(message % words, "conflict_types", place=place)
    for slug, term in types.items():
        feared = types.get(f"risk-of-{slug}")
        if feared:
            message = _("“%(fought)s” was fought: “%(risk)s” says that it was only feared.")
            words = {"fought": term, "risk": feared}
            yield Found(message % words, "conflict_types", place=f"{place} {slug}")


def aim_against_types(reading: Reading) -> Iterator[Found]:
    """An aim that no type of conflict goes with."""
    aim, types = reading.case.aim, reading.conflict_types
    if aim is None or not types:
        return
    place = " ".join([aim.slug, *sorted(term.slug for term in types)])
    if aim.slug == "ending" and all(term.is_risk for term in types):
        message = _("The aim is “%s”, but every type of conflict is a risk: none was fought.")
        yield Found(message % aim, "aim", place=place)
    if aim.slug in ("preventing", "preventing-relapse") and not any(t.is_risk for t in types):
        message = _("The aim is “%s”, but every type of conflict is one that was fought.")
        yield Found(message % aim, "aim", place=place)


def impact_without_ground(reading: Reading) -> Iterator[Found]:
    """A judgement without a sentence."""
    if reading.case.impact and not reading.case.impact_note:
        message = _("An impact is given, but no sentence says on what the judgement rests.")
        yield Found(message, "impact_note", place=reading.case.impact)


def impact_without_note(reading: Reading) -> Iterator[Found]:
    """A sentence without a citation."""
    if reading.case.impact_note and not reading.case.impact_citation:
        message = _("The sentence on the impact names no source.")
        yield Found(message, "impact_citation", place=reading.case.impact_note)


def other_groups(reading: Reading) -> Iterator[Found]:
    """Regional groups that are not the countries' own, without a note that says why."""
    case = reading.case
    if case.regional_groups_note or not reading.countries:
        return
    own = own_regional_groups(reading.countries, case.start_year, case.end_year, case.ongoing)
    have = {group.slug for group in case.regional_groups.all()}
    if have != {group.slug for group in own}:
        message = _("The regional groups are not those of the countries, and no note says why.")
        yield Found(message, "regional_groups", place=" ".join(sorted(have)))


def _years_in(words: str) -> list[int]:
    return sorted({int(found[0]) for found in _YEAR.finditer(words)})


def _limits(reading: Reading) -> tuple[int, int] | None:
    case = reading.case
    end = timezone.localdate().year if case.ongoing else case.end_year
    return None if case.start_year is None or end is None else (case.start_year, end)


def standfirst_years(reading: Reading) -> Iterator[Found]:
    """Years that the standfirst names and the facts do not hold."""
    limits = _limits(reading)
    outside = [
        year
        for year in _years_in(reading.case.standfirst)
        if limits and not limits[0] <= year <= limits[1]
    ]
    if outside:
        message = _("The standfirst names %(years)s; the initiative is said to be of %(span)s.")
        words = {"years": ", ".join(map(str, outside)), "span": reading.case.years}
        yield Found(message % words, "standfirst", place=f"{words['years']} {words['span']}")


def text_years(reading: Reading) -> Iterator[Found]:
    """Years of the text before the start or after the end: one finding for all of them."""
    limits = _limits(reading)
    if limits is None or not reading.is_readable:
        return
    years = _years_in(reading.texts["body"].bare)
    outside = [year for year in years if not limits[0] <= year <= limits[1]]
    if outside:
        message = _("The text names years outside %(span)s: %(years)s.")
        shown = ", ".join(map(str, outside[:_MOST_YEARS]))
        words = {"span": reading.case.years, "years": shown}
        yield Found(message % words, "start_year", place=" ".join(map(str, outside)))


def unnamed_years(reading: Reading) -> Iterator[Found]:
    """A start or an end that the text does not tell of."""
    if not reading.case.body.strip() or not reading.is_readable:
        return
    named = _years_in("\n".join(text.bare for text in reading.texts.values()))
    named += _years_in(reading.case.standfirst)
    for field, message in (
        ("start_year", _("The text does not name %s, in which the initiative began.")),
        ("end_year", _("The text does not name %s, in which the initiative ended.")),
    ):
        year = getattr(reading.case, field)
        if year and year not in named and year > 1499:
            yield Found(message % year, field, place=str(year))


def future(reading: Reading) -> Iterator[Found]:
    """Years and days that are still to come, in words and in facts."""
    today = timezone.localdate()
    for name, text in reading.words.items():
        for found in _YEAR.finditer(text.bare):
            if int(found[0]) > today.year:
                line = None if name in PLAIN_FIELDS else text.line_at(found.start())
                message = _("The year %s is still to come.") % found[0]
                yield Found(message, name, line, text.place(*found.span()), found.span())
    for name in ("impact_judged", "evidence_until"):
        day: date | None = getattr(reading.case, name)
        if day and day > today:
            yield Found(_("This day is still to come."), name, place=day.isoformat())


def long_standfirst(reading: Reading) -> Iterator[Found]:
    """More than a reader takes in at a glance."""
    count = len(reading.case.standfirst.split())
    if count > _MOST_WORDS:
        message = _("The standfirst has %(count)s words; %(most)s are enough.")
        words = {"count": count, "most": _MOST_WORDS}
        yield Found(message % words, "standfirst", place=reading.case.standfirst)


def titles_with_a_stop(reading: Reading) -> Iterator[Found]:
    """A title is no sentence."""
    title = reading.case.title
    if title.endswith(".") and not title.endswith((" Jr.", "U.S.", "U.N.", "..")):
        yield Found(_("The title ends in a stop."), "title", None, title, (0, len(title)))


def without_stop(piece: str) -> str:
    """Without the last sign."""
    return piece[:-1]


def unclear_credits(reading: Reading) -> Iterator[Found]:
    """Lines of authors that cannot be read as one name."""
    for field in ("authors", "reviewers"):
        for name in names_in(getattr(reading.case, field)):
            read = name_as_csl(name)
            odd = name.endswith((",", ";", ".,")) or ";" in name or name.count(",") > 1
            two = " and " in name and not read.get("literal", "").lower().startswith("the ")
            people = two and all(len(part.split()) in (2, 3) for part in name.split(" and ", 1))
            if odd or people:
                message = _("“%s” is not read as one name: write one per line, “Ana Doe”.")
                yield Found(message % name, field, place=name)


def family_first(reading: Reading) -> Iterator[Found]:
    """Credited names that are read as family name first."""
    for field in ("authors", "reviewers"):
        for name in names_in(getattr(reading.case, field)):
            read = name_as_csl(name)
            if "," in name and "family" in read:
                message = _("“%(typed)s” is read as family name first: %(read)s.")
                words = {"typed": name, "read": f"{read.get('given', '')} {read['family']}"}
                yield Found(message % words, field, place=name)


def orcids_of_nobody(reading: Reading) -> Iterator[Found]:
    """An ORCID iD after a name that is not credited."""
    credited = set(reading.case.author_names) | set(reading.case.reviewer_names)
    for line in names_in(reading.case.orcids):
        name = line.rpartition(" ")[0].strip()
        if name and name not in credited:
            message = _("“%s” has an ORCID iD and is credited nowhere under that name.")
            yield Found(message % name, "orcids", place=line)
