"""Editors read corrections of cases: never who sent them, and no spam."""

import pytest

from corrections import asking, services
from tests.factories import make_edition, publish_case

SENDER = ("Reader", "rosa@", "example.org")


@pytest.fixture
def edition(editor):
    return make_edition(title="Ending the war")


@pytest.fixture
def correction(edition, moderator):
    """One in which the sender has named herself wherever she could."""
    found, _token = services.send(
        edition,
        message="It was 1996, says Rosa Reader. Reader, by the way.",
        passage="The talks began in spring",
        suggestion="In 1996, Rosa Reader",
        evidence="rosa@example.org has it",
        name="Rosa Reader",
        email="rosa@example.org",
        credit_wanted=True,
    )
    asking.ask(found, by=moderator, text="Dear Rosa Reader, where?")
    asking.reply(found, text="Page 3. Rosa Reader")
    return services.decline(found, by=moderator, reason="Dear Rosa Reader, no.")


def address(correction):
    return f"/admin/corrections-read/{correction.reference}/"


def test_an_editor_reads_what_was_said_and_not_by_whom(logged_in, editor, correction):
    client = logged_in(editor)
    html = client.get(address(correction)).content.decode()
    assert "It was 1996" in html and "Page 3." in html and "Dear …, no." in html
    assert "declined by maud" in html.lower()
    page = client.get("/admin/corrections-read/?show=all").content.decode()
    assert correction.reference in page
    for said in (html, page):
        assert not [word for word in SENDER if word in said]
        assert "/corrections/status/" not in said


def test_spam_is_not_among_them(logged_in, editor, edition, moderator):
    spam, _token = services.send(edition, message="Buy this.")
    services.mark_spam(spam, by=moderator)
    client = logged_in(editor)
    assert client.get(address(spam)).status_code == 404
    assert spam.reference not in client.get("/admin/corrections-read/?show=all").content.decode()


def test_mine_are_those_of_cases_that_i_have_worked_on_even_when_published(
    logged_in, editor, administrator, edition
):
    own, _token = services.send(edition, message="Wrong.")
    publish_case(edition.case, kind="editorial", change_note="A comma.")
    html = logged_in(editor).get("/admin/corrections-read/").content.decode()
    assert own.reference in html
    html = logged_in(administrator).get("/admin/corrections-read/").content.decode()
    assert own.reference not in html


@pytest.mark.parametrize("asked", ["Rosa", "rosa@example.org", "Reader"])
def test_who_sent_it_cannot_be_searched_out(logged_in, editor, correction, asked):
    client = logged_in(editor)
    found = client.get("/admin/corrections-read/", {"show": "all", "q": asked})
    assert correction.reference not in found.content.decode()
    found = client.get("/admin/corrections-read/", {"show": "all", "q": "the war"})
    assert correction.reference in found.content.decode()


@pytest.mark.parametrize("asked", ["%00", "\0", "'; --", "x" * 300, "<script>"])
def test_whatever_is_asked_the_list_answers(logged_in, editor, asked):
    response = logged_in(editor).get("/admin/corrections-read/", {"q": asked, "p": asked})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().split("find-correction")[1]


def test_no_other_way_leads_an_editor_to_the_sender(logged_in, editor, correction):
    client = logged_in(editor)
    query = "?app_label=corrections&model_name=notice&field_name=correction"
    for closed in (
        f"/admin/corrections/correction/{correction.pk}/change/",
        f"/admin/corrections/correction/{correction.pk}/history/",
        "/admin/corrections/correction/?q=Rosa",
        f"/admin/corrections-desk/{correction.reference}/",
        f"/admin/autocomplete/{query}",
    ):
        assert client.get(closed).status_code == 403, closed
    html = client.get("/admin/?q=Rosa").content.decode()
    html += client.get(f"/admin/cases/case/{correction.edition.case_id}/change/").content.decode()
    html += client.get("/admin/cases/case/?q=Rosa").content.decode()
    assert "Rosa Reader" not in html and SENDER[1] not in html


def test_the_page_only_reads(logged_in, editor, correction):
    client = logged_in(editor)
    typed = {"action": "undo", "reason": "x"}
    html = client.post(address(correction), typed).content.decode()
    correction.refresh_from_db()
    assert correction.status == "declined"
    assert "<textarea" not in html


def test_the_list_takes_the_same_queries_for_one_and_for_twenty(
    logged_in, editor, edition, django_assert_num_queries
):
    client = logged_in(editor)
    services.send(edition, message="Wrong.")
    client.get("/admin/corrections-read/?show=all")
    with django_assert_num_queries(6):
        client.get("/admin/corrections-read/?show=all")
    for _ in range(19):
        services.send(make_edition(), message="Wrong.")
    with django_assert_num_queries(6):
        client.get("/admin/corrections-read/?show=all")
