"""Editors at work on cases in the admin: saving, losing nothing, submitting, previewing."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from reversion.models import Version

from cases import services
from cases.models import Case
from organisations.models import Country
from organisations.services import merge
from tests.factories import make_case, make_organisation, make_source, make_user, publish_case

ADD = "/admin/cases/case/add/"


def change_url(case):
    return f"/admin/cases/case/{case.pk}/change/"


def form_of(case, **over):
    """What the browser would send for the case's form, with `over` typed into it."""
    rows = list(case.participations.all())
    ids = list(case.external_ids.all())
    data = {
        "lock": case.lock,
        "title": case.title,
        "slug": case.slug,
        "standfirst": case.standfirst,
        "authors": case.authors,
        "licence": case.licence,
        "body": case.body,
        "start_year": case.start_year or "",
        "end_year": case.end_year or "",
        "location": case.location,
        "countries": [country.pk for country in case.countries.all()],
        "regional_groups": [group.pk for group in case.regional_groups.all()],
        "regional_groups_note": case.regional_groups_note,
        "aim": case.aim_id or "",
        "conflict_types": [term.pk for term in case.conflict_types.all()],
        "initiative_types": [term.pk for term in case.initiative_types.all()],
        "impact": case.impact,
        "impact_note": case.impact_note,
        "related": [other.pk for other in case.related.all()],
        "participations-TOTAL_FORMS": len(rows),
        "participations-INITIAL_FORMS": len(rows),
        "external_ids-TOTAL_FORMS": len(ids),
        "external_ids-INITIAL_FORMS": len(ids),
        "reason": "A better word.",
        "_continue": "1",
    }
    for n, row in enumerate(rows):
        data |= {
            f"participations-{n}-id": row.pk,
            f"participations-{n}-case": case.pk,
            f"participations-{n}-organisation": row.organisation_id,
            f"participations-{n}-position": row.position,
        }
    for n, row in enumerate(ids):
        data |= {
            f"external_ids-{n}-id": row.pk,
            f"external_ids-{n}-case": case.pk,
            f"external_ids-{n}-scheme": row.scheme,
            f"external_ids-{n}-value": row.value,
        }
    return data | over


def last_revision(case):
    return Version.objects.get_for_object(case).first().revision


def test_a_new_case_is_a_draft_with_its_first_revision(logged_in, editor):
    answer = logged_in(editor).post(
        ADD,
        form_of_nothing(title="Ending the war in Testland", reason="First draft."),
        follow=True,
    )
    case = Case.objects.get(title="Ending the war in Testland")
    assert answer.status_code == 200
    assert (case.stage, case.slug) == ("draft", "ending-the-war-in-testland")
    assert (last_revision(case).user, last_revision(case).comment) == (editor, "First draft.")
    assert list(case.contributors.all()) == [editor]


def form_of_nothing(**over):
    empty = {
        "licence": "CC-BY-4.0",
        "participations-TOTAL_FORMS": 0,
        "participations-INITIAL_FORMS": 0,
        "external_ids-TOTAL_FORMS": 0,
        "external_ids-INITIAL_FORMS": 0,
    }
    return empty | over


def test_a_new_case_needs_a_reason_too(logged_in, editor):
    answer = logged_in(editor).post(ADD, form_of_nothing(title="Without a reason"))
    assert "Say in a few words why" in answer.content.decode()
    assert not Case.objects.filter(title="Without a reason").exists()


def test_a_save_without_a_reason_is_refused_and_keeps_what_was_typed(logged_in, editor):
    case = make_case()
    answer = logged_in(editor).post(change_url(case), form_of(case, title="New title", reason=" "))
    assert 'value="New title"' in answer.content.decode()
    case.refresh_from_db()
    assert case.title != "New title"


def test_a_save_is_one_revision_with_who_and_why(logged_in, editor):
    case = make_case()
    before = Version.objects.get_for_object(case).count()
    logged_in(editor).post(change_url(case), form_of(case, title="New title"))
    case.refresh_from_db()
    assert (case.title, case.lock) == ("New title", 2)
    assert Version.objects.get_for_object(case).count() == before + 1
    assert (last_revision(case).user, last_revision(case).comment) == (editor, "A better word.")


def test_line_ends_as_browsers_send_them_are_no_change(logged_in, editor):
    case = make_case(body="One.\n\nTwo.\n\nThree.")
    logged_in(editor).post(change_url(case), form_of(case, body="One.\r\n\r\nTwo.\r\n\r\nThree."))
    case.refresh_from_db()
    assert (case.lock, case.body) == (2, "One.\n\nTwo.\n\nThree.")


