"""Publishing: frozen, numbered, chained, never one's own work alone."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases import services as cases
from cases.models import Case
from cases.services import StaleLock, WrongStage
from editions import services
from editions.models import CaseAddress, Edition
from editions.record.verify import faults
from revisions.append_only import Immutable
from tests.factories import make_case, make_edition, make_source, make_user, publish_case


def second(edition, moderator, **content):
    """Change the case of an edition as its editor and publish it again."""
    case = Case.objects.get(pk=edition.case_id)
    case = cases.change_case(
        case, by=make_user("edith"), reason="Mended.", **content or {"title": "A new title"}
    )
    return publish_case(case, by=moderator, kind="correction", change_note="The title was wrong.")


def test_publishing_freezes_what_the_case_was(moderator):
    edition = make_edition(title="As it was")
    cases.change_case(
        Case.objects.get(pk=edition.case_id),
        by=make_user("edith"),
        reason="Later.",
        title="As it is",
    )
    edition = Edition.objects.get(pk=edition.pk)
    assert (edition.number, edition.kind, edition.is_current) == (1, "first", True)
    assert edition.title == edition.record["title"] == "As it was"
    assert edition.record["countries"][0]["alpha3"] == "TJK"
    assert edition.record["notes"][0]["number"] == 1
    assert 'id="ref-1"' in edition.body_html


def test_the_next_edition_takes_its_place_in_print(moderator):
    first = make_edition()
    next_ = second(first, moderator)
    first.refresh_from_db()
    assert (first.is_current, next_.is_current, next_.number) == (False, True, 2)
    assert list(Edition.objects.current()) == [next_]


def test_each_note_that_cites_a_source_is_a_row(db):
    one, two = make_source("one"), make_source("two")
    edition = make_edition(body="A.[@one, p. 3; @two] B.[@one, p. 4]", source=one)
    rows = edition.citations.values_list("note_number", "source__key", "locator")
    assert list(rows) == [(1, "one", "3"), (1, "two", ""), (2, "one", "4")]
    assert list(Edition.objects.resting_on(two)) == [edition]


def test_nobody_publishes_what_only_they_have_changed(moderator):
    case = make_case(by=moderator)
    case = cases.submit(case, by=make_user("edith"), reason="Ready.")
    with pytest.raises(services.OwnWork):
        services.publish(case, by=moderator)
    with pytest.raises(services.OwnWork):
        services.request_changes(case, by=moderator, reason="No.")
    assert not Edition.objects.exists()


def test_a_moderator_publishes_what_a_colleague_has_changed_too(moderator):
    case = make_case(by=moderator)
    case = cases.change_case(case, by=make_user("edith"), reason="Mine too.", location="Here")
    assert publish_case(case, by=moderator).number == 1


def test_what_was_changed_since_it_was_read_is_not_published(moderator, editor):
    case = cases.submit(make_case(by=editor), by=editor, reason="Ready.")
    cases.change_case(case, by=editor, reason="One more thing.", title="Other")
    with pytest.raises(StaleLock):
        services.publish(case, by=moderator)


def test_only_a_case_in_review_is_published_or_sent_back(moderator, editor):
    case = make_case(by=editor)
    with pytest.raises(WrongStage):
        services.publish(case, by=moderator)
    with pytest.raises(WrongStage):
        services.request_changes(case, by=moderator, reason="No.")


def test_a_case_is_sent_back_with_a_reason(moderator, editor):
    case = cases.submit(make_case(by=editor), by=editor, reason="Ready.")
    case = services.request_changes(case, by=moderator, reason="Note 3 is missing.")
    assert case.stage == Case.Stage.CHANGES_REQUESTED
    assert case.stage_reason == "Note 3 is missing."


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"standfirst": ""}, "missing-standfirst"),
        ({"authors": ""}, "missing-authors"),
        ({"body": ""}, "missing-body"),
    ],
)
def test_what_is_unfinished_is_not_published(moderator, over, code):
    with pytest.raises(services.NotPublishable) as refused:
        publish_case(make_case(**over), by=moderator)
    assert code in [finding.code for finding in refused.value.findings]


def test_an_unknown_key_can_be_saved_and_not_published(moderator):
    case = make_case(body="A claim.[@nobody2001, p. 3]")
    with pytest.raises(services.NotPublishable, match="nobody2001"):
        publish_case(case, by=moderator)


def test_a_later_edition_says_what_changed(moderator):
    first = make_edition()
    case = cases.change_case(first.case, by=make_user("edith"), reason="x", title="Other")
    with pytest.raises(ValidationError, match="Say what changed"):
        publish_case(case, by=moderator, change_note="")
    assert Edition.objects.count() == 1


def test_an_edition_is_never_edited_or_deleted(db):
    edition = make_edition()
    edition.title = "Other"
    for attempt in (
        edition.save,
        edition.delete,
        Edition.objects.all().delete,
        lambda: Edition.objects.update(title="Other"),
    ):
        with pytest.raises(Immutable):
            attempt()


def test_the_database_refuses_two_editions_in_print(moderator):
    first = make_edition()
    second(first, moderator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=first.pk).update(is_current=True)


def test_verification_finds_a_change_of_record_or_column(moderator):
    first = make_edition()
    second(first, moderator)
    assert list(faults()) == []
    super(type(Edition.objects.all()), Edition.objects.filter(pk=first.pk)).update(title="Forged")
    assert any("title differs" in fault for fault in faults())
    record = first.record | {"title": "Forged"}
    super(type(Edition.objects.all()), Edition.objects.filter(pk=first.pk)).update(record=record)
    assert any("digest" in fault for fault in faults())


def test_the_chain_of_digests_runs_through_the_editions(moderator):
    first = make_edition()
    next_ = second(first, moderator)
    super(type(Edition.objects.all()), Edition.objects.filter(pk=first.pk)).update(digest="0" * 64)
    assert next_.digest != first.digest
    assert any(", edition 2: the digest" in fault for fault in faults())


def test_a_withdrawal_is_an_edition_without_the_text(moderator):
    first = make_edition(body="A claim that was wrong.")
    withdrawn = services.withdraw(
        Case.objects.get(pk=first.case_id), by=moderator, reason="It was wrong."
    )
    assert (withdrawn.number, withdrawn.kind, withdrawn.body) == (2, "withdrawal", "")
    assert not Edition.objects.listed().exists()
    assert list(Edition.objects.current()) == [withdrawn]
    assert list(faults()) == []


def test_what_is_not_in_print_is_not_withdrawn(moderator):
    with pytest.raises(WrongStage):
        services.withdraw(make_case(), by=moderator, reason="?")


def test_a_withdrawn_case_can_come_back(moderator):
    first = make_edition()
    services.withdraw(Case.objects.get(pk=first.case_id), by=moderator, reason="It was wrong.")
    assert second(first, moderator).number == 3
    assert Edition.objects.listed().count() == 1


def test_a_renamed_case_answers_at_both_addresses(moderator, client):
    edition = make_edition(slug="old-name")
    services.rename(edition.case, "new-name", by=moderator, reason="Clearer.")
    response = client.get("/cases/old-name/editions/1/")
    assert (response.status_code, response.headers["Location"]) == (
        301,
        "/cases/new-name/editions/1/",
    )
    assert client.get("/cases/new-name/").status_code == 200
    assert CaseAddress.objects.get().slug == "old-name"


def test_a_former_address_is_not_given_to_another_case(moderator):
    edition = make_edition(slug="old-name")
    services.rename(edition.case, "new-name", by=moderator, reason="Clearer.")
    with pytest.raises(ValidationError, match="still leads there"):
        publish_case(make_case(slug="old-name"), by=moderator)


def test_a_case_gets_its_former_address_back(moderator):
    edition = make_edition(slug="old-name")
    case = services.rename(edition.case, "new-name", by=moderator, reason="Clearer.")
    case = services.rename(case, "old-name", by=moderator, reason="It was better.")
    assert case.slug == "old-name"
    assert CaseAddress.objects.get().slug == "new-name"


def test_an_edition_is_not_written_over_by_another_of_its_key(db):
    edition = make_edition()
    columns = {f.attname: getattr(edition, f.attname) for f in Edition._meta.concrete_fields}
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition(**columns | {"title": "Forged"}).save()
    with pytest.raises(Immutable):
        Edition.objects.bulk_create([Edition(**columns)], update_conflicts=True)
    assert Edition.objects.get().title == edition.title


@pytest.mark.parametrize(
    ("meddle", "fault"),
    [
        (lambda e: e.countries.clear(), "countries differs"),
        (lambda e: e.conflict_types.clear(), "conflict_types differs"),
        (lambda e: e.citations.all().delete(), "citations differs"),
        (lambda e: Edition.objects.filter(pk=e.pk).update(is_current=False), "not in print"),
    ],
)
def test_verification_finds_what_readers_would_miss(db, meddle, fault):
    edition = make_edition()
    assert list(faults()) == []
    meddle(edition)
    assert any(fault in found for found in faults())


def test_a_locator_too_long_to_store_stops_publication(moderator):
    source = make_source("long")
    case = make_case(source=source, body="A claim.[@long, {" + "x" * 300 + "}]")
    with pytest.raises(services.NotPublishable, match="locator"):
        publish_case(case, by=moderator)


def test_a_publication_asks_as_much_beside_twelve_cases_as_beside_six(moderator, editor):
    counted = []
    for _step in range(2):
        for _case in range(6):
            make_edition()
        case = cases.submit(make_case(by=editor), by=editor, reason="Ready.")
        with CaptureQueriesContext(connection) as queries:
            publish_case(case, by=moderator)
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 135
