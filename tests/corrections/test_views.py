import re

import pytest
from django.test import Client

from corrections import limits, services
from corrections.models import Correction, Notice
from editions import services as editions
from tests.factories import make_case

TYPED = {
    "kind": "correction",
    "passage": "Confederation <b>of</b>",
    "message": "It is “the” Commonwealth & nothing else.",
    "suggestion": "Commonwealth",
    "evidence": "javascript:alert(1)",
    "name": "Rosa Reader",
    "email": "rosa@example.org",
    "form_token": "t" * 43,
}


@pytest.fixture
def address(edition):
    return f"/cases/{edition.case.slug}/correct/"


def test_the_form_names_the_edition_and_takes_a_passage(client, address, edition):
    response = client.get(address, {"passage": "sent <peace>\x00keepers " + "x" * 600})
    page = response.content.decode()
    assert response.status_code == 200
    assert "sent &lt;peace&gt;keepers xxx" in page
    assert "edition 1 of “Ending the civil war”" in page
    assert "no-store" in response.headers["Cache-Control"]
    assert len(response.context["form"].initial["passage"]) == 500


def test_sending_leads_to_a_private_status_page(client, address, edition):
    response = client.post(address, TYPED)
    correction = Correction.objects.get()
    assert response.status_code == 302
    assert re.fullmatch(r"/corrections/status/[0-9a-f]{40}/", response.url)
    status = client.get(response.url)
    page = status.content.decode()
    assert status.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in status.headers["X-Robots-Tag"]
    assert "no-store" in status.headers["Cache-Control"]
    for words in (
        correction.reference,
        "It is “the” Commonwealth &amp; nothing",
        "We have received",
    ):
        assert words in page
    assert 'href="javascript' not in page
    assert correction.edition == edition


def test_the_status_page_knows_no_other_token(client, sent):
    assert client.get(f"/corrections/status/{sent[1]}/").status_code == 200
    for token in (sent[1][:-1], sent[0].reference, sent[0].status_digest, "x" * 40):
        assert client.get(f"/corrections/status/{token}/").status_code == 404


def test_a_double_click_stores_one_and_shows_the_same_page(client, address):
    assert client.post(address, TYPED).url == client.post(address, TYPED).url
    assert Correction.objects.count() == 1


BAD = {
    "message": ("", "Say what is wrong or missing."),
    "passage": ("x" * 501, "The passage must be 500 characters or fewer: it has 501."),
    "suggestion": ("x" * 5001, "must be 5000 characters or fewer"),
    "evidence": ("x" * 2001, "must be 2000 characters or fewer"),
    "name": ("x" * 121, "Your name must be 120 characters or fewer"),
    "email": ("not-an-address", "Enter an e-mail address such as"),
    "kind": ("praise", "Choose whether this is a correction or a comment."),
}


@pytest.mark.parametrize("field", BAD)
def test_bad_input_is_told_beside_its_field_and_loses_nothing(client, address, field):
    bad, sentence = BAD[field]
    response = client.post(address, TYPED | {field: bad})
    page = response.content.decode()
    assert not Correction.objects.exists()
    assert re.search(r"<title>\s*Error:", page)
    assert "There is a problem" in page
    target = "id_kind_0" if field == "kind" else f"id_{field}"
    assert f'<a href="#{target}">' in page
    assert f'id="{target}"' in page
    assert page.count(sentence) == 2
    assert f'id="id_{field}_error"' in page
    assert 'aria-invalid="true"' in page
    assert re.search(f'aria-describedby="[^"]*id_{field}_error"', page)
    form = response.context["form"]
    for name, typed in (TYPED | {field: bad}).items():
        assert form[name].value() == typed


def test_credit_needs_a_name(client, address):
    page = client.post(address, TYPED | {"name": "", "credit_wanted": "on"}).content.decode()
    assert '<a href="#id_name">Enter the name that the notice should give.</a>' in page


def test_what_fills_in_hidden_fields_stores_nothing_but_may_send_again(client, address):
    response = client.post(address, TYPED | {"website": "https://spam.example"})
    assert not Correction.objects.exists()
    assert "please resend" in response.content.decode()
    assert "spam.example" not in response.content.decode()


def test_control_characters_are_taken_out_of_what_is_stored(client, address):
    client.post(address, TYPED | {"message": "Wrong\x00 \x1byear", "name": "Rosa\r\nBcc: x"})
    correction = Correction.objects.get()
    assert (correction.message, correction.name) == ("Wrong year", "Rosa Bcc: x")


def test_too_many_are_asked_to_come_back_and_lose_nothing(client, address, monkeypatch):
    monkeypatch.setattr(limits, "PER_ADDRESS", 1)
    client.post(address, TYPED)
    response = client.post(address, TYPED | {"message": "Another one."})
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 3600
    assert "Please send it again after" in response.content.decode()
    assert "Another one." in response.content.decode()
    assert Correction.objects.count() == 1