def test_organisations_are_in_the_same_revision_in_the_order_typed(logged_in, editor):
    case = make_case()
    first, second = make_organisation("Zeta Mission"), make_organisation("Alpha Council")
    rows = {
        "participations-TOTAL_FORMS": 2,
        "participations-0-organisation": first.pk,
        "participations-0-position": "",
        "participations-1-organisation": second.pk,
        "participations-1-position": "",
    }
    logged_in(editor).post(change_url(case), form_of(case, **rows))
    assert case.organisation_list == [first, second]
    kept = last_revision(case).version_set.filter(content_type__model="participation")
    assert kept.count() == 2


def test_an_editor_may_take_an_organisation_off_the_list(logged_in, editor):
    case = services.change_case(
        make_case(), by=editor, reason="With a body.", organisations=[make_organisation()]
    )
    logged_in(editor).post(change_url(case), form_of(case, **{"participations-0-DELETE": "on"}))
    assert case.organisation_list == []


def test_regional_groups_follow_the_countries(logged_in, editor):
    case = make_case()
    kenya = Country.objects.get(alpha3="KEN")
    logged_in(editor).post(change_url(case), form_of(case, countries=[kenya.pk]))
    assert [group.slug for group in case.regional_groups.all()] == ["african"]


def test_regional_groups_with_a_note_stay_as_chosen(logged_in, editor):
    case = make_case()
    chosen = form_of(case, regional_groups=[], regional_groups_note="A dispute at sea.")
    logged_in(editor).post(change_url(case), chosen)
    assert not case.regional_groups.exists()


class TestNewerSave:
    """Somebody else saved while the form was open."""

    @pytest.fixture
    def case(self, editor):
        return services.change_case(
            make_case(),
            by=editor,
            reason="With a body.",
            organisations=[make_organisation("First Body")],
        )

    @pytest.fixture
    def stale(self, case):
        """The form as it was opened before the other save."""
        other = make_user("otto", first_name="Otto", last_name="Other")
        data = form_of(case, body="My own careful text.")
        services.change_case(
            case,
            by=other,
            reason="The ceasefire came first.",
            standfirst="A wholly other standfirst about the ceasefire of the spring.",
            organisations=[make_organisation("Second Body")],
        )
        return data

    def test_the_save_is_refused_and_says_who_when_and_why(self, logged_in, editor, case, stale):
        page = logged_in(editor).post(change_url(case), stale).content.decode()
        assert "Otto Other" in page
        assert "The ceasefire came first." in page
        assert "wholly other standfirst" in page
        case.refresh_from_db()
        assert case.body != "My own careful text."

    def test_nothing_that_was_typed_is_lost_rows_included(self, logged_in, editor, case, stale):
        third = make_organisation("Third Body")
        stale |= {"participations-TOTAL_FORMS": 2, "participations-1-organisation": third.pk}
        page = logged_in(editor).post(change_url(case), stale).content.decode()
        assert "My own careful text." in page
        assert "First Body" in page
        assert "Third Body" in page

    def test_a_second_knowing_save_goes_through(self, logged_in, editor, case, stale):
        client = logged_in(editor)
        answer = client.post(change_url(case), stale)
        again = sent_again(answer)
        assert again["lock"] == str(Case.objects.get(pk=case.pk).lock)
        assert client.post(change_url(case), again).status_code == 302
        case.refresh_from_db()
        assert case.body == "My own careful text."
        assert {o.name for o in case.organisation_list} == {"First Body", "Second Body"}

    @pytest.mark.parametrize("lock", ["", "abc", "-1", "0", "99", "9" * 5000, "1\x00", "²"])
    def test_a_wrong_lock_is_a_refusal_and_never_an_error(self, logged_in, editor, case, lock):
        answer = logged_in(editor).post(change_url(case), form_of(case, lock=lock, title="Mine"))
        assert answer.status_code == 200
        assert 'value="Mine"' in answer.content.decode()
        assert Case.objects.get(pk=case.pk).title != "Mine"


