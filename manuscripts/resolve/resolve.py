"""Resolves what a manuscript says to our terms, countries, organisations and sources."""

from dataclasses import replace

from cases.models import Aim
from manuscripts.parse import facts, organisation_lists
from manuscripts.parse.labels import ROLES
from manuscripts.parse.linking import free_key
from manuscripts.parse.manuscript import Caution, Line, Manuscript, Name, Reference
from manuscripts.parse.years import years
from organisations.naming import folded
from sources.models import Source

from .advice import advised
from .directory import Directory, Terms
from .note_check import differences, prints_alike
from .origins import keep_origin
from .places import countries_in
from .resolved import (
    CASE,
    ORGANISATION,
    SOURCE,
    NamedOrganisation,
    Resolved,
    ResolvedParty,
)
from .terms import MAX_NAMES, find_terms, label_of
from .warning import leave, lines_of, warn, warn_blank

_MAX_COMPARED = 10  # sources of one title that are compared
_NAME_CODES = {"other": "organisation-by-other-name", "near": "organisation-near-match"}


def resolve(manuscript: Manuscript, directory: Directory) -> Resolved:
    """The records that the manuscript refers to. Stores nothing; every doubt is in `cautions`."""
    resolved = Resolved(manuscript, left_over=list(manuscript.left_over))
    resolved.cautions += manuscript.cautions
    _resolve_years(resolved)
    _resolve_places(resolved, directory)
    _resolve_terms(resolved, directory)
    _resolve_groups(resolved, directory)
    _resolve_organisations(resolved, directory)
    _resolve_impact(resolved)
    _resolve_agreements(resolved)
    _resolve_parties(resolved, directory)
    _resolve_events(resolved)
    _resolve_sources(resolved, directory)
    _check_earlier_imports(resolved, directory)
    keep_origin(resolved, directory)
    if resolved.status == "imported":  # how notes will read is no news of a case that is there
        resolved.cautions += differences(resolved)
        _look_for_the_same_case(resolved, directory)
    resolved.cautions = [
        replace(caution, text=advised(caution.code, caution.text))
        for caution in sorted(resolved.cautions, key=lambda caution: caution.line)
    ]
    return resolved


def _look_for_the_same_case(resolved: Resolved, directory: Directory) -> None:
    """Say which case of ours may be this one, told in other words."""
    found = directory.known_cases.told_again(resolved)
    resolved.told_again = [case.slug for case, _reasons in found]
    if found:
        case, reasons = found[0]
        said = f"It may be the case “{case.title}” ({case.slug}) in other words: "
        said += f"{', '.join(reasons)}."
        warn(resolved, "like-a-case", [], said, (CASE, 0))


def _resolve_years(resolved: Resolved) -> None:
    found = years(resolved.manuscript.facts)
    resolved.start_year, resolved.end_year = found.start, found.end
    resolved.ongoing = found.ongoing
    proposed = {line.number for code, line, _ in found.doubts if code == "year-proposed"}
    resolved.left_over += [line for line in found.unread if line.number in proposed]
    for line in found.unread:
        if line.number not in proposed:
            leave(resolved, "year-unread", line, f"This is not taken as a year: “{line.text}”.")
    for code, line, text in found.doubts:
        warn(resolved, code, [line], text)
    contradicted = any(code == "years-contradict" for code, _, _ in found.doubts)
    named = {line.number for line in found.unread}
    if found.start is None and not _is_among(resolved, "start_year", named):
        warn_blank(resolved, "start_year", "The start year")
    ended = found.end is not None or found.ongoing or contradicted
    if not ended and not _is_among(resolved, "end_year", named):
        warn_blank(resolved, "end_year", "The end year")


def _is_among(resolved: Resolved, name: str, lines: set[int]) -> bool:
    """Whether a line of a fact is among those that a warning names already."""
    return any(line.number in lines for line in lines_of(resolved, name))


