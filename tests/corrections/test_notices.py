"""Notices: their words by the table, and expressions of concern."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from corrections import notices, services
from corrections.events import EVENTS
from corrections.models import Notice
from desk import services as desk
from editions.models import Edition
from revisions.models import AuditEvent

DOCS = Path(__file__).parents[2] / "docs" / "corrections.md"


def test_the_table_of_the_manual_is_the_one_of_the_code():
    rows = re.findall(r"^\| .* \|$", DOCS.read_text().split("## What happens, and")[1], re.M)
    table = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    said = [row for row in table if row[0] in {str(event.name) for event in EVENTS}]
    assert said == [
        [
            str(event.name),
            "yes" if event.edition else "no",
            event.edition.value if event.edition else "–",
            {
                "always": str(event.notice.label).lower(),
                "wanted": f"{str(event.notice.label).lower()}, where readers must know",
                "reported": f"none; {str(event.notice.label).lower()} where a reader reported it",
            }[event.when],
            event.crossref or "–",
        ]
        for event in EVENTS
    ]


def test_every_kind_of_notice_and_every_later_edition_has_its_row():
    assert {event.notice for event in EVENTS} == set(Notice.Kind)
    assert {event.edition for event in EVENTS if event.edition} == set(Edition.Kind) - {"first"}


@pytest.mark.parametrize(
    ("kind", "word"),
    [("correction", "correction"), ("update", "addendum"), ("editorial", "erratum")],
)
def test_a_mended_correction_has_the_notice_of_its_edition(
    kind, word, correction, edition, moderator, next_edition
):
    services.accept(correction, by=moderator, why="True.")
    [notice] = services.mend([correction], edition=next_edition(edition, kind=kind), by=moderator)
    assert (notice.kind, notice.credit) == (word, "Rosa Reader")


def test_a_concern_stands_until_it_is_lifted_and_both_stay(edition, moderator):
    before = Edition.objects.values_list("digest", "record").get()
    concern = notices.express_concern(edition.case, by=moderator, reason="A source is doubted.")
    assert notices.standing_concern(edition.case) == concern
    assert (concern.kind, concern.found_in, concern.mended_in) == (
        *("expression_of_concern", edition),
        None,
    )
    lifting = notices.lift_concern(edition.case, by=moderator, reason="The source holds.")
    assert notices.standing_concern(edition.case) is None
    assert list(Notice.objects.public()) == [lifting, concern]
    assert lifting.lifts == concern
    assert Edition.objects.values_list("digest", "record").get() == before
    told = AuditEvent.objects.filter(action__startswith="concern").order_by("pk")
    assert [(event.action, event.by) for event in told] == [
        ("concern", moderator),
        ("concern-lifted", moderator),
    ]


def test_one_concern_stands_at_a_time_and_none_is_lifted_twice(edition, moderator):
    with pytest.raises(notices.NoConcern):
        notices.lift_concern(edition.case, by=moderator, reason="Nothing.")
    notices.express_concern(edition.case, by=moderator, reason="Doubted.")
    with pytest.raises(notices.ConcernStands):
        notices.express_concern(edition.case, by=moderator, reason="Again.")
    notices.lift_concern(edition.case, by=moderator, reason="It holds.")
    with pytest.raises(notices.NoConcern):
        notices.lift_concern(edition.case, by=moderator, reason="Again.")
    notices.express_concern(edition.case, by=moderator, reason="Something else.")
    assert Notice.objects.count() == 3


@pytest.mark.parametrize("reason", ["", " \n", "\x00"])
def test_a_concern_needs_a_reason(reason, edition, moderator):
    with pytest.raises(ValidationError, match="says what changed, or why"):
        notices.express_concern(edition.case, by=moderator, reason=reason)
    assert not Notice.objects.exists()


def test_concern_is_expressed_only_of_what_is_in_print(edition, moderator):
    desk.withdraw(edition.case, by=moderator, reason="It does not stand.")
    with pytest.raises(notices.NotInPrint):
        notices.express_concern(edition.case, by=moderator, reason="Late.")


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("notice_names_the_edition_that_mends", {"kind": "correction"}),
        ("notice_lifts_a_concern", {"kind": "concern_lifted"}),
        ("notice_is_of_a_known_kind", {"kind": "editorial"}),
        ("notice_says_something", {"why": ""}),
    ],
)
def test_the_database_refuses_impossible_notices(constraint, values, edition, moderator):
    notice = notices.express_concern(edition.case, by=moderator, reason="Doubted.")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        QuerySet(Notice).filter(pk=notice.pk).update(**values)