def sent_again(answer):
    """What the browser would send from the page that was answered."""
    from html.parser import HTMLParser

    class Fields(HTMLParser):
        def __init__(self):
            super().__init__()
            self.data, self.area, self.select = {}, None, None

        def handle_starttag(self, tag, attributes):
            a = dict(attributes)
            if (
                tag == "input"
                and a.get("name")
                and a.get("type") not in ("submit", "checkbox", "radio")
            ):
                self.data[a["name"]] = a.get("value", "")
            elif tag == "input" and a.get("name") and "checked" in a:
                self.data.setdefault(a["name"], []).append(a.get("value", "on"))
            elif tag == "textarea":
                self.area = a["name"]
                self.data[self.area] = ""
            elif tag == "select":
                self.select = a["name"]
            elif tag == "option" and "selected" in a and self.select:
                self.data.setdefault(self.select, []).append(a.get("value", ""))

        def handle_endtag(self, tag):
            if tag == "textarea":
                self.data[self.area] = self.data[self.area].removeprefix("\r\n").removeprefix("\n")
                self.area = None

        def handle_data(self, text):
            if self.area:
                self.data[self.area] += text

    fields = Fields()
    fields.feed(answer.content.decode())
    return {name: value for name, value in fields.data.items() if "__prefix__" not in name}


# Stages


def test_save_and_submit_hands_the_case_to_the_moderators(logged_in, editor):
    case = make_case()
    logged_in(editor).post(change_url(case), form_of(case, _submit_for_review="1", title="Ready"))
    case.refresh_from_db()
    assert (case.stage, case.title) == ("in-review", "Ready")
    assert case.stage_changed_by == editor


def test_the_button_works_for_a_new_case_too(logged_in, editor):
    data = form_of_nothing(title="At once", reason="Ready.", _submit_for_review="1")
    logged_in(editor).post(ADD, data)
    assert Case.objects.get(title="At once").stage == "in-review"


