"""Resolves what a manuscript says against the house's vocabularies, countries and organisations."""

from collections.abc import Iterable
from typing import Any

from cases.models import Aim
from manuscripts.parse import facts
from manuscripts.parse.linking import free_key
from manuscripts.parse.manuscript import Caution, Line, Manuscript, Reference
from organisations.naming import folded
from sources.models import Source

from .directory import Directory, Terms
from .note_check import differences, prints_alike
from .places import countries_in
from .resolved import Named, Resolved

_MOST_ALIKE = 10  # sources of one title that are compared
_MOST_NAMES = 60  # in one list
_TERM_CODES = {"other": "term-by-other-spelling", "near": "term-near-match"}
_NAME_CODES = {"other": "organisation-by-other-name", "near": "organisation-near-match"}


def resolve(manuscript: Manuscript, directory: Directory) -> Resolved:
    """What the manuscript means in this house. Stores nothing; every doubt is in `cautions`."""
    resolved = Resolved(manuscript, left_over=list(manuscript.left_over))
    resolved.cautions += manuscript.cautions
    _years(resolved)
    _places(resolved, directory)
    _terms(resolved, directory)
    _groups(resolved, directory)
    _organisations(resolved, directory)
    _impact(resolved)
    _sources(resolved, directory)
    _earlier(resolved, directory)
    resolved.cautions += differences(resolved)
    resolved.cautions.sort(key=lambda caution: caution.line)
    return resolved


def _lines(resolved: Resolved, name: str) -> list[Line]:
    return resolved.manuscript.facts.get(name, [])


def _warn(resolved: Resolved, code: str, lines: Iterable[Line], text: str) -> None:
    line = next((line.number for line in lines), 1)
    resolved.cautions.append(Caution(code, line, text))


def _keep(resolved: Resolved, code: str, line: Line, text: str) -> None:
    resolved.left_over.append(line)
    resolved.cautions.append(Caution(code, line.number, text))


def _blank(resolved: Resolved, name: str, words: str) -> None:
    line = resolved.manuscript.labels.get(name, 1)
    resolved.cautions.append(Caution("fact-blank", line, f"{words} is blank."))


def _years(resolved: Resolved) -> None:
    found = facts.years(resolved.manuscript.facts)
    resolved.start_year, resolved.end_year = found.start, found.end
    resolved.ongoing = found.ongoing
    for line in found.unread:
        _keep(resolved, "year-unread", line, f"This is not read as a year: {line.text}")
    if found.start is None:
        _blank(resolved, "start_year", "The start year")
    if found.end is None and not found.ongoing:
        _blank(resolved, "end_year", "The end year")


def _places(resolved: Resolved, directory: Directory) -> None:
    title, lines = resolved.manuscript.title, _lines(resolved, "location")
    written = " ".join(line.text for line in lines).strip().removesuffix(".")
    if len(written) > 250:
        for line in lines:
            _keep(resolved, "location-unread", line, "The location is longer than 250 letters.")
        written = ""
    resolved.countries = list(
        dict.fromkeys([*countries_in(title, directory), *countries_in(written, directory)])
    )
    last = title.rpartition(" in ")[2].removeprefix("the ").strip(" .")
    if not written and any(folded(last) in map(folded, c.names) for c in resolved.countries):
        written = last
    resolved.location = written
    if not resolved.countries:
        _warn(resolved, "country-missing", lines, "Title and location name no country.")
    resolved.aim = _aim(title, directory)
    if resolved.aim is None:
        _warn(resolved, "aim-missing", (), f"The title does not say the aim: {title}")


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


def _terms(resolved: Resolved, directory: Directory) -> None:
    for name in ("conflict_types", "initiative_types"):
        vocabulary: Terms = getattr(directory, name)
        setattr(resolved, name, _found_terms(resolved, name, vocabulary))
        if not _lines(resolved, name):
            _blank(resolved, name, f"The {_label(name)}")


def _found_terms(resolved: Resolved, name: str, vocabulary: Terms) -> list[Any]:
    """The terms of a fact, the longest spelling first; what is no term is kept and named."""
    terms: list[Any] = []
    for line in _lines(resolved, name):
        spans, at, unknown = facts.pieces(line.text), 0, []
        if len(spans) > _MOST_NAMES:
            _keep(resolved, "list-too-long", line, f"A list of {len(spans)} is not read.")
            continue
        while at < len(spans):
            term, fit, taken = _term_at(line.text, spans[at : at + 8], vocabulary)
            if term is None:
                unknown.append(line.text[slice(*spans[at])])
            elif fit in _TERM_CODES:
                written = line.text[spans[at][0] : spans[at + taken - 1][1]].strip(" .")
                text = f"“{written}” was taken for “{term.label}”."
                _warn(resolved, _TERM_CODES[fit], [line], text)
            terms += [term] if term is not None and term not in terms else []
            at += taken
        for words in unknown:
            kept = Line(line.number, words.strip(" ."))
            _keep(resolved, "term-unknown", kept, f"No {_label(name)} is called “{kept.text}”.")
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


