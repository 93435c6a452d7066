"""Resolves what a manuscript says against the house's vocabularies, countries and organisations."""

from collections.abc import Iterable
from typing import Any

from cases.models import Aim
from organisations.naming import folded
from sources.models import Source

from . import facts
from .directory import Directory, Terms
from .linking import free_key
from .manuscript import Caution, Line, Manuscript, Reference
from .places import countries_in
from .proofs import differences, prints_alike
from .understood import Named, Understood

_MOST_ALIKE = 10  # sources of one title that are compared
_MOST_NAMES = 60  # in one list
_TERM_CODES = {"other": "term-by-other-spelling", "near": "term-near-match"}
_NAME_CODES = {"other": "organisation-by-other-name", "near": "organisation-near-match"}


def understand(manuscript: Manuscript, directory: Directory) -> Understood:
    """What the manuscript means in this house. Stores nothing; every doubt is in `cautions`."""
    understood = Understood(manuscript, left_over=list(manuscript.left_over))
    understood.cautions += manuscript.cautions
    _years(understood)
    _places(understood, directory)
    _terms(understood, directory)
    _groups(understood, directory)
    _organisations(understood, directory)
    _impact(understood)
    _sources(understood, directory)
    _earlier(understood, directory)
    understood.cautions += differences(understood)
    understood.cautions.sort(key=lambda caution: caution.line)
    return understood


def _lines(understood: Understood, name: str) -> list[Line]:
    return understood.manuscript.facts.get(name, [])


def _warn(understood: Understood, code: str, lines: Iterable[Line], text: str) -> None:
    line = next((line.number for line in lines), 1)
    understood.cautions.append(Caution(code, line, text))


def _keep(understood: Understood, code: str, line: Line, text: str) -> None:
    understood.left_over.append(line)
    understood.cautions.append(Caution(code, line.number, text))


def _blank(understood: Understood, name: str, words: str) -> None:
    line = understood.manuscript.labels.get(name, 1)
    understood.cautions.append(Caution("fact-blank", line, f"{words} is blank."))


def _years(understood: Understood) -> None:
    found = facts.years(understood.manuscript.facts)
    understood.start_year, understood.end_year = found.start, found.end
    understood.ongoing = found.ongoing
    for line in found.unread:
        _keep(understood, "year-unread", line, f"This is not read as a year: {line.text}")
    if found.start is None:
        _blank(understood, "start_year", "The start year")
    if found.end is None and not found.ongoing:
        _blank(understood, "end_year", "The end year")


def _places(understood: Understood, directory: Directory) -> None:
    title, lines = understood.manuscript.title, _lines(understood, "location")
    written = " ".join(line.text for line in lines).strip().removesuffix(".")
    if len(written) > 250:
        for line in lines:
            _keep(understood, "location-unread", line, "The location is longer than 250 letters.")
        written = ""
    understood.countries = list(
        dict.fromkeys([*countries_in(title, directory), *countries_in(written, directory)])
    )
    last = title.rpartition(" in ")[2].removeprefix("the ").strip(" .")
    if not written and any(folded(last) in map(folded, c.names) for c in understood.countries):
        written = last
    understood.location = written
    if not understood.countries:
        _warn(understood, "country-missing", lines, "Title and location name no country.")
    understood.aim = _aim(title, directory)
    if understood.aim is None:
        _warn(understood, "aim-missing", (), f"The title does not say the aim: {title}")


def _aim(title: str, directory: Directory) -> Aim | None:
    words = folded(title).split()
    for length in range(min(len(words), 12), 0, -1):
        aim = directory.aims.spellings.get(" ".join(words[:length]))
        if aim is not None:
            relapse = next(
                (a for a in directory.aims.terms if a.slug == f"{aim.slug}-relapse"), None
            )
            return relapse if relapse is not None and "relapse" in words else aim
    return None


def _terms(understood: Understood, directory: Directory) -> None:
    for name in ("conflict_types", "initiative_types"):
        vocabulary: Terms = getattr(directory, name)
        setattr(understood, name, _found_terms(understood, name, vocabulary))
        if not _lines(understood, name):
            _blank(understood, name, f"The {_label(name)}")


def _found_terms(understood: Understood, name: str, vocabulary: Terms) -> list[Any]:
    """The terms of a fact, the longest spelling first; what is no term is kept and named."""
    terms: list[Any] = []
    for line in _lines(understood, name):
        spans, at, unknown = facts.pieces(line.text), 0, []
        if len(spans) > _MOST_NAMES:
            _keep(understood, "list-too-long", line, f"A list of {len(spans)} is not read.")
            continue
        while at < len(spans):
            term, fit, taken = _term_at(line.text, spans[at : at + 8], vocabulary)
            if term is None:
                unknown.append(line.text[slice(*spans[at])])
            elif fit in _TERM_CODES:
                written = line.text[spans[at][0] : spans[at + taken - 1][1]].strip(" .")
                text = f"“{written}” was taken for “{term.label}”."
                _warn(understood, _TERM_CODES[fit], [line], text)
            terms += [term] if term is not None and term not in terms else []
            at += taken
        for words in unknown:
            kept = Line(line.number, words.strip(" ."))
            _keep(understood, "term-unknown", kept, f"No {_label(name)} is called “{kept.text}”.")
    return terms