def _resolve_places(resolved: Resolved, directory: Directory) -> None:
    title, lines = resolved.manuscript.title, lines_of(resolved, "location")
    written = " ".join(line.text for line in lines).strip().removesuffix(".")
    if len(written) > 250:
        for line in lines:
            leave(resolved, "location-unread", line, "The location is longer than 250 letters.")
        written = ""
    in_title, beside_title = countries_in(title, directory)
    in_location, beside = countries_in(written, directory)
    resolved.countries = list(dict.fromkeys([*in_title, *in_location]))
    for text, where, mentions in ((title, (), beside_title), (written, lines, beside)):
        for mention in mentions:
            if mention.country not in resolved.countries:
                reason = (
                    f"{mention.country} is not taken for the place: {mention.reason} ({text[:80]})."
                )
                warn(resolved, "country-proposed", where, reason)
    last = title.rpartition(" in ")[2].removeprefix("the ").strip(" .")
    if not written and any(folded(last) in map(folded, c.names) for c in resolved.countries):
        written = last
    resolved.location = written
    if not resolved.countries:
        warn(resolved, "country-missing", lines, "Title and location name no country.")
    resolved.aim = _aim(title, directory)
    if resolved.aim is None:
        warn(resolved, "aim-missing", (), f"The title does not say the aim: {title}")


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


def _resolve_terms(resolved: Resolved, directory: Directory) -> None:
    for name in ("conflict_types", "initiative_types"):
        vocabulary: Terms = getattr(directory, name)
        setattr(resolved, name, find_terms(resolved, name, vocabulary))
        if not lines_of(resolved, name):
            warn_blank(resolved, name, f"The {label_of(name)}")


def _resolve_groups(resolved: Resolved, directory: Directory) -> None:
    """The groups as printed; where blank, those of the countries in these years."""
    derived = list(
        directory.groups_of(
            resolved.countries,
            resolved.start_year,
            resolved.end_year,
            resolved.ongoing,
        )
    )
    stated = find_terms(resolved, "regional_groups", directory.regional_groups)
    lines = lines_of(resolved, "regional_groups")
    resolved.regional_groups = stated or derived
    if not stated:
        names = ", ".join(group.label for group in derived) or "none"
        text = f"The regional group is blank; by the countries it is: {names}."
        line = resolved.manuscript.labels.get("regional_groups", 1)
        resolved.cautions.append(Caution("regional-group-derived", line, text))
    elif {g.slug for g in stated} != {g.slug for g in derived}:
        names = ", ".join(group.label for group in derived) or "none"
        resolved.regional_groups_note = "As the manuscript has it."
        text = f"The countries’ own regional group is another: {names}."
        if not derived:
            text = "The countries are in no regional group in those years; the one given was kept."
        warn(resolved, "regional-group-differs", lines, text)


def _resolve_organisations(resolved: Resolved, directory: Directory) -> None:
    lines = facts.unwrapped(lines_of(resolved, "organisations"))
    for line in lines:
        text = organisation_lists.list_in_prose(line.text)
        if text != line.text:
            words = f"Taken from a sentence: {line.text[:200]}"
            leave(resolved, "fact-from-prose", line, words)
        names = organisation_lists.organisation_names(
            text, directory.is_country, directory.is_organisation
        )
        if len(names) + len(resolved.organisations) > MAX_NAMES:
            leave(resolved, "list-too-long", line, f"A list of {len(names)} is not read.")
            continue
        for name in names:
            if len(name) > 200:
                leave(resolved, "organisation-unread", line, "A name is over 200 letters long.")
            elif name not in (known.name for known in resolved.organisations):
                resolved.organisations.append(_find_organisation(resolved, name, line, directory))
    if not lines:
        warn_blank(resolved, "organisations", "The list of implementing organisations")