def _groups(resolved: Resolved, directory: Directory) -> None:
    """The groups as printed; where they are blank, those of the countries in these years."""
    own = list(
        directory.groups_of(
            resolved.countries,
            resolved.start_year,
            resolved.end_year,
            resolved.ongoing,
        )
    )
    stated = _found_terms(resolved, "regional_groups", directory.regional_groups)
    lines = _lines(resolved, "regional_groups")
    resolved.regional_groups = stated or own
    if not stated:
        names = ", ".join(group.label for group in own) or "none"
        text = f"The regional group is blank; by the countries it is: {names}."
        line = resolved.manuscript.labels.get("regional_groups", 1)
        resolved.cautions.append(Caution("regional-group-derived", line, text))
    elif {g.slug for g in stated} != {g.slug for g in own}:
        names = ", ".join(group.label for group in own) or "none"
        resolved.regional_groups_note = "As the manuscript has it."
        text = f"The countries’ own regional group is another: {names}."
        _warn(resolved, "regional-group-differs", lines, text)


def _organisations(resolved: Resolved, directory: Directory) -> None:
    lines = facts.unwrapped(_lines(resolved, "organisations"))
    for line in lines:
        names = facts.organisation_names(line.text, directory.is_country)
        if len(names) + len(resolved.organisations) > _MOST_NAMES:
            _keep(resolved, "list-too-long", line, f"A list of {len(names)} is not read.")
            continue
        for name in names:
            if len(name) > 200:
                _keep(resolved, "organisation-unread", line, "A name is over 200 letters long.")
            elif name not in (known.name for known in resolved.organisations):
                resolved.organisations.append(_organisation(resolved, name, line, directory))
    if not lines:
        _blank(resolved, "organisations", "The list of implementing organisations")


def _organisation(resolved: Resolved, name: str, line: Line, directory: Directory) -> Named:
    found = directory.organisation(name)
    if found is not None:
        organisation, fit = found
        if fit in _NAME_CODES:
            text = f"“{name}” was taken for “{organisation.name}”."
            _warn(resolved, _NAME_CODES[fit], [line], text)
        return Named(name, organisation)
    like = directory.organisation_like(name)
    text = f"“{name}” is not among the organisations; one of that name is added."
    if like is not None:
        text += f" Is it “{like.name}”?"
    _warn(resolved, "organisation-new", [line], text)
    return Named(name, None)


def _impact(resolved: Resolved) -> None:
    lines = _lines(resolved, "impact")
    resolved.impact, resolved.impact_note, unread = facts.impact(lines)
    for line in unread:
        _keep(resolved, "impact-unread", line, f"This is not read as an impact: {line.text}")


def _sources(resolved: Resolved, directory: Directory) -> None:
    """Which sources the house has already, and keys for the rest."""
    taken = set(directory.keys)
    for source in resolved.manuscript.sources:
        like = _sources_like(source, directory)[:_MOST_ALIKE]
        known = next((other for other in like if prints_alike(source, other)), None)
        if like and known is None:
            text = f"“{source.title}” may be {like[0].key}, which reads otherwise: kept apart."
            _warn(resolved, "source-near-match", [Line(source.line, "")], text)
        if known is None:
            key = free_key(source, taken)
            taken.add(key)
        else:
            key = known.key
            if source.accessed and source.accessed != known.accessed:
                text = f"{key} is known, with another day of access: {known.accessed or 'none'}."
                _warn(resolved, "source-differs", [Line(source.line, "")], text)
        resolved.keys.append(key)
        resolved.known_sources.append(known)


def _sources_like(source: Reference, directory: Directory) -> list[Source]:
    people = source.authors or source.editors
    first = (people[0].family or people[0].literal) if people else ""
    if not source.full or not (source.issued or source.url):
        return []
    return directory.sources_like(source.title, source.container_title, source.issued, first)


def _earlier(resolved: Resolved, directory: Directory) -> None:
    digest = resolved.manuscript.digest
    if found := directory.cases.get(digest[:32]):
        name, resolved.slug = found
        resolved.status = "unchanged" if name == digest[32:] else "duplicate-of"
    elif slug := directory.titles.get(folded(resolved.manuscript.title)):
        _warn(resolved, "title-exists", (), f"The case “{slug}” has this title already.")
