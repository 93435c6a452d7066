"""The preview: the case as readers would see it, for those who write it, stored nowhere."""

import pytest
from django.test import Client

from cases.models import Case
from tests.cases.admin_forms import ADD
from tests.factories import make_case, make_source, make_user


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
