"""Stores a resolved manuscript: one draft case with its sources and organisations."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from cases.services import change_case, create_case
from cases.source_keys import recounted_together
from organisations.models import Country, Organisation, OrganisationKind
from organisations.services import create_organisation
from revisions import revision_block
from sources.services import create_source

from .models import ImportPoint
from .parse.names import plain
from .resolve.directory import countries_by_name
from .resolve.new_source import new_source
from .resolve.resolved import NamedOrganisation, Resolved


class AlreadyImported(RuntimeError):
    """A case was made of the same text already; it is `case`."""

    def __init__(self, case: Case) -> None:
        super().__init__(_("This text was imported already, as the case “%s”.") % case.title)
        self.case = case


def store(resolved: Resolved, *, by: User, reason: str) -> Case:
    """Create the draft of `resolved`, and the sources and organisations that were missing.

    One transaction and one revision. Raises AlreadyImported where this text has a case, and
    ValidationError where a model refuses a value; then nothing is stored.
    """
    manuscript = resolved.manuscript
    with revision_block.recorded(by=by, reason=reason):
        twin = Case.objects.filter(import_digest__startswith=manuscript.digest[:32]).first()
        if twin is not None:
            raise AlreadyImported(twin)
        with recounted_together():
            for source, key, known in zip(
                manuscript.sources, resolved.keys, resolved.known_sources, strict=True
            ):
                if known is None:
                    create_source(*new_source(source, key), by=by, reason=reason)
        bodies = [_organisation(n, by=by, reason=reason) for n in resolved.organisations]
        if resolved.into:
            case = _put_into(resolved, bodies, by=by, reason=reason)
        else:
            case = create_case(
                by=by,
                reason=reason,
                organisations=bodies,
                body=resolved.body,
                import_digest=manuscript.digest,
                slug=resolved.origin.slug,
                **_content(resolved),
            )
        _keep_points(case, resolved, by=by)
    resolved.case, resolved.slug = case, case.slug
    return case


def _put_into(resolved: Resolved, bodies: list[Organisation], *, by: User, reason: str) -> Case:
    """Make the article the working copy of the case that it is about. What the article does not
    say of the facts stays; what stood before is a revision. Raises ValidationError where the case
    has gone."""
    case = Case.objects.filter(slug=resolved.into).first()
    if case is None:
        raise ValidationError(_("The case “%s” has gone meanwhile.") % resolved.into)
    said = {name: value for name, value in _content(resolved).items() if value}
    if case.first_published:  # the first life stays the first
        said.pop("first_published", None)
        said.pop("first_published_address", None)
    stood = list(case.old_addresses.values_list("address", flat=True))
    new = [a for a in resolved.origin.old_addresses if a not in stood]
    said["old_addresses"] = [{"address": address} for address in (*stood, *new)]
    if resolved.end_year is not None or resolved.ongoing:
        said |= {"end_year": resolved.end_year, "ongoing": resolved.ongoing}
    if not case.import_digest:
        said["import_digest"] = resolved.manuscript.digest
    told = {"organisations": bodies} if bodies else {}
    return change_case(case, by=by, reason=reason, body=resolved.body, **told, **said)


def _keep_points(case: Case, resolved: Resolved, *, by: User) -> None:
    """The warnings stay with the draft; those on which somebody chose are worked off."""
    points = []
    for position, caution in enumerate(resolved.cautions, case.import_points.count()):
        outcome = resolved.chosen.get(caution.about, "") if caution.about else ""
        point = ImportPoint(
            case=case,
            position=position,
            code=caution.code,
            line=caution.line,
            text=caution.text,
            outcome=outcome[:300],
            done_at=timezone.now() if outcome else None,
            done_by=by if outcome else None,
        )
        point.clean_fields(exclude=["case", "done_by"])
        points.append(point)
    ImportPoint.objects.bulk_create(points)


def _content(resolved: Resolved) -> dict[str, Any]:
    names = (
        *("start_year", "end_year", "ongoing", "location", "aim", "countries", "regional_groups"),
        *("regional_groups_note", "conflict_types", "initiative_types", "impact", "impact_note"),
        *("agreements", "events"),
    )
    manuscript = resolved.manuscript
    return {name: getattr(resolved, name) for name in names} | {
        "title": manuscript.title,
        "standfirst": manuscript.standfirst,
        "authors": "\n".join(manuscript.authors),
        "parties": [party.row for party in resolved.parties],
        "first_published": resolved.origin.first_published,
        "first_published_address": resolved.origin.first_published_address,
        "old_addresses": [{"address": address} for address in resolved.origin.old_addresses],
    }


def _organisation(named: NamedOrganisation, *, by: User, reason: str) -> Organisation:
    """The organisation with that name; created under that name where there is none."""
    known = named.organisation or Organisation.objects.filter(name=named.name).first()
    if known is not None:
        return known
    kind, country = _kind_and_country(named.name)
    return create_organisation(by=by, reason=reason, name=named.name, kind=kind, country=country)


def _kind_and_country(name: str) -> tuple[OrganisationKind, Any]:
    """A first guess, from the name: a government and its country, the UN, local people, other."""
    lower = name.casefold()
    country = None
    if lower.startswith("government of "):
        slug = "national-government"
        words = tuple(plain(lower.removeprefix("government of ")).split())
        found = countries_by_name(list(Country.objects.all())).get(words)
        country = found[0] if found else None
    elif f"{lower} ".startswith(("un ", "united nations ")):
        slug = "united-nations"
    elif lower.startswith("local "):
        slug = "local-people-and-organisations"
    else:
        slug = "other"
    return OrganisationKind.objects.get(slug=slug), country