def test_with_a_csrf_token_of_old_the_form_comes_back_with_what_was_typed(address):
    strict = Client(enforce_csrf_checks=True)
    strict.get(address)
    response = strict.post(address, TYPED)
    assert response.status_code == 403
    assert "Nothing is lost: please send it again." in response.content.decode()
    assert "It is “the” Commonwealth &amp; nothing else." in response.content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())[1]
    assert strict.post(address, TYPED | {"csrfmiddlewaretoken": token}).status_code == 302


def test_without_a_cookie_nothing_that_was_sent_is_read(address):
    response = Client(enforce_csrf_checks=True).post(address, TYPED)
    assert response.status_code == 403
    assert "Nothing is lost: please send it again." in response.content.decode()
    assert "Commonwealth" not in response.content.decode()


def test_elsewhere_it_is_said_what_to_do_where_the_token_is_wrong(db):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert "Sign in, in another tab" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_a_correction_is_about_the_edition_the_reader_saw(client, address, edition, next_edition):
    second = next_edition(edition)
    client.post(address, TYPED | {"edition": "1"})
    client.post(address, TYPED | {"edition": "99"})
    assert list(Correction.objects.order_by("pk").values_list("edition", flat=True)) == [
        edition.pk,
        second.pk,
    ]
    assert "newer edition" in client.get(address, {"edition": "1"}).content.decode()
    for odd in ("0", "x", "9" * 30, "²", ""):
        assert client.get(address, {"edition": odd}).context["edition"] == second


def test_drafts_have_no_form_and_withdrawn_cases_have_one(client, edition, address, moderator):
    assert client.get(f"/cases/{make_case().slug}/correct/").status_code == 404
    edition.case.refresh_from_db()
    editions.withdraw(edition.case, by=moderator, reason="Retracted.")
    assert client.get(address).status_code == 200
    assert client.post(address, TYPED).status_code == 302


def test_a_former_address_leads_to_the_form(client, edition, address, moderator):
    edition.case.refresh_from_db()
    editions.rename(edition.case, "the-new-name", by=moderator, reason="Better.")
    response = client.get(address + "?passage=x")
    assert (response.status_code, response.url) == (301, "/cases/the-new-name/correct/?passage=x")
    assert client.post(address, TYPED).status_code == 302


@pytest.fixture
def noticed(correction, edition, moderator, next_edition):
    services.accept(correction, by=moderator, reason="You are right.", why="A misnomer.")
    [notice] = services.mend([correction], edition=next_edition(edition), by=moderator)
    return notice


def test_a_notice_says_before_after_why_where_and_thanks(client, noticed, edition):
    page = client.get(f"/corrections/{noticed.reference}/").content.decode()
    slug = edition.case.slug
    for words in (
        "Confederation of Independent States",
        "Commonwealth of Independent States",
        "A misnomer.",
        "Rosa Reader",
        f'href="/cases/{slug}/editions/1/"',
        f'href="/cases/{slug}/editions/2/"',
        f'href="/cases/{slug}/compare/1/2/"',
    ):
        assert words in page
    for private in ("rosa@example.org", "example.org/charter", "It is the Commonwealth."):
        assert private not in page


def test_a_reference_may_be_typed_in_small_letters(client, noticed):
    response = client.get(f"/corrections/{noticed.reference.lower()}/")
    assert (response.status_code, response.url) == (301, f"/corrections/{noticed.reference}/")


def test_a_correction_without_notice_has_no_public_page(client, correction):
    assert client.get(f"/corrections/{correction.reference}/").status_code == 404
    assert correction.reference not in client.get("/corrections/").content.decode()


def test_the_status_page_tells_every_step_and_links_the_notice(client, sent, noticed):
    page = client.get(f"/corrections/status/{sent[1]}/").content.decode()
    for words in ("You sent it.", "It was accepted.", "You are right.", "It was mended"):
        assert words in page
    assert f'href="/corrections/{noticed.reference}/"' in page
    assert "maud" not in page


def test_moderators_notes_to_each_other_stay_inside(client, sent, moderator):
    services.mark_spam(sent[0], by=moderator, reason="Looks like an advertisement.")
    services.undo(sent[0], by=moderator, reason="Secret among colleagues.")
    page = client.get(f"/corrections/status/{sent[1]}/").content.decode()
    assert "looking at it again" in page
    assert "Secret" not in page and "advertisement" not in page and "maud" not in page


def test_the_register_costs_three_queries_whatever_the_rows(
    client, edition, moderator, next_edition, django_assert_num_queries
):
    second = next_edition(edition)
    for n in range(21):
        services.announce(second, by=moderator, why=f"Reason number {n}.")
        if n in (0, 19):
            with django_assert_num_queries(3):
                client.get("/corrections/")
    first = client.get("/corrections/").content.decode()
    assert first.index("Reason number 20.") < first.index("Reason number 1.")
    assert "Reason number 0." not in first
    assert "Reason number 0." in client.get("/corrections/?page=2").content.decode()
    assert client.get("/corrections/?page=nonsense").status_code == 200


def test_a_notice_costs_two_queries(client, noticed, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(f"/corrections/{noticed.reference}/")


def test_an_empty_register_says_so(client, db):
    assert not Notice.objects.exists()
    assert "Nothing has needed a notice yet." in client.get("/corrections/").content.decode()


def test_the_form_costs_one_query(client, address, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(address)