def _term_at(
    text: str, spans: list[tuple[int, int]], vocabulary: Terms
) -> tuple[Any | None, str, int]:
    for length in range(len(spans), 0, -1):
        written = text[spans[0][0] : spans[length - 1][1]].strip(" .")
        if found := vocabulary.find(written, near=length == 1):
            return *found, length
    return None, "", 1


def _label(name: str) -> str:
    return {
        "conflict_types": "type of conflict",
        "initiative_types": "type of initiative",
        "regional_groups": "regional group",
    }[name]


def _groups(understood: Understood, directory: Directory) -> None:
    """The groups as printed; where they are blank, those of the countries in these years."""
    own = list(
        directory.groups_of(
            understood.countries,
            understood.start_year,
            understood.end_year,
            understood.ongoing,
        )
    )
    stated = _found_terms(understood, "regional_groups", directory.regional_groups)
    lines = _lines(understood, "regional_groups")
    understood.regional_groups = stated or own
    if not stated:
        names = ", ".join(group.label for group in own) or "none"
        text = f"The regional group is blank; by the countries it is: {names}."
        line = understood.manuscript.labels.get("regional_groups", 1)
        understood.cautions.append(Caution("regional-group-derived", line, text))
    elif {g.slug for g in stated} != {g.slug for g in own}:
        names = ", ".join(group.label for group in own) or "none"
        understood.regional_groups_note = "As the manuscript has it."
        text = f"The countries’ own regional group is another: {names}."
        _warn(understood, "regional-group-differs", lines, text)


def _organisations(understood: Understood, directory: Directory) -> None:
    lines = facts.unwrapped(_lines(understood, "organisations"))
    for line in lines:
        names = facts.organisation_names(line.text, directory.is_country)
        if len(names) + len(understood.organisations) > _MOST_NAMES:
            _keep(understood, "list-too-long", line, f"A list of {len(names)} is not read.")
            continue
        for name in names:
            if len(name) > 200:
                _keep(understood, "organisation-unread", line, "A name is over 200 letters long.")
            elif name not in (known.name for known in understood.organisations):
                understood.organisations.append(_organisation(understood, name, line, directory))
    if not lines:
        _blank(understood, "organisations", "The list of implementing organisations")


def _organisation(understood: Understood, name: str, line: Line, directory: Directory) -> Named:
    found = directory.organisation(name)
    if found is not None:
        organisation, fit = found
        if fit in _NAME_CODES:
            text = f"“{name}” was taken for “{organisation.name}”."
            _warn(understood, _NAME_CODES[fit], [line], text)
        return Named(name, organisation)
    like = directory.organisation_like(name)
    text = f"“{name}” is not among the organisations; one of that name is added."
    if like is not None:
        text += f" Is it “{like.name}”?"
    _warn(understood, "organisation-new", [line], text)
    return Named(name, None)


def _impact(understood: Understood) -> None:
    lines = _lines(understood, "impact")
    understood.impact, understood.impact_note, unread = facts.impact(lines)
    for line in unread:
        _keep(understood, "impact-unread", line, f"This is not read as an impact: {line.text}")


def _sources(understood: Understood, directory: Directory) -> None:
    """Which sources the house has already, and keys for the rest."""
    taken = set(directory.keys)
    for source in understood.manuscript.sources:
        like = _sources_like(source, directory)[:_MOST_ALIKE]
        known = next((other for other in like if prints_alike(source, other)), None)
        if like and known is None:
            text = f"“{source.title}” may be {like[0].key}, which reads otherwise: kept apart."
            _warn(understood, "source-near-match", [Line(source.line, "")], text)
        if known is None:
            key = free_key(source, taken)
            taken.add(key)
        else:
            key = known.key
            if source.accessed and source.accessed != known.accessed:
                text = f"{key} is known, with another day of access: {known.accessed or 'none'}."
                _warn(understood, "source-differs", [Line(source.line, "")], text)
        understood.keys.append(key)
        understood.known_sources.append(known)


def _sources_like(source: Reference, directory: Directory) -> list[Source]:
    people = source.authors or source.editors
    first = (people[0].family or people[0].literal) if people else ""
    if not source.full or not (source.issued or source.url):
        return []
    return directory.sources_like(source.title, source.container_title, source.issued, first)


def _earlier(understood: Understood, directory: Directory) -> None:
    digest = understood.manuscript.digest
    if found := directory.cases.get(digest[:32]):
        name, understood.slug = found
        understood.status = "unchanged" if name == digest[32:] else "duplicate-of"
    elif slug := directory.titles.get(folded(understood.manuscript.title)):
        _warn(understood, "title-exists", (), f"The case “{slug}” has this title already.")
