"""Makes things for tests, through the services wherever there is one."""

from itertools import count

from django.contrib.auth.models import User

from cases import services as case_services
from cases.models import Aim, Case, Conflict, ConflictType, ImpactCriterion, InitiativeType
from desk import services as desk_services
from editions.models import Edition
from organisations.models import Country, Organisation, OrganisationKind
from organisations.services import create_organisation
from sources.models import Contributor, Source
from sources.services import create_source

_number = count(1)
PASSWORD = "correct horse battery staple"


def make_user(username: str = "", **over) -> User:
    """A user, or the one of that name if there is one."""
    username = username or f"user{next(_number)}"
    known = User.objects.filter(username=username).first()
    if known:
        return known
    over.setdefault("email", f"{username}@example.org")
    return User.objects.create_user(username, password=PASSWORD, **over)


def make_organisation(name: str = "", kind: str = "other", **over) -> Organisation:
    """An organisation; `kind` is a slug."""
    return create_organisation(
        by=None,
        reason="Made for a test.",
        name=name or f"Organisation {next(_number)}",
        kind=OrganisationKind.objects.get(slug=kind),
        **over,
    )


def make_source(key: str = "", *, authors=(("Ann", "Author"),), editors=(), **over) -> Source:
    """A source with authors (given, family); a book unless `type` says otherwise."""
    n = next(_number)
    values = {"type": "book", "title": f"Book {n}", "publisher": "A Press", "issued": "2001"}
    source = Source(**{**values, "publisher_place": "London", "key": key or f"author{n}", **over})
    rows = [
        Contributor(role=role, position=position, given=given, family=family)
        for role, names in (("author", authors), ("editor", editors))
        for position, (given, family) in enumerate(names)
    ]
    return create_source(source, rows, by=None, reason="Made for a test.")


def make_case(by: User | None = None, *, source: Source | None = None, **over) -> Case:
    """A draft that can be published: every fact filled, one note. Slugs and codes for facts."""
    n = next(_number)
    source = source or make_source()
    content = {
        "title": f"Ending the armed conflict number {n}",
        "standfirst": f"How the armed conflict number {n} was ended.",
        "body": f"The talks began in spring.[@{source.key}, p. 12] They ended well.",
        "start_year": 1993,
        "end_year": 1997,
        "location": "Tajikistan",
        "authors": "Ann Author",
        "impact": "lasting",
        "aim": "ending",
        "countries": ["TJK"],
        "conflict_types": ["vertical-intrastate"],
        "initiative_types": ["mediation"],
    } | over
    if isinstance(content["aim"], str):
        content["aim"] = Aim.objects.get(slug=content["aim"])
    if isinstance(content.get("conflict"), str):
        content["conflict"] = Conflict.objects.get(slug=content["conflict"])
    content["countries"] = Country.objects.filter(alpha3__in=content["countries"])
    for name, model in (
        ("conflict_types", ConflictType),
        ("initiative_types", InitiativeType),
        ("impact_criteria", ImpactCriterion),
    ):
        content[name] = model.objects.filter(slug__in=content.get(name, []))
    return case_services.create_case(
        by=by or make_user("edith", is_staff=True), reason="Made for a test.", **content
    )


def publish_case(case: Case, *, by: User | None = None, **over) -> Edition:
    """Submit the case as it stands and publish it as a moderator."""
    case.refresh_from_db()
    moderator = by or make_user("maud", is_staff=True)
    if case.stage != Case.Stage.IN_REVIEW:
        editor = make_user("edith", is_staff=True)
        case = case_services.submit(case, by=editor, reason="Ready.")
    return desk_services.publish(case, by=moderator, **over)


def make_edition(**over) -> Edition:
    """The first edition of a new case; `over` goes to `make_case`."""
    return publish_case(make_case(**over))
