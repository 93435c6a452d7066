"""Editors at work on cases in the admin: saving with a reason, submitting, listing, searching."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reversion.models import Version

from cases import services
from cases.models import Case
from desk.services import withdraw
from organisations.models import Country
from tests.cases.admin_forms import (
    ADD,
    change_url,
    form_of,
    form_of_nothing,
    history_url,
    last_revision,
    sent_again_from,
)
from tests.factories import (
    make_case,
    make_organisation,
    make_source,
    make_user,
    publish_case,
)


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
    assert (case.lock, case.body) == (1, "One.\n\nTwo.\n\nThree.")


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


def test_save_and_submit_hands_the_case_to_the_moderators(logged_in, editor):
    case = make_case()
    logged_in(editor).post(change_url(case), form_of(case, _submit_for_review="1", title="Ready"))
    case.refresh_from_db()
    assert (case.stage, case.title) == ("in-review", "Ready")
    assert case.stage_changed_by == editor


def test_the_button_works_for_a_new_case_too(logged_in, editor):
    source = make_source()
    texts = {"standfirst": "How.", "authors": "Ann Author", "body": f"It began.[@{source.key}]"}
    data = form_of_nothing(title="At once", reason="Ready.", _submit_for_review="1", **texts)
    logged_in(editor).post(ADD, data)
    assert Case.objects.get(title="At once").stage == "in-review"


def test_what_stops_publication_is_said_and_asked_before_it_is_submitted(logged_in, editor):
    case, client = make_case(), logged_in(editor)
    typed = {"body": "A claim.[@nobody1999]", "reason": "A claim added."}
    data = form_of(case, _submit_for_review="1", **typed)
    page = client.post(change_url(case), data, follow=True).content.decode()
    case.refresh_from_db()
    assert (case.stage, case.body) == ("draft", typed["body"])
    assert "Saved, and not submitted yet" in page and "@nobody1999" in page
    assert 'name="_submit_all_the_same"' in page
    assert sent_again_from(page)["reason"] == "A claim added."
    client.post(change_url(case) + "?asked=1", form_of(case, _submit_all_the_same="1"))
    assert Case.objects.get(pk=case.pk).stage == "in-review"


def test_a_case_that_nothing_stops_is_not_asked_about(logged_in, editor):
    case = make_case()
    page = logged_in(editor).get(change_url(case) + "?asked=1").content.decode()
    assert "_submit_all_the_same" not in page


def test_what_proofreading_finds_stands_on_the_form_with_ways_to_it(logged_in, editor):
    case = make_case(body="One.\n\nTwo.[@nobody1999]", location="")
    page = logged_in(editor).get(change_url(case)).content.decode()
    assert '<a href="#id_body" data-line="3">Line 3 cites @nobody1999' in page
    assert '<a href="#id_location">The location is missing.</a>' in page
    assert '<a href="#participations-group">No main implementing organisation' in page
    assert "1 stops publication" in page


def test_findings_are_of_what_was_typed_where_the_form_is_shown_again(logged_in, editor):
    case = make_case()
    typed = form_of(case, body="Now.[@nobody1999]", reason="")
    page = logged_in(editor).post(change_url(case), typed).content.decode()
    assert "@nobody1999, but there is no source" in page


def test_a_submission_is_taken_back_with_what_was_typed(logged_in, editor):
    case = services.submit(make_case(), by=editor, reason="Ready.")
    client = logged_in(editor)
    assert 'name="_take_back"' in client.get(change_url(case)).content.decode()
    answer = client.post(change_url(case), form_of(case, _take_back="1", title="New", reason=""))
    case.refresh_from_db()
    assert answer["Location"] == change_url(case)
    assert (case.stage, case.title) == ("draft", "New")
    assert last_revision(case).comment == "Taken back."


def test_a_submission_is_taken_back_from_the_dashboard(logged_in, editor):
    case = services.submit(make_case(), by=editor, reason="Ready.")
    client, address = logged_in(editor), f"/admin/cases/case/{case.pk}/take-back/"
    assert address in client.get("/admin/").content.decode()
    client.post(address)
    case.refresh_from_db()
    assert case.stage == "draft"
    answer = client.post(address, follow=True)
    assert "It was not taken back" in answer.content.decode()


def test_who_may_not_submit_takes_nothing_back(db, logged_in, editor):
    case = services.submit(make_case(), by=editor, reason="Ready.")
    user = make_user("wim", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_case", "change_case"]))
    client = logged_in(user)
    assert client.post(f"/admin/cases/case/{case.pk}/take-back/").status_code == 403
    client.post(change_url(case), form_of(case, _take_back="1", title="Kept"))
    case.refresh_from_db()
    assert (case.stage, case.title) == ("in-review", "Kept")


def test_errors_are_summed_up_with_ways_to_their_fields_and_in_our_words(logged_in, editor):
    case = make_case(parties=[{"role": "mediator", "name": "A Body"}])
    typed = {"title": "", "start_year": "9999", "end_year": "x", "parties-0-name": ""}
    page = logged_in(editor).post(change_url(case), form_of(case, **typed)).content.decode()
    summary = page[page.index('id="faults-heading"') : page.index("What you typed is all still")]
    assert '<a href="#id_title">Title: This is missing.' in summary
    assert '<a href="#id_start_year">Start year: Write a number of 2200 at the most.' in summary
    assert '<a href="#id_end_year">End year: Write a whole number' in summary
    assert '<a href="#parties-group">Parties and their roles 1: Choose an organisation' in summary
    assert "Not saved yet: 4 things" in summary
    assert "<title>Error:" in page.replace("\n", "")


def test_a_group_with_an_error_is_open_and_the_others_are_folded(logged_in, editor):
    case = make_case()
    answer = logged_in(editor).post(change_url(case), form_of(case, start_year="x"))
    shown = {
        str(group.name): group.is_collapsible
        for group in answer.context["facts"][:-6]
        if not hasattr(group, "formset")
    }
    assert shown["When and where"] is False
    assert shown["What kind"] is True


def test_without_a_script_there_are_lists_and_blank_rows(logged_in, editor):
    case, other = make_case(), make_case(title="Another case")
    client = logged_in(editor)
    with_script = client.get(change_url(case)).content.decode()
    page = client.get(change_url(case) + "?plain=1").content.decode()
    option = f'<option value="{other.pk}">Another case</option>'
    assert option in page and option not in with_script
    assert 'name="parties-0-name"' in page and 'name="parties-0-name"' not in with_script


def test_the_first_button_of_the_form_saves_and_so_does_enter(logged_in, editor):
    case = make_case()
    client = logged_in(editor)
    client.post("/admin/working-copy/", form_of(case, title="Typed", _address=change_url(case)))
    page = client.get(change_url(case)).content.decode()
    form = page[page.index('id="case_form"') :]
    form = form[: form.index("</form>")]
    first = re.search(r'<(?:input type="submit"|button(?! type="button"))[^>]*>', form)[0]
    others = re.findall(r"<button[^>]*_discard[^>]*>", form)
    assert 'form="discard-copies"' in others[0]
    assert first == others[0] or 'name="_continue"' in first
    assert 'name="_continue"' in re.findall(r'<input type="submit"[^>]*>', form)[0]


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


def test_editors_delete_nothing_that_others_have_written(logged_in, editor, moderator):
    case = make_case(moderator)
    assert logged_in(editor).post(f"/admin/cases/case/{case.pk}/delete/").status_code == 403


def test_an_administrator_may_delete_a_case_that_was_never_published(logged_in, administrator):
    case = make_case()
    logged_in(administrator).post(f"/admin/cases/case/{case.pk}/delete/", {"post": "yes"})
    assert not Case.objects.filter(pk=case.pk).exists()


def test_nobody_deletes_a_case_that_was_published(logged_in, administrator):
    case = publish_case(make_case()).case
    client = logged_in(administrator)
    assert client.post(f"/admin/cases/case/{case.pk}/delete/", {"post": "yes"}).status_code == 403


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
    assert 'class="field-in_print">edition 1</td>' in page
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
    assert client.get(history_url(case)).status_code == 200


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


def test_the_pages_carry_no_inline_script_or_style(logged_in, editor):
    case = make_case(organisations=[make_organisation()])
    older = Version.objects.get_for_object(case).first()
    client = logged_in(editor)
    for address in (
        ADD,
        change_url(case),
        history_url(case),
        history_url(case, f"compare/?from={older.pk}"),
        history_url(case, f"{older.pk}/restore/"),
        f"/admin/cases/case/{case.pk}/preview/",
    ):
        page = client.get(address).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page), address


def contributors(case):
    return {user.username for user in case.contributors.all()}


def test_a_save_that_changes_nothing_makes_nobody_a_contributor(logged_in, editor, moderator):
    case = make_case(by=moderator)
    logged_in(editor).post(change_url(case), form_of(case, _submit_for_review="1"))
    case.refresh_from_db()
    assert case.stage == Case.Stage.IN_REVIEW
    assert contributors(case) == {moderator.username}


@pytest.mark.parametrize("typed", [{"title": "Other"}, {"countries": []}])
def test_a_save_that_changes_something_makes_a_contributor(logged_in, editor, moderator, typed):
    case = make_case(by=moderator)
    logged_in(editor).post(change_url(case), form_of(case, **typed))
    assert contributors(case) == {moderator.username, editor.username}


def test_restoring_how_it_stands_is_refused(logged_in, editor, moderator):
    case = make_case(by=moderator)
    newest = Version.objects.get_for_object(case)[0]
    address = f"{history_url(case)}{newest.pk}/restore/"
    response = logged_in(editor).post(address, {"lock": case.lock, "reason": "No change."})
    assert "Nothing would change" in response.content.decode()
    assert contributors(case) == {moderator.username}


def test_the_list_says_what_was_withdrawn_and_finds_ones_own(logged_in, editor, moderator):
    mine = make_case(editor)
    withdrawn = publish_case(make_case(editor)).case
    withdraw(withdrawn, by=moderator, reason="It rests on a forgery.")
    client = logged_in(editor)
    rows = client.get("/admin/cases/case/").content.decode()
    assert '<strong class="withdrawn">withdrawn</strong>' in rows
    found = client.get("/admin/cases/case/?by=me").context["cl"].result_list
    assert list(found) == [mine]
