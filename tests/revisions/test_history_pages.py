"""The history pages: the list of revisions, the comparison of two, and restoring one."""

import pytest
from django.contrib.auth.models import Permission
from reversion.models import Version

from cases import services
from cases.models import Case
from organisations.models import Country
from organisations.services import merge
from tests.cases.admin_forms import change_url, history_url, last_revision
from tests.factories import make_case, make_organisation, make_user, publish_case


@pytest.fixture
def changed(editor):
    """A case with two revisions: (case, older, newer)."""
    first, second = make_organisation("First Body"), make_organisation("Second Body")
    case = make_case(
        title="The first title",
        organisations=[first],
        external_ids=[{"scheme": "pa-x", "value": "12"}],
    )
    case = services.change_case(
        case,
        by=editor,
        reason="Both bodies took part.",
        title="The second title",
        body=case.body.replace("spring", "autumn"),
        impact="limited",
        organisations=[second, first],
        external_ids=[],
        countries=Country.objects.filter(alpha3__in=["TJK", "UZB"]),
    )
    newer, older = Version.objects.get_for_object(case)
    return case, older, newer


def test_the_history_lists_who_when_and_why_newest_first(logged_in, editor, changed):
    page = logged_in(editor).get(history_url(changed[0])).content.decode()
    assert page.index("Both bodies took part.") < page.index("Made for a test.")
    assert "edith" in page


def test_any_two_revisions_are_compared_field_by_field(logged_in, editor, changed):
    case, older, newer = changed
    address = history_url(case, f"compare/?from={older.pk}&to={newer.pk}")
    answer = logged_in(editor).get(address)
    found = {d.label: {(c.kind, c.text) for c in d.chunks} for d in answer.context["differences"]}
    assert ("removed", "The first title") in found["Title"]
    assert ("added", "autumn") in found["Text"]
    assert found["Impact"] == {("removed", "Lasting"), ("added", "Limited")}
    assert found["Countries"] == {("added", "Uzbekistan")}
    assert found["Main implementing organisations"] == {
        ("added", "Second Body"),
        ("same", "First Body"),
    }
    assert found["External identifiers"] == {("removed", "PA-X agreement: 12")}
    page = answer.content.decode()
    assert '<del><span class="visually-hidden">removed: </span>spring</del>' in page


def test_the_older_of_the_two_comes_first_however_they_are_chosen(logged_in, editor, changed):
    case, older, newer = changed
    address = history_url(case, f"compare/?from={newer.pk}&to={older.pk}")
    assert logged_in(editor).get(address).context["older"] == older


def test_a_revision_is_compared_with_the_present(logged_in, editor, changed):
    case, older, _newer = changed
    answer = logged_in(editor).get(history_url(case, f"compare/?from={older.pk}&to=present"))
    assert "Title" in [d.label for d in answer.context["differences"]]


@pytest.mark.parametrize("value", ["0", "-1", "abc", "9" * 30, "²", "1%00", "%ED%A0%80"])
def test_a_revision_that_is_not_there_is_not_found(logged_in, editor, changed, value):
    address = history_url(changed[0], f"compare/?from={value}&to=present")
    assert logged_in(editor).get(address).status_code == 404


def test_another_cases_revision_is_not_found(logged_in, editor, changed):
    other = Version.objects.get_for_object(make_case()).first()
    client = logged_in(editor)
    address = history_url(changed[0], f"compare/?from={other.pk}&to=present")
    assert client.get(address).status_code == 404
    assert client.get(history_url(changed[0], f"{other.pk}/restore/")).status_code == 404


def restore(client, case, version, **over):
    data = {"lock": case.lock, "reason": "The first was right."} | over
    return client.post(history_url(case, f"{version.pk}/restore/"), data)


