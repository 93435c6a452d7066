"""Lets an editor choose, for what an import is not sure of, which of our records is meant."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from manuscripts.parse.linking import free_key
from organisations.likeness import organisations_like
from organisations.models import Organisation
from sources.citing import reference
from sources.formats import csl_json
from sources.likeness import Known
from sources.models import Source

from .advice import advised
from .directory import Directory
from .note_check import differences, item_of
from .resolved import CASE, ORGANISATION, SOURCE, NamedOrganisation, Resolved

NEW, LEAVE = "new", "leave"
"""What one may choose besides one of ours; a source that a note cites is never left out."""

_OF_NOTES = ("note-reads-differently", "notes-out-of-step", "notes-restyled")


@dataclass
class Question:
    """Which record is meant by the source or organisation `about`, called `name` in the manuscript:
    one of `options`, pairs of a value and words, and what was `proposed`. `open_to_all`: any
    organisation of ours may be named besides."""

    about: tuple[str, int]
    name: str
    proposed: str
    options: list[tuple[str, str]] = field(default_factory=list)
    open_to_all: bool = False

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        return f"{self.about[0]}-{self.about[1]}"


def questions(resolved: Resolved, directory: Directory) -> list[Question]:
    """What is to be chosen: whether it is a case of ours; for each warning about a source or an
    organisation, and for each new one that is like one of ours."""
    warned = {caution.about for caution in resolved.cautions}
    return [
        *_about_cases(resolved, directory),
        *_about_sources(resolved, directory, warned),
        *_about_organisations(resolved, directory, warned),
    ]


def _about_cases(resolved: Resolved, directory: Directory) -> list[Question]:
    if not resolved.told_again:
        return []
    titles = {case.slug: case.title for case in directory.known_cases.cases}
    put = _("It is “%s”: put it into that case, as its next working copy")
    options = [(slug, put % titles[slug]) for slug in resolved.told_again[:3]]
    options.append((NEW, _("It is another case: make a new draft")))
    return [Question((CASE, 0), resolved.manuscript.title, NEW, options)]


def _about_sources(resolved: Resolved, directory: Directory, warned: set[Any]) -> list[Question]:
    names = {name: body.name for body in directory.organisations for name in body.names}
    known = Known((csl_json(source) for source in directory.sources), names)
    by_key = {source.key: source for source in directory.sources}
    asked = []
    for at, source in enumerate(resolved.manuscript.sources):
        ours, item = resolved.known_sources[at], item_of("new", source, None)
        likes = [like.key for like in known.like(item)] if source.full else []
        similar = resolved.similar.get(at, [])
        keys = dict.fromkeys([*([ours.key] if ours else []), *similar, *likes])
        found = [by_key[key] for key in keys if key in by_key]
        if (SOURCE, at) in warned or (ours is None and found):
            options = [(s.key, _("It is %s") % reference(csl_json(s)).text) for s in found]
            options.append((NEW, _("It is another: add it")))
            proposed = ours.key if ours else NEW
            asked.append(Question((SOURCE, at), reference(item).text, proposed, options))
    return asked


def _about_organisations(
    resolved: Resolved, directory: Directory, warned: set[Any]
) -> list[Question]:
    asked = []
    for at, named in enumerate(resolved.organisations):
        if (ORGANISATION, at) not in warned:
            continue
        found = [named.organisation] if named.organisation else []
        found += organisations_like([named.name], directory.organisations)
        found += filter(None, [directory.organisation_like(named.name)])
        options = [(str(o.pk), _("It is %s") % o.name) for o in dict.fromkeys(found)]
        options += [(NEW, _("It is new: add it")), (LEAVE, _("Leave it out"))]
        proposed = str(named.organisation.pk) if named.organisation else NEW
        about = (ORGANISATION, at)
        asked.append(Question(about, named.name, proposed, options, open_to_all=True))
    return asked


class NotAChoice(ValueError):
    """What was chosen is none of ours, or may not be chosen here."""


def choose(
    resolved: Resolved,
    asked: list[Question],
    chosen: Mapping[tuple[str, int], str],
    directory: Directory,
) -> None:
    """Make `resolved` say what was chosen; what is not among `chosen` stays as it was proposed.
    Raises NotAChoice."""
    bodies = {str(body.pk): body for body in directory.organisations}
    sources = {source.key: source for source in directory.sources}
    left = set()
    for question in asked:
        value = chosen.get(question.about, question.proposed)
        kind, at = question.about
        if kind == CASE:
            _choose_case(resolved, value)
        elif kind == SOURCE:
            _choose_source(resolved, at, value, sources, directory)
        elif value == LEAVE:
            left.add(at)
        else:
            _choose_organisation(resolved, at, value, bodies)
        words = {NEW: _("added as a new one"), LEAVE: _("left out")}
        meant = bodies[value].name if kind == ORGANISATION and value in bodies else value
        resolved.chosen[question.about] = words.get(value) or _("taken for %s") % meant
    resolved.organisations = [
        named for at, named in enumerate(resolved.organisations) if at not in left
    ]
    kept = [caution for caution in resolved.cautions if caution.code not in _OF_NOTES]
    found = [replace(c, text=advised(c.code, c.text)) for c in differences(resolved)]
    resolved.cautions = sorted([*kept, *found], key=lambda caution: caution.line)


def _choose_case(resolved: Resolved, value: str) -> None:
    if value != NEW and value not in resolved.told_again:
        raise NotAChoice(_("There is no case “%s” that may be meant. Choose again.") % value)
    resolved.into = "" if value == NEW else value


def _choose_source(
    resolved: Resolved, at: int, value: str, sources: dict[str, Source], directory: Directory
) -> None:
    if value == NEW:
        if resolved.known_sources[at] is not None:
            taken = directory.keys | set(resolved.keys)
            resolved.keys[at] = free_key(resolved.manuscript.sources[at], taken)
            resolved.known_sources[at] = None
    elif value in sources:
        resolved.keys[at], resolved.known_sources[at] = value, sources[value]
    else:
        raise NotAChoice(_("There is no source “%s” any more. Choose again.") % value)


def _choose_organisation(
    resolved: Resolved, at: int, value: str, bodies: dict[str, Organisation]
) -> None:
    name = resolved.organisations[at].name
    if value == NEW:
        resolved.organisations[at] = NamedOrganisation(name, None)
    elif value in bodies:
        resolved.organisations[at] = NamedOrganisation(name, bodies[value])
    else:
        raise NotAChoice(_("There is no such organisation any more. Choose again."))
