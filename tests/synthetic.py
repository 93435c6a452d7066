"""Makes many editions quickly and always the same: for the bench and for counting queries.

One article of about 600 words and ten notes is rendered; every edition is that article under its
own title, years and facts. Rows are written in bulk, past the services: never outside tests.
"""

import random
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import User

from cases.models import Aim, Case, Conflict, ConflictType, InitiativeType
from cases.rendering import render
from editions.models import (
    Edition,
    EditionCitation,
    Neighbour,
    Participation,
    Rendering,
    SearchRow,
)
from editions.record.build import build
from editions.record.digest import digest
from editions.search import make_row
from organisations.models import Country, Organisation
from sources.formats import library
from tests.factories import make_case, make_organisation, make_source, make_user
from website.pages import fragments
from website.pages.fragments import Fragments

SEED = 20261123
WORDS = (
    "accord agreement border ceasefire commission conflict council delegation dialogue district "
    "election envoy government guarantee humanitarian inquiry island meeting ministry observer "
    "parliament party patrol people president province protocol refugee region river school "
    "settlement soldier spring talks treaty truce valley village winter woman youth"
).split()
RARE = "mediation"  # stands in 8 % of the texts


def _body(rng: random.Random, keys: list[str]) -> str:
    paragraphs = []
    for key in keys:
        words = " ".join(rng.choices(WORDS, k=60))
        paragraphs.append(f"{words.capitalize()}.[@{key}, pp. {rng.randint(1, 80)}-99]")
    return "\n\n".join(paragraphs)


def make_editions(count: int) -> None:
    """`count` cases with one edition in print each."""
    rng = random.Random(SEED)
    user = make_user("synthetic", is_staff=True)
    sources = [make_source(f"synthetic{n}") for n in range(10)]
    organisations = [make_organisation(f"Synthetic organisation {n}") for n in range(40)]
    body = _body(rng, [source.key for source in sources])
    model = make_case(by=user, body=body, title="The synthetic article")
    rendered = render(body, library(body))
    record = build(
        model,
        rendered,
        number=1,
        kind="first",
        change_note="",
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    for start in range(0, count, 1000):
        _batch(rng, range(start, min(start + 1000, count)), record, user, organisations, sources)


def _batch(
    rng: random.Random,
    numbers: range,
    record: dict,
    user: User,
    organisations: list[Organisation],
    sources: list,
) -> None:
    aims = list(Aim.objects.all())
    cases = Case.objects.bulk_create(
        Case(title=f"Ending the synthetic conflict {n}", slug=f"synthetic-{n}") for n in numbers
    )
    conflicts = Conflict.objects.bulk_create(
        Conflict(slug=f"synthetic-{n}", label=f"Synthetic conflict {n}", definition="Made up.")
        for n in numbers[::10]
    )
    editions = Edition.objects.bulk_create(
        _edition(rng, case, record, user, rng.choice(aims), conflicts[place // 10])
        for place, case in enumerate(cases)
    )
    for name, model, most in (
        ("countries", Country, 1),
        ("conflict_types", ConflictType, 2),
        ("initiative_types", InitiativeType, 3),
    ):
        _join(rng, editions, name, list(model.objects.values_list("pk", flat=True)), most)
    through = Edition.regional_groups.through
    groups = Country.objects.exclude(regional_groups=None).order_by("pk", "regional_groups")
    group_of = dict(groups.values_list("pk", "regional_groups"))
    rows = Edition.countries.through.objects.filter(edition__in=editions)
    through.objects.bulk_create(
        through(edition_id=row.edition_id, regionalgroup_id=group_of[row.country_id])
        for row in rows
        if row.country_id in group_of
    )
    Participation.objects.bulk_create(
        Participation(edition=edition, organisation=organisation, position=position)
        for edition in editions
        for position, organisation in enumerate(rng.sample(organisations, 3))
    )
    EditionCitation.objects.bulk_create(
        EditionCitation(edition=edition, note_number=n, source=source)
        for edition in editions
        for n, source in enumerate(sources, start=1)
    )
    _render(editions)
    Neighbour.objects.bulk_create(
        Neighbour(
            case=edition.case,
            other=other,
            position=position,
            kind=Neighbour.Kind.TOOK_PART,
            organisation=organisations[position],
        )
        for edition in editions
        for position, other in enumerate(c for c in rng.sample(cases, min(5, len(cases))))
        if other != edition.case
    )
    SearchRow.objects.bulk_create(
        make_row(
            edition,
            facts=["Tajikistan"],
            text=[edition.body + (f" {RARE}" if rng.random() < 0.08 else "")],
        )
        for edition in editions
    )


def _render(editions: list[Edition]) -> None:
    """The first is rendered; the others are that, under their own names."""
    model = fragments.rendering(editions[0])
    names = (editions[0].case.slug, editions[0].title)

    def named(html: str, edition: Edition) -> str:
        return html.replace(names[0], edition.case.slug).replace(names[1], edition.title)

    made = []
    for edition in editions:
        parts = {part: named(getattr(model, part), edition) for part in ("row", *Fragments._fields)}
        made.append(Rendering(edition=edition, stamp=model.stamp, **parts))
        made[-1].digest = fragments.digest_of(made[-1], edition)
    Rendering.objects.bulk_create(made)


def _edition(
    rng: random.Random, case: Case, record: dict, user: User, aim: Aim, conflict: Conflict
) -> Edition:
    """Three cases of every ten are about the same conflict, the others about none."""
    start = rng.randint(1945, 2015)
    published_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=case.pk)
    own = record | {"case": case.slug, "title": case.title, "start_year": start}
    return Edition(
        case=case,
        number=1,
        kind="first",
        published_at=published_at,
        published_by=user,
        title=case.title,
        standfirst=record["standfirst"],
        body=record["body"],
        body_html=record["body_html"],
        notes=record["notes"],
        aim=aim,
        conflict=conflict if case.pk % 10 in (5, 6, 7) else None,
        start_year=start,
        end_year=start + rng.randint(0, 8),
        impact=rng.choice(["lasting", "limited", "contested", ""]),
        record=own,
        digest=digest(own, ""),
    )


def _join(
    rng: random.Random, editions: list[Edition], name: str, others: list[int], most: int
) -> None:
    field = Edition._meta.get_field(name)
    through, far = field.remote_field.through, field.m2m_reverse_field_name()
    through.objects.bulk_create(
        through(edition=edition, **{f"{far}_id": other})
        for edition in editions
        for other in rng.sample(others, rng.randint(1, most))
    )