def test_an_older_revision_is_restored_as_a_new_one_with_a_reason(logged_in, editor, changed):
    case, older, _newer = changed
    assert restore(logged_in(editor), case, older).status_code == 302
    stored = Case.objects.get(pk=case.pk)
    assert (stored.title, stored.impact, stored.lock) == ("The first title", "lasting", 3)
    assert "spring" in stored.body
    assert [o.name for o in stored.organisation_list] == ["First Body"]
    assert [str(row) for row in stored.external_ids.all()] == ["PA-X agreement: 12"]
    assert [c.alpha3 for c in stored.countries.all()] == ["TJK"]
    assert last_revision(stored).comment == "The first was right."
    assert editor in stored.contributors.all()


def test_what_was_restored_can_be_undone_again(logged_in, editor, changed):
    case, older, newer = changed
    client = logged_in(editor)
    restore(client, case, older)
    restore(client, Case.objects.get(pk=case.pk), newer)
    stored = Case.objects.get(pk=case.pk)
    assert [o.name for o in stored.organisation_list] == ["Second Body", "First Body"]
    assert stored.title == "The second title"


def test_restoring_needs_a_reason(logged_in, editor, changed):
    case, older, _newer = changed
    answer = restore(logged_in(editor), case, older, reason="")
    assert "Say in a few words why" in answer.content.decode()
    assert Case.objects.get(pk=case.pk).title == "The second title"


def test_restoring_over_a_newer_save_is_refused(logged_in, editor, changed):
    case, older, _newer = changed
    services.change_case(case, by=editor, reason="Newer.", title="The third title")
    answer = restore(logged_in(editor), case, older)
    assert "Somebody else saved this in the meantime" in answer.content.decode()
    assert 'name="lock" value="3"' in answer.content.decode()
    assert Case.objects.get(pk=case.pk).title == "The third title"


def test_restoring_leaves_the_stage_and_a_published_slug_alone(logged_in, editor, changed):
    case, older, _newer = changed
    case.slug = "a-new-address"
    case.save()
    case = publish_case(case).case
    case.refresh_from_db()
    restore(logged_in(editor), case, older)
    stored = Case.objects.get(pk=case.pk)
    assert (stored.slug, stored.title) == ("a-new-address", "The first title")
    assert stored.stage == "draft"


def test_an_organisation_merged_since_is_restored_as_the_one_it_became(
    logged_in, moderator, changed
):
    case, older, _newer = changed
    first = next(o for o in case.organisation_list if o.name == "First Body")
    kept = make_organisation("Kept Body")
    merge(first, kept, by=moderator, reason="One and the same.")
    case.refresh_from_db()
    restore(logged_in(moderator), case, older)
    assert [o.name for o in Case.objects.get(pk=case.pk).organisation_list] == ["Kept Body"]


def test_a_reader_of_the_history_without_the_right_to_change_cannot_restore(logged_in, changed):
    case, older, _newer = changed
    viewer = make_user("vera", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_case"))
    client = logged_in(viewer)
    assert "/restore/" not in client.get(history_url(case)).content.decode()
    assert restore(client, case, older).status_code == 403
    assert client.get(change_url(case)).status_code == 200


def test_someone_without_any_right_sees_no_history_url(logged_in, changed):
    case, older, _newer = changed
    client = logged_in(make_user("nina", is_staff=True))
    for page in ("", f"compare/?from={older.pk}", f"{older.pk}/restore/"):
        assert client.get(history_url(case, page)).status_code == 403


def test_what_is_no_longer_there_is_named_and_the_rest_comes_back(logged_in, editor):
    gone, kept = make_organisation("Gone Council"), make_organisation("Kept Council")
    party = [{"role": "mediator", "organisation": gone}, {"role": "funder", "name": "A friend"}]
    case = make_case(body="The old text.", organisations=[gone, kept], parties=party)
    older = Version.objects.get_for_object(case).first()
    empty = {"organisations": [], "parties": []}
    case = services.change_case(case, by=editor, reason="New.", body="The new text.", **empty)
    gone.delete()
    client = logged_in(editor)
    answer = restore(client, case, older)
    assert answer.status_code == 302
    stored = Case.objects.get(pk=case.pk)
    assert stored.body == "The old text."
    assert stored.organisation_list == [kept]
    assert [row.called for row in stored.parties.all()] == ["A friend"]
    assert "organisation “Gone Council”" in client.get(answer["Location"]).content.decode()