def _find_organisation(
    resolved: Resolved, name: str, line: Line, directory: Directory
) -> NamedOrganisation:
    found, about = directory.organisation(name), (ORGANISATION, len(resolved.organisations))
    if found is not None:
        organisation, match = found
        if match in _NAME_CODES:
            text = f"“{name}” was taken for “{organisation.name}”."
            warn(resolved, _NAME_CODES[match], [line], text, about)
        return NamedOrganisation(name, organisation)
    similar = directory.organisation_like(name)
    text = f"“{name}” is not among the organisations; one of that name is added."
    if similar is not None:
        text += f" Is it “{similar.name}”?"
    warn(resolved, "organisation-new", [line], text, about)
    return NamedOrganisation(name, None)


def _resolve_impact(resolved: Resolved) -> None:
    lines = lines_of(resolved, "impact")
    resolved.impact, resolved.impact_note, unread = facts.impact(lines)
    for line in unread:
        leave(resolved, "impact-unread", line, f"This is not read as an impact: {line.text}")


def _resolve_agreements(resolved: Resolved) -> None:
    resolved.agreements, unread = facts.agreements(lines_of(resolved, "agreements"))
    for line in unread:
        leave(resolved, "agreement-unread", line, f"This is not read as an agreement: {line.text}")


def _resolve_parties(resolved: Resolved, directory: Directory) -> None:
    """Those that we know as organisations, the others by their names."""
    for role in ROLES:
        words = " ".join(line.text for line in facts.unwrapped(lines_of(resolved, role)))
        named = organisation_lists.organisation_names(
            words, directory.is_country, directory.is_organisation
        )
        for name in named[:MAX_NAMES]:
            found = directory.organisation(name)
            organisation = found[0] if found and found[1] not in _NAME_CODES else None
            resolved.parties.append(ResolvedParty(role, name[:200], organisation))


def _resolve_events(resolved: Resolved) -> None:
    resolved.events, unread = facts.events(lines_of(resolved, "events"))
    for line in unread:
        leave(resolved, "event-unread", line, f"This is not read as a dated event: {line.text}")


def _resolve_sources(resolved: Resolved, directory: Directory) -> None:
    """The sources that we have already, and free keys for the others."""
    taken = set(directory.keys)
    for at, source in enumerate(resolved.manuscript.sources):
        about = (SOURCE, at)
        source.authors = _known_bodies(source.authors, directory)
        source.editors = _known_bodies(source.editors, directory)
        similar = _similar_sources(source, directory)[:_MAX_COMPARED]
        known = next((other for other in similar if prints_alike(source, other)), None)
        if similar and known is None:
            text = f"“{source.title}” may be {similar[0].key}, which reads otherwise: kept apart."
            warn(resolved, "source-near-match", [Line(source.line, "")], text, about)
            resolved.similar[at] = [other.key for other in similar]
        if known is None:
            key = free_key(source, taken)
            taken.add(key)
        else:
            key = known.key
            if source.accessed and source.accessed != known.accessed:
                text = f"{key} is known, with another day of access: {known.accessed or 'none'}."
                warn(resolved, "source-differs", [Line(source.line, "")], text, about)
        resolved.keys.append(key)
        resolved.known_sources.append(known)


def _known_bodies(names: tuple[Name, ...], directory: Directory) -> tuple[Name, ...]:
    """The names, those of our organisations as bodies, whatever they look like."""
    return tuple(
        Name(literal=str(name)) if name.given and directory.is_organisation(str(name)) else name
        for name in names
    )


def _similar_sources(source: Reference, directory: Directory) -> list[Source]:
    people = source.authors or source.editors
    first = (people[0].family or people[0].literal) if people else ""
    if not source.full or not (source.issued or source.url):
        return []
    return directory.sources_like(source.title, source.container_title, source.issued, first)


def _check_earlier_imports(resolved: Resolved, directory: Directory) -> None:
    digest = resolved.manuscript.digest
    if found := directory.cases.get(digest[:32]):
        name, resolved.slug = found
        resolved.status = "unchanged" if name == digest[32:] else "duplicate-of"
    elif slug := directory.titles.get(folded(resolved.manuscript.title)):
        warn(resolved, "title-exists", (), f"The case “{slug}” has this title already.")
