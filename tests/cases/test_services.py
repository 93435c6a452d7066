"""Cases: created, changed, submitted; groups derived; every save a revision with a reason."""

import pytest
from django.core.exceptions import ValidationError
from reversion.models import Version

from cases import services
from cases.models import Case
from editions import services as editions
from organisations.models import Country
from revisions.models import AuditEvent
from revisions.revision_block import ReasonMissing
from tests.factories import make_case, make_organisation, make_user, publish_case


def groups(case):
    return sorted(case.regional_groups.values_list("slug", flat=True))


def test_every_save_is_a_revision_with_who_and_why(editor):
    case = make_case(by=editor)
    services.change_case(case, by=editor, reason="A better title.", title="Better")
    newest, oldest = Version.objects.get_for_object(case)
    assert newest.revision.comment == "A better title."
    assert newest.revision.user == editor
    assert newest.field_dict["title"] == "Better"
    assert oldest.field_dict["title"] != "Better"


def test_a_change_without_a_reason_is_refused(editor):
    case = make_case(by=editor)
    with pytest.raises(ReasonMissing):
        services.change_case(case, by=editor, reason="  ", title="Better")


def test_a_change_over_somebody_elses_newer_one_is_refused(editor):
    case = make_case(by=editor)
    services.change_case(case, by=editor, reason="One.", title="One")
    with pytest.raises(services.StaleLock):
        services.change_case(case, by=editor, reason="Two.", title="Two")
    assert Case.objects.get().title == "One"


def test_groups_are_those_of_the_countries(db):
    assert groups(make_case(countries=["TJK", "AFG"])) == ["asia-pacific"]
    assert groups(make_case(countries=["TUR"])) == ["asia-pacific", "western-european-and-other"]
    assert groups(make_case(countries=["USA"])) == []


def test_groups_count_membership_in_the_years_of_the_initiative(db):
    before = make_case(countries=["ISR"], start_year=1979, end_year=1982)
    after = make_case(countries=["ISR"], start_year=2005, end_year=None, ongoing=True)
    assert groups(before) == []
    assert groups(after) == ["western-european-and-other"]


def test_an_editors_note_overrules_the_derived_groups(editor):
    case = make_case(by=editor, countries=["USA"])
    group = Country.objects.get(alpha3="FRA").regional_groups.all()
    case = services.change_case(
        case,
        by=editor,
        reason="As an observer.",
        regional_groups_note="An observer of the group.",
        regional_groups=group,
    )
    assert groups(case) == ["western-european-and-other"]


def test_organisations_keep_their_order_and_stand_once(editor):
    one, two = make_organisation("One"), make_organisation("Two")
    case = make_case(by=editor, organisations=[two, one, two])
    assert case.organisation_list == [two, one]


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"start_year": 1997, "end_year": 1993}, "The end year cannot be before the start year."),
        ({"ongoing": True}, "An ongoing initiative cannot have an end year."),
        ({"title": ""}, "This field cannot be blank."),
        ({"slug": "not a slug"}, "Enter a valid"),
    ],
)
def test_impossible_cases_are_refused_and_nothing_is_stored(db, over, sentence):
    with pytest.raises(ValidationError, match=sentence):
        make_case(**over)
    assert not Case.objects.exists()


def test_a_case_is_submitted_once(editor):
    case = services.submit(make_case(by=editor), by=editor, reason="Ready.")
    assert case.stage == Case.Stage.IN_REVIEW
    with pytest.raises(services.WrongStage):
        services.submit(case, by=editor, reason="Again.")


def test_a_published_case_that_is_changed_is_a_draft_again(editor):
    case = publish_case(make_case(by=editor)).case
    case.refresh_from_db()
    assert case.stage == Case.Stage.APPROVED
    other = make_user("other", is_staff=True)
    case = services.change_case(case, by=other, reason="News.", standfirst="New.")
    assert case.stage == Case.Stage.DRAFT
    assert list(case.contributors.all()) == [other]


def test_slugs_are_made_from_titles_and_are_free(editor):
    first = make_case(by=editor, title="Côte d’Ivoire")
    second = make_case(by=editor, title="Cote d'Ivoire")
    assert [first.slug, second.slug] == ["cote-divoire", "cote-divoire-2"]


def test_a_value_of_another_kind_is_refused_in_words(editor):
    case = make_case(by=editor)
    with pytest.raises(ValidationError) as refused:
        services.change_case(case, by=editor, reason="A day.", evidence_until="no day")
    assert "evidence_until" in refused.value.message_dict
    case.refresh_from_db()
    assert case.evidence_until is None


def test_a_submission_is_taken_back_and_the_trail_says_so(editor):
    case = services.submit(make_case(by=editor), by=editor, reason="Ready.")
    taken = services.take_back(case, by=editor, reason="Not yet.")
    assert (taken.stage, taken.stage_reason) == ("draft", "Not yet.")
    assert taken.lock == case.lock + 1
    event = AuditEvent.objects.filter(about_id=str(case.pk)).first()
    assert (event.action, event.before, event.after) == ("taken-back", "in-review", "draft")
    assert (event.by, event.note) == (editor, "Not yet.")


def test_what_a_moderator_has_decided_is_not_taken_back(editor, moderator):
    case = services.submit(make_case(by=editor), by=editor, reason="Ready.")
    editions.request_changes(case, by=moderator, reason="Note 3 has no page.")
    with pytest.raises(services.WrongStage, match="was not taken back"):
        services.take_back(case, by=editor, reason="Not yet.")
    case.refresh_from_db()
    assert case.stage == "changes-requested"