def test_without_the_permission_the_button_is_neither_shown_nor_obeyed(db, logged_in):
    case = make_case()
    user = make_user("wim", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_case", "change_case"]))
    client = logged_in(user)
    assert "Save and submit for review" not in client.get(change_url(case)).content.decode()
    client.post(change_url(case), form_of(case, _submit_for_review="1", title="Kept"))
    case.refresh_from_db()
    assert (case.stage, case.title) == ("draft", "Kept")


def test_a_case_in_review_cannot_be_submitted_again_but_the_save_holds(logged_in, editor):
    case = services.submit(make_case(), by=editor, reason="Ready.")
    client = logged_in(editor)
    assert "Save and submit for review" not in client.get(change_url(case)).content.decode()
    answer = client.post(
        change_url(case), form_of(case, _submit_for_review="1", title="Kept"), follow=True
    )
    assert "in review already" in answer.content.decode()
    assert Case.objects.get(pk=case.pk).title == "Kept"


def test_the_stage_cannot_be_typed(logged_in, editor):
    case = make_case()
    logged_in(editor).post(change_url(case), form_of(case, stage="approved", title="Other"))
    case.refresh_from_db()
    assert (case.stage, case.title) == ("draft", "Other")


def test_the_page_says_why_the_case_was_sent_back(logged_in, editor, moderator):
    case = services.submit(make_case(), by=editor, reason="Ready.")
    services.move(case, Case.Stage.CHANGES_REQUESTED, by=moderator, reason="Note 3 has no page.")
    case.save()
    page = logged_in(editor).get(change_url(case)).content.decode()
    assert "Stage: changes requested" in page
    assert "Note 3 has no page." in page


def test_the_slug_of_a_published_case_is_read_only(logged_in, editor):
    case = publish_case(make_case()).case
    case.refresh_from_db()
    logged_in(editor).post(change_url(case), form_of(case, slug="another", title="Other title"))
    stored = Case.objects.get(pk=case.pk)
    assert (stored.slug, stored.title) == (case.slug, "Other title")
    assert stored.stage == "draft"


def test_a_case_is_not_related_to_itself(logged_in, editor):
    case = make_case()
    answer = logged_in(editor).post(change_url(case), form_of(case, related=[case.pk]))
    assert "not listed among its own related cases" in answer.content.decode()


# Deleting


def test_editors_delete_nothing(logged_in, editor):
    case = make_case()
    assert logged_in(editor).post(f"/admin/cases/case/{case.pk}/delete/").status_code == 403


def test_an_administrator_may_delete_a_case_that_was_never_published(logged_in, administrator):
    case = make_case()
    logged_in(administrator).post(f"/admin/cases/case/{case.pk}/delete/", {"post": "yes"})
    assert not Case.objects.filter(pk=case.pk).exists()


def test_nobody_deletes_a_case_that_was_published(logged_in, administrator):
    case = publish_case(make_case()).case
    client = logged_in(administrator)
    assert client.post(f"/admin/cases/case/{case.pk}/delete/", {"post": "yes"}).status_code == 403


# History


def history(case, page=""):
    return f"/admin/cases/case/{case.pk}/history/{page}"


@pytest.fixture
def changed(editor):
    """A case with two revisions: (case, older, newer)."""
    first, second = make_organisation("First Body"), make_organisation("Second Body")
    case = make_case(title="The first title", organisations=[first], external_ids=[("pa-x", "12")])
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
    page = logged_in(editor).get(history(changed[0])).content.decode()
    assert page.index("Both bodies took part.") < page.index("Made for a test.")
    assert "edith" in page


def test_any_two_revisions_are_compared_field_by_field(logged_in, editor, changed):
    case, older, newer = changed
    address = history(case, f"compare/?from={older.pk}&to={newer.pk}")
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
    address = history(case, f"compare/?from={newer.pk}&to={older.pk}")
    assert logged_in(editor).get(address).context["older"] == older


def test_a_revision_is_compared_with_the_present(logged_in, editor, changed):
    case, older, _newer = changed
    answer = logged_in(editor).get(history(case, f"compare/?from={older.pk}&to=present"))
    assert "Title" in [d.label for d in answer.context["differences"]]


@pytest.mark.parametrize("value", ["0", "-1", "abc", "9" * 30, "²", "1%00", "%ED%A0%80"])
def test_a_revision_that_is_not_there_is_not_found(logged_in, editor, changed, value):
    address = history(changed[0], f"compare/?from={value}&to=present")
    assert logged_in(editor).get(address).status_code == 404


def test_another_cases_revision_is_not_found(logged_in, editor, changed):
    other = Version.objects.get_for_object(make_case()).first()
    client = logged_in(editor)
    address = history(changed[0], f"compare/?from={other.pk}&to=present")
    assert client.get(address).status_code == 404
    assert client.get(history(changed[0], f"{other.pk}/restore/")).status_code == 404


def restore(client, case, version, **over):
    data = {"lock": case.lock, "reason": "The first was right."} | over
    return client.post(history(case, f"{version.pk}/restore/"), data)


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
    restore(logged_in(moderator), case, older)
    assert [o.name for o in Case.objects.get(pk=case.pk).organisation_list] == ["Kept Body"]


def test_a_reader_of_the_history_without_the_right_to_change_cannot_restore(logged_in, changed):
    case, older, _newer = changed
    viewer = make_user("vera", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_case"))
    client = logged_in(viewer)
    assert "/restore/" not in client.get(history(case)).content.decode()
    assert restore(client, case, older).status_code == 403
    assert client.get(change_url(case)).status_code == 200


def test_someone_without_any_right_sees_no_history(logged_in, changed):
    case, older, _newer = changed
    client = logged_in(make_user("nina", is_staff=True))
    for page in ("", f"compare/?from={older.pk}", f"{older.pk}/restore/"):
        assert client.get(history(case, page)).status_code == 403


# Preview


def test_the_preview_of_a_stored_case_looks_like_the_public_page_and_says_draft(logged_in, editor):
    source = make_source("lynch2001", title="The Tajik war")
    case = make_case(source=source, standfirst="How it ended.")
    page = logged_in(editor).get(f"/admin/cases/case/{case.pk}/preview/").content.decode()
    assert "Draft: not published" in page
    assert "The Tajik war" in page
    assert "css/reading.css" in page


def test_only_our_own_pages_may_frame_the_preview(logged_in, editor):
    client = logged_in(editor)
    answer = client.get("/admin/cases/case/preview/")
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get(ADD)["Content-Security-Policy"]


def test_unsaved_text_is_previewed_and_stored_nowhere(logged_in, editor):
    case = make_case()
    answer = logged_in(editor).post(
        f"/admin/cases/case/{case.pk}/preview/", {"title": "T", "body": "Typed *just* now."}
    )
    assert "Typed <em>just</em> now." in answer.content.decode()
    assert "just" not in Case.objects.get(pk=case.pk).body


def test_a_case_that_is_not_stored_yet_is_previewed(logged_in, editor):
    answer = logged_in(editor).post("/admin/cases/case/preview/", {"title": "T", "body": "New."})
    assert "<p>New.</p>" in answer.content.decode()


def test_the_preview_names_problems_with_their_lines(logged_in, editor):
    text = "One.\n\nTwo.[@nobody1999]\n"
    page = logged_in(editor).post("/admin/cases/case/preview/", {"body": text}).content.decode()
    assert 'data-line="3"' in page


@pytest.mark.parametrize(
    "body", ["\x00", "<script>alert(1)</script>", "[x](javascript:alert(1))", "a " * 500_000]
)
def test_hostile_text_is_previewed_safely(logged_in, editor, body):
    answer = logged_in(editor).post("/admin/cases/case/preview/", {"body": body})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert 'href="javascript' not in answer.content.decode()


def test_the_preview_is_for_those_who_see_drafts(db, logged_in, client):
    case = make_case()
    assert client.get(f"/admin/cases/case/{case.pk}/preview/").status_code == 302
    outsider = logged_in(make_user("nina", is_staff=True))
    assert outsider.get(f"/admin/cases/case/{case.pk}/preview/").status_code == 403
    assert outsider.post("/admin/cases/case/preview/", {"body": "x"}).status_code == 403


def test_a_preview_posted_from_elsewhere_is_refused(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post("/admin/cases/case/preview/", {"body": "x"}).status_code == 403


# Lists and hostile input


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_takes_as_many_queries_for_one_case_as_for_twenty(logged_in, editor):
    client = logged_in(editor)
    publish_case(make_case())
    client.get("/admin/cases/case/")
    one = queries_of(client, "/admin/cases/case/")
    for _n in range(19):
        make_case()
    assert queries_of(client, "/admin/cases/case/") == one


def test_the_list_shows_the_edition_in_print_and_who_changed_it(logged_in, editor):
    publish_case(make_case(title="A published case"))
    page = logged_in(editor).get("/admin/cases/case/").content.decode()
    assert '<td class="field-edition_in_print">1</td>' in page
    assert "maud" in page


@pytest.mark.parametrize("words", ["%00", "%ED%A0%80", "a" * 3000, "%27%22%3C", "@lynch2001"])
def test_whatever_is_searched_for_is_no_error(logged_in, editor, words):
    client = logged_in(editor)
    make_case()
    assert client.get(f"/admin/cases/case/?q={words}").status_code == 200
    address = (
        f"/admin/autocomplete/?app_label=cases&model_name=case&field_name=related&term={words}"
    )
    assert client.get(address).status_code == 200


def test_a_text_of_a_megabyte_is_kept_and_a_nul_refused(logged_in, editor):
    case = make_case()
    client = logged_in(editor)
    client.post(change_url(case), form_of(case, body="word " * 200_000))
    case.refresh_from_db()
    assert len(case.body) > 900_000
    answer = client.post(change_url(case), form_of(case, body="a\x00b"))
    assert "Null characters are not allowed" in answer.content.decode()
    assert client.get(history(case)).status_code == 200


def test_a_row_of_another_case_is_not_touched(logged_in, editor):
    body = make_organisation()
    other = make_case(organisations=[body])
    row = other.participations.get()
    case = make_case()
    forged = {
        "participations-TOTAL_FORMS": 1,
        "participations-INITIAL_FORMS": 1,
        "participations-0-id": row.pk,
        "participations-0-case": case.pk,
        "participations-0-organisation": body.pk,
        "participations-0-position": 7,
    }
    logged_in(editor).post(change_url(case), form_of(case, **forged))
    row.refresh_from_db()
    assert (row.case, row.position) == (other, 0)


@pytest.mark.parametrize(
    "rows",
    [
        {"participations-TOTAL_FORMS": "abc"},
        {"participations-TOTAL_FORMS": "9" * 30, "participations-INITIAL_FORMS": "9" * 30},
        {"participations-TOTAL_FORMS": "1", "participations-0-id": "x" * 300},
        {"participations-TOTAL_FORMS": "1", "participations-0-organisation": "\x00"},
        {"participations-TOTAL_FORMS": "1", "participations-0-id": "9" * 30},
        {"participations-TOTAL_FORMS": "1", "participations-0-organisation": "9" * 30},
        {"countries": ["9" * 30, "\x00", "²"]},
        {"conflict_types": ["9" * 30, "x"]},
        {"aim": "9" * 30},
    ],
)
def test_forged_rows_are_no_server_error(logged_in, editor, rows):
    case = make_case()
    client = logged_in(editor)
    answer = client.post(change_url(case), form_of(case, **rows))
    assert answer.status_code in (200, 302)
    assert client.get(change_url(case)).status_code == 200


def test_the_pages_carry_no_inline_script_or_style(logged_in, editor, changed):
    case, older, _newer = changed
    client = logged_in(editor)
    for address in (
        ADD,
        change_url(case),
        history(case),
        history(case, f"compare/?from={older.pk}"),
        history(case, f"{older.pk}/restore/"),
        f"/admin/cases/case/{case.pk}/preview/",
    ):
        page = client.get(address).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page), address
