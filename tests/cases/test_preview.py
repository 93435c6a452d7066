"""The preview: the case as readers would see it, for those who write it, stored nowhere."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from organisations.models import Country
from tests.cases.admin_forms import ADD, form_of, form_of_nothing
from tests.factories import make_case, make_organisation, make_source, make_user


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
    assert ">New.</" in answer.content.decode()


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


def previewed(client, case, **typed):
    address = f"/admin/cases/case/{case.pk}/preview/" if case else "/admin/cases/case/preview/"
    data = form_of(case, **typed) if case else form_of_nothing(**typed)
    answer = client.post(address, data)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_preview_is_the_public_page_with_the_facts_as_typed(logged_in, editor):
    case, body = make_case(), make_organisation("United Peace")
    kenya = Country.objects.get(alpha3="KEN")
    rows = {
        "participations-TOTAL_FORMS": 1,
        "participations-0-organisation": body.pk,
        "parties-TOTAL_FORMS": 2,
        "parties-0-role": "mediator",
        "parties-0-name": "The elders of Wajir",
        "parties-1-role": "nonsense",
        "parties-1-name": "Not to be read",
        "casualties-TOTAL_FORMS": 1,
        "casualties-0-counted": "killed",
        "casualties-0-low": "20000",
        "events-TOTAL_FORMS": 1,
        "events-0-date": "1997-06-27",
        "events-0-line": "They signed.",
    }
    page = previewed(logged_in(editor), case, countries=[kenya.pk], start_year="1991", **rows)
    for words in ("1991–1997", "Kenya", "United Peace", "The elders of Wajir", "at least 20,000"):
        assert words in page, words
    assert "African" in page  # the group follows from the country
    assert "Not to be read" not in page
    assert "css/reading.css" in page and "js/notes.js" in page
    assert case.parties.count() == 0 and Case.objects.get(pk=case.pk).start_year == 1993


def test_stored_rows_are_shown_changed_or_left_out_as_typed(logged_in, editor):
    parties = [{"role": "mediator", "name": name} for name in ("First", "Second", "Third")]
    case = make_case(parties=parties)
    changed = {"parties-0-name": "Renamed", "parties-1-DELETE": "on", "parties-2-role": "nonsense"}
    page = previewed(logged_in(editor), case, **changed)
    assert "Renamed" in page and "Third" in page
    assert "Second" not in page and "First</" not in page


def test_a_new_case_is_previewed_with_its_facts(logged_in, editor):
    page = previewed(logged_in(editor), None, title="T", location="Wajir", end_year="1997")
    assert "Wajir" in page and "until 1997" in page


def test_what_cannot_be_read_is_shown_as_it_is_stored(logged_in, editor):
    case = make_case()
    page = previewed(logged_in(editor), case, start_year="soon", orcids="no such", slug="?")
    assert "1993–1997" in page


def test_a_row_that_cannot_be_read_is_shown_as_it_is_stored(logged_in, editor):
    case = make_case(events=[{"date": "1997-06-27", "line": "They signed."}])
    page = previewed(logged_in(editor), case, **{"events-0-date": "not-a-date"})
    assert "They signed." in page


def test_only_the_findings_of_what_is_typed_are_given_where_only_these_are_asked(logged_in, editor):
    page = previewed(logged_in(editor), make_case(), location="", _only="findings")
    assert '<a href="#id_location">The location is missing.</a>' in page
    assert "<html" not in page


def test_a_preview_costs_no_query_for_each_row(logged_in, editor):
    client, counted = logged_in(editor), []
    for number in (1, 20):
        case = make_case(parties=[{"role": "mediator", "name": f"P {n}"} for n in range(number)])
        previewed(client, case)
        with CaptureQueriesContext(connection) as queries:
            previewed(client, case)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_a_preview_takes_no_lock_and_stores_nothing(logged_in, editor):
    case, client = make_case(), logged_in(editor)
    with CaptureQueriesContext(connection) as queries:
        previewed(client, case, title="Typed")
    said = [q["sql"] for q in queries if "session" not in q["sql"]]
    assert not [sql for sql in said if sql.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_the_last_note_is_shown_as_it_is_set(logged_in, editor):
    make_source("lynch2001", title="The Tajik War", authors=[("Dov", "Lynch")])
    client = logged_in(editor)

    def note(text):
        return client.post("/admin/cases/case/note/", {"text": text}).json()

    first = note("It began.[@lynch2001, pp. 52-4]")
    assert first["number"] == 1
    assert "The Tajik War" in first["text"] and "pp.52-4" in first["text"].replace(" ", "")
    later = note("It began.[@lynch2001, p. 1] It ended.[@lynch2001, p. 9]")
    assert later["number"] == 2
    assert "London" not in later["text"]  # short, for it was cited before
    assert note("No note.") == {} and note("\0[@") == {}
