"""Organisations in the admin: found by any name, merged with a reason, never lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reversion.models import Version

from cases.models import Case
from organisations.models import Country, Organisation, RegionalGroup
from tests.factories import make_case, make_organisation, make_user, publish_case

LIST = "/admin/organisations/organisation/"
SEARCH = (
    "/admin/autocomplete/?app_label=cases&model_name=participation&field_name=organisation&term="
)


def page_of(thing, page="change"):
    return f"{LIST}{thing.pk}/{page}/"


def form_of(thing, **over):
    return {
        "lock": thing.lock,
        "name": thing.name,
        "slug": thing.slug,
        "short_name": thing.short_name,
        "other_names": thing.other_names,
        "kind": thing.kind_id,
        "country": thing.country_id or "",
        "parent": thing.parent_id or "",
        "successor": thing.successor_id or "",
        "website": thing.website,
        "wikidata": thing.wikidata,
        "ror": thing.ror,
        "reason": "Its own spelling.",
        "_continue": "1",
    } | over


def merge(client, gone, kept, **over):
    data = {"kept": kept.pk, "reason": "One and the same."} | over
    return client.post(page_of(gone, "merge"), data)


def test_a_change_is_a_revision_with_its_reason(logged_in, editor):
    body = make_organisation("Organisation of African Unity")
    logged_in(editor).post(page_of(body), form_of(body, short_name="OAU"))
    body.refresh_from_db()
    assert (body.short_name, body.lock) == ("OAU", 2)
    revision = Version.objects.get_for_object(body).first().revision
    assert (revision.user, revision.comment) == (editor, "Its own spelling.")


def test_a_save_over_a_newer_save_asks_and_nothing_typed_is_lost(logged_in, editor):
    body = make_organisation("African Union")
    client = logged_in(editor)
    opened = form_of(body, short_name="AU")
    client.post(page_of(body), form_of(body, short_name="The AU", reason="Another name."))
    page = client.post(page_of(body), opened).content.decode()
    assert "Another name." in page
    assert 'value="AU"' in page
    body.refresh_from_db()
    assert body.short_name == "The AU"
    client.post(page_of(body), opened | {"lock": body.lock})
    body.refresh_from_db()
    assert body.short_name == "AU"


def test_an_older_revision_is_restored_but_the_address_stays(logged_in, editor):
    body = make_organisation("First Name")
    client = logged_in(editor)
    older = Version.objects.get_for_object(body).first()
    client.post(page_of(body), form_of(body, name="Second Name", slug="second-name"))
    client.post(
        page_of(body, f"history/{older.pk}/restore"), {"lock": 2, "reason": "It was right."}
    )
    body.refresh_from_db()
    assert (body.name, body.slug, body.lock) == ("First Name", "second-name", 3)


def test_the_search_finds_every_name_and_no_merged_organisation(logged_in, moderator):
    gone = make_organisation("Organisation of African Unity", short_name="OAU")
    kept = make_organisation("African Union")
    client = logged_in(moderator)
    assert [r["text"] for r in client.get(SEARCH + "oau").json()["results"]] == [gone.name]
    merge(client, gone, kept)
    assert [r["text"] for r in client.get(SEARCH + "oau").json()["results"]] == [kept.name]
    assert gone not in client.get(LIST).context["cl"].result_list


@pytest.mark.parametrize("term", ["%00", "%ED%A0%80", "x" * 3000, "%25_'"])
def test_whatever_is_searched_for_is_no_error(logged_in, editor, term):
    make_organisation()
    client = logged_in(editor)
    assert client.get(SEARCH + term).status_code == 200
    assert client.get(f"{LIST}?q={term}").status_code == 200


def test_before_a_merge_one_sees_what_will_move(logged_in, moderator):
    gone, kept = make_organisation("Gone Body"), make_organisation("Kept Body")
    make_case(organisations=[gone])
    page = logged_in(moderator).get(page_of(gone, "merge") + f"?kept={kept.pk}").content.decode()
    assert "“Gone Body” would become “Kept Body”" in page
    assert "1 case moves to it." in page


def test_a_merge_moves_cases_and_names_and_says_why(logged_in, moderator):
    gone, kept = make_organisation("Gone Body"), make_organisation("Kept Body")
    case = make_case(organisations=[gone])
    assert merge(logged_in(moderator), gone, kept).status_code == 302
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert gone.merged_into == kept
    assert "Gone Body" in kept.names
    assert Case.objects.get(pk=case.pk).organisation_list == [kept]
    revision = Version.objects.get_for_object(kept).first().revision
    assert (revision.user, revision.comment) == (moderator, "One and the same.")


def test_a_merge_needs_a_reason(logged_in, moderator):
    gone, kept = make_organisation("Gone Body"), make_organisation("Kept Body")
    page = merge(logged_in(moderator), gone, kept, reason="").content.decode()
    assert "Say in a few words why" in page
    assert "Merge the two" in page
    gone.refresh_from_db()
    assert gone.merged_into is None


def test_an_organisation_is_not_merged_into_itself(logged_in, moderator):
    body = make_organisation("Only Body")
    page = merge(logged_in(moderator), body, body).content.decode()
    assert "cannot be merged into itself" in page


@pytest.mark.parametrize("kept", ["", "0", "abc", "9" * 30, "\x00"])
def test_a_merge_into_nothing_is_refused(logged_in, moderator, kept):
    body = make_organisation("Only Body")
    answer = logged_in(moderator).post(page_of(body, "merge"), {"kept": kept, "reason": "Why."})
    assert answer.status_code == 200
    body.refresh_from_db()
    assert body.merged_into is None


def test_an_editor_does_not_merge(logged_in, editor):
    gone, kept = make_organisation(), make_organisation()
    client = logged_in(editor)
    assert merge(client, gone, kept).status_code == 403
    assert client.get(page_of(gone, "merge")).status_code == 403
    assert "Merge into another" not in client.get(page_of(gone)).content.decode()


def test_a_merged_organisation_is_a_signpost_that_nobody_edits(logged_in, moderator):
    gone, kept = make_organisation("Gone Body"), make_organisation("Kept Body")
    client = logged_in(moderator)
    merge(client, gone, kept)
    gone.refresh_from_db()
    page = client.get(page_of(gone)).content.decode()
    assert "This organisation was merged into:" in page
    assert client.post(page_of(gone), form_of(gone, name="Other")).status_code == 403


def test_what_is_referenced_is_not_deleted_even_by_an_administrator(logged_in, administrator):
    used, unused = make_organisation(), make_organisation()
    make_case(organisations=[used])
    client = logged_in(administrator)
    assert client.post(page_of(used, "delete"), {"post": "yes"}).status_code == 403
    client.post(page_of(unused, "delete"), {"post": "yes"})
    assert not Organisation.objects.filter(pk=unused.pk).exists()


def test_the_slug_stays_once_an_edition_names_the_organisation(logged_in, editor):
    body = make_organisation("Named Body")
    publish_case(make_case(organisations=[body]))
    logged_in(editor).post(page_of(body), form_of(body, slug="other", short_name="NB"))
    stored = Organisation.objects.get(pk=body.pk)
    assert (stored.slug, stored.short_name) == (body.slug, "NB")


def test_the_list_takes_as_many_queries_for_one_as_for_twenty(logged_in, editor):
    client = logged_in(editor)
    make_organisation()
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for _n in range(19):
        make_organisation()
    with CaptureQueriesContext(connection) as twenty:
        client.get(LIST)
    assert len(twenty) == len(one)


VOCABULARIES = [
    "/admin/organisations/regionalgroup/",
    "/admin/organisations/organisationkind/",
    "/admin/cases/aim/",
    "/admin/cases/conflicttype/",
    "/admin/cases/initiativetype/",
]


def test_vocabularies_are_changed_by_moderators_and_not_by_editors(logged_in, editor, moderator):
    client = logged_in(editor)
    assert {client.get(address).status_code for address in VOCABULARIES} == {403}
    assert client.get("/admin/organisations/country/add/").status_code == 403
    client = logged_in(moderator)
    assert {client.get(address).status_code for address in VOCABULARIES} == {200}
    assert {client.get(f"{address}add/").status_code for address in VOCABULARIES} == {200}


def test_the_slug_of_a_term_stays(logged_in, moderator):
    term = RegionalGroup.objects.get(slug="african")
    data = {"slug": "other", "label": "African", "definition": "Africa.", "position": 1}
    logged_in(moderator).post(f"{VOCABULARIES[0]}{term.pk}/change/", data)
    term.refresh_from_db()
    assert (term.slug, term.definition) == ("african", "Africa.")


def test_a_countrys_memberships_are_changed_with_it(logged_in, moderator):
    country = Country.objects.filter(memberships=None).first()
    group = RegionalGroup.objects.get(slug="eastern-european")
    data = {
        **{name: getattr(country, name) or "" for name in ("alpha3", "alpha2", "m49", "name")},
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-group": group.pk,
        "memberships-0-standing": "member",
    }
    logged_in(moderator).post(f"/admin/organisations/country/{country.pk}/change/", data)
    assert list(country.regional_groups.all()) == [group]


def test_someone_without_any_right_reaches_nothing(db, logged_in):
    body = make_organisation()
    client = logged_in(make_user("nina", is_staff=True))
    for page in ("change", "history", "merge", "delete"):
        assert client.get(page_of(body, page)).status_code == 403
