"""Loads a collection kept as files, through the same services that editors and moderators use.

A folder holds one case: `case.md` (TOML between +++ lines, then the text), `sources.json`
(CSL-JSON) and, where needed, `organisations.toml` and `editions.toml` (later editions and their
corrections).
"""

import json
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction

from cases import services as cases
from cases.models import Aim, Case, Conflict, ConflictType, ImpactCriterion, InitiativeType
from cases.source_keys import recounted_together
from corrections import services as corrections
from editions.models import Edition
from organisations.models import Country, Organisation, OrganisationKind, RegionalGroup
from organisations.naming import directory, folded
from organisations.services import create_organisation
from revisions import audit, revision_block
from sources.formats import from_csl
from sources.models import Source
from sources.services import create_source

from . import services as desk

_TOLD_EVERY = 5
REASON = "From the sample collection."
_VOCABULARIES = {
    "countries": (Country, "alpha3"),
    "regional_groups": (RegionalGroup, "slug"),
    "conflict_types": (ConflictType, "slug"),
    "initiative_types": (InitiativeType, "slug"),
    "impact_criteria": (ImpactCriterion, "slug"),
}


class BadCollection(ValueError):
    """A file of the collection cannot be loaded; the message names the file and the reason."""


@dataclass(frozen=True)
class People:
    """In whose names the collection is written and published."""

    editor: User
    moderator: User


def load(
    folder: Path, people: People, tell: Callable[[str], None] = lambda said: None
) -> list[str]:
    """Load every case below `folder` that is not there yet; their slugs. `tell` is told now and
    then how far it is.

    Nobody gets a mail about it. Raises BadCollection, with nothing stored at all.
    """
    with transaction.atomic(), audit.nobody_is_told(), cases.counted_together():
        if (folder / "organisations.toml").exists():
            load_organisations(folder / "organisations.toml", people.editor)
        known = set(Case.objects.values_list("slug", flat=True))
        cases_here = [(file, *read_case(file)) for file in sorted(folder.glob("*/case.md"))]
        new = [case for case in cases_here if case[1]["slug"] not in known]
        for work, done in ((_write, "written"), (_relate, "related"), (_publish, "published")):
            for number, (file, facts, body) in enumerate(new, 1):
                with _naming(file):
                    work(file.parent, facts, body, people)
                if number % _TOLD_EVERY == 0 or number == len(new):
                    tell(f"{number} of {len(new)} cases {done}")
    return [facts["slug"] for _file, facts, _body in new]


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Makes of whatever is wrong with the contents of a file a BadCollection that names it."""
    try:
        yield
    except BadCollection:
        raise
    except (LookupError, ValueError, ObjectDoesNotExist, ValidationError, RuntimeError) as error:
        raise BadCollection(f"{file}: {type(error).__name__}: {error}") from error


def read_case(file: Path) -> tuple[dict[str, Any], str]:
    """The facts and the text of a `case.md`. Raises BadCollection."""
    with _naming(file):
        parts = file.read_text(encoding="utf-8").split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise BadCollection(f"{file}: it does not begin with facts between two +++ lines.")
    with _naming(file):
        facts = tomllib.loads(parts[1], parse_float=Decimal)
        if not facts.get("slug"):
            raise BadCollection(f"{file}: it names no slug.")
        return facts, parts[2].strip() + "\n"


def load_organisations(file: Path, by: User) -> None:
    """Add the organisations of a file that are not known by any of their names. Raises
    BadCollection."""
    with _naming(file):
        _load_organisations(file, by)


def _load_organisations(file: Path, by: User) -> None:
    known = directory(Organisation.objects.kept())
    kinds = OrganisationKind.objects.in_bulk(field_name="slug")
    countries = Country.objects.in_bulk(field_name="alpha3")
    entries = tomllib.loads(file.read_text(encoding="utf-8")).get("organisations", [])
    new = []
    for entry in entries:
        if folded(entry["name"]) in known:
            continue
        organisation = create_organisation(
            by=by,
            reason=REASON,
            name=entry["name"],
            kind=kinds[entry["kind"]],
            country=countries[entry["country"]] if entry.get("country") else None,
            other_names="\n".join(entry.get("other_names", [])),
            **{k: entry.get(k, "") for k in ("short_name", "website", "wikidata", "ror")},
        )
        known[folded(organisation.name)] = organisation
        new.append((organisation, entry))
    for organisation, entry in new:
        links = {k: known[folded(entry[k])] for k in ("parent", "successor") if entry.get(k)}
        if links:
            with revision_block.recorded(by=by, reason=REASON):
                for name, other in links.items():
                    setattr(organisation, name, other)
                revision_block.save(organisation)


def _write(folder: Path, facts: dict[str, Any], body: str, people: People) -> None:
    """Store the draft of one folder, with its sources and organisations."""
    if (folder / "organisations.toml").exists():
        load_organisations(folder / "organisations.toml", people.editor)
    with recounted_together():
        for item in json.loads((folder / "sources.json").read_text(encoding="utf-8")):
            if not Source.objects.filter(key__iexact=item["id"]).exists():
                create_source(*from_csl(item), by=people.editor, reason=REASON)
    cases.create_case(by=people.editor, reason=REASON, **_content(facts), body=body)


def _relate(folder: Path, facts: dict[str, Any], body: str, people: People) -> None:
    """Join one case to those that its file names as related."""
    others = list(Case.objects.filter(slug__in=facts.get("related", [])))
    if others:
        case = Case.objects.get(slug=facts["slug"])
        cases.change_case(case, by=people.editor, reason=REASON, related=others)


def _publish(folder: Path, facts: dict[str, Any], body: str, people: People) -> None:
    """Publish every edition of one folder, and decide the correction that led to the second."""
    case = Case.objects.get(slug=facts["slug"])
    case = cases.submit(case, by=people.editor, reason="Ready for the first edition.")
    edition = desk.publish(case, by=people.moderator)
    if (folder / "editions.toml").exists():
        later = tomllib.loads((folder / "editions.toml").read_text(encoding="utf-8"))
        for entry in later["editions"]:
            edition = _later_edition(edition, entry, later.get("correction"), people)


def _content(facts: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `create_case` for a file's facts. Raises LookupError for unknown ones."""
    content = {k: v for k, v in facts.items() if k != "related"}
    for name in ("authors", "reviewers"):
        content[name] = "\n".join(facts.get(name, []))
    content["aim"] = Aim.objects.get(slug=facts["aim"]) if facts.get("aim") else None
    conflict = facts.get("conflict")
    content["conflict"] = Conflict.objects.get(slug=conflict) if conflict else None
    for name, (model, field) in _VOCABULARIES.items():
        known = model._default_manager.in_bulk(facts.get(name, []), field_name=field)
        content[name] = [known[value] for value in facts.get(name, [])]
    organisations = directory(Organisation.objects.kept())
    content["organisations"] = [organisations[folded(n)] for n in facts.get("organisations", [])]
    content["parties"] = [
        {**party, "organisation": organisations[folded(party["organisation"])]}
        if "organisation" in party
        else party
        for party in facts.get("parties", [])
    ]
    return content


def _later_edition(
    before: Edition, entry: dict[str, Any], sent: dict[str, Any] | None, people: People
) -> Edition:
    case = Case.objects.get(pk=before.case_id)
    body = case.body
    for change in entry["replace"]:
        if change["from"] not in body:
            raise BadCollection(f"“{change['from']}” does not stand in the text of {case.slug}.")
        body = body.replace(change["from"], change["to"])
    accepted = [_decided(before, sent, people)] if sent else []
    case = cases.change_case(case, by=people.editor, reason=entry["change_note"], body=body)
    case = cases.submit(case, by=people.editor, reason=entry["change_note"])
    return desk.publish(
        case,
        by=people.moderator,
        kind=entry["kind"],
        change_note=entry["change_note"],
        mends=accepted,
    )


def _decided(edition: Edition, sent: dict[str, Any], people: People) -> corrections.Correction:
    """A reader's correction of `edition`, sent, taken and accepted."""
    correction, _token = corrections.send(
        edition,
        kind="correction",
        passage=sent.get("passage", ""),
        message=sent["message"],
        suggestion=sent.get("suggestion", ""),
        evidence=sent.get("evidence", ""),
        name=sent.get("name", ""),
        credit_wanted=sent.get("credit", False),
    )
    correction = corrections.take(correction, by=people.moderator)
    return corrections.accept(
        correction,
        by=people.moderator,
        reason=sent.get("reason", "You are right, and we thank you."),
        before=sent["notice_before"],
        after=sent["notice_after"],
        why=sent["notice_why"],
    )
