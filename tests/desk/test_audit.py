"""The audit trail at the desk: asked, paged, linked, taken home."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from cases.models import Case
from corrections import services as corrections
from revisions import audit
from revisions.models import AuditEvent
from tests.factories import make_case, make_organisation, make_source, publish_case

AUDIT = "/admin/audit/"


def text_of(response):
    return response.content.decode()


def file_of(response):
    return b"".join(response.streaming_content).decode()


@pytest.fixture
def case(editor):
    return make_case(by=editor, title="Ending it")


@pytest.fixture
def at(case):
    """`at(day, **over)` is an event about the case at noon of that day."""

    def make(day, *, note="", by=None, action="changed", label="Ending it"):
        event = AuditEvent(
            about_type=ContentType.objects.get_for_model(Case),
            **{"about_id": str(case.pk), "label": label, "action": action, "note": note, "by": by},
            at=datetime(2024, 5, day, 12, tzinfo=UTC),
        )
        event.save()
        return event

    return make


def notes(response):
    return [event.note for event, _address in response.context["rows"]]


def test_each_question_narrows_the_trail(logged_in, moderator, editor, at):
    at(1, note="first", by=moderator)
    at(2, note="second", action="claimed")
    at(3, note="third Ending words", by=editor, label="Another")
    client = logged_in(moderator)
    kind = ContentType.objects.get_for_model(Case).pk
    for question, expected in {
        "day_from=2024-05-02&day_to=2024-05-03": ["third Ending words", "second"],
        "day_to=2024-05-01": ["first"],
        f"who={moderator.pk}": ["first"],
        "who=nobody&action=claimed": ["second"],
        f"kind={kind}&day_to=2024-05-02": ["second", "first"],
        "words=ending+THIRD": ["third Ending words"],
        "words=it&day_to=2024-05-05": ["second", "first"],
    }.items():
        assert notes(client.get(f"{AUDIT}?{question}")) == expected, question


@pytest.mark.parametrize(
    "question",
    [
        *("day_from=soon", "who=99999", "who=²", "kind=x", "action=nonsense", "day_to=0000-00-00"),
        "words=" + "y" * 300,
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(logged_in, moderator, case, question):
    client = logged_in(moderator)
    for address in (AUDIT, "/admin/audit.csv"):
        response = client.get(f"{address}?{question}")
        assert response.status_code == 200
        assert "That cannot be looked for." in text_of(response)
        assert response.context["rows"] == []


@pytest.mark.parametrize(
    "question", ["day_from=9999-12-31&day_to=9999-12-31", "day_from=0001-01-01"]
)
def test_the_ends_of_time_are_days_too(logged_in, moderator, case, question):
    assert logged_in(moderator).get(f"{AUDIT}?{question}").status_code == 200


@pytest.mark.parametrize("before", ["x", "²", "9" * 40, "-1", "0"])
def test_a_hostile_page_is_no_error(logged_in, moderator, case, before):
    assert logged_in(moderator).get(f"{AUDIT}?before={before}").status_code == 200


def test_pages_follow_each_other_without_a_gap_and_keep_the_question(logged_in, moderator, at):
    made = [at(1, note=f"n{n}").pk for n in range(120)]
    client, seen, question = logged_in(moderator), [], "day_to=2024-05-01"
    address = f"{AUDIT}?{question}"
    for _ in range(3):
        response = client.get(address)
        seen += [event.pk for event, _address in response.context["rows"]]
        address = f"{AUDIT}?{question}&before={response.context['older']}"
    assert seen == made[::-1]
    assert response.context["older"] is None
    assert f'href="?{question}"' in text_of(response)


def test_it_says_since_when_it_is_kept(logged_in, moderator, at):
    client = logged_in(moderator)
    first = AuditEvent.objects.order_by("pk").first()
    assert "The trail is kept since" in text_of(client.get(AUDIT))
    assert client.get(AUDIT).context["first"] == first


def test_rows_lead_to_what_is_still_there_and_one_may_view(
    client, moderator, administrator, editor, case
):
    edition = publish_case(case, by=moderator)
    sent, _token = corrections.send(edition, message="Wrong.")
    gone = make_organisation("Gone")
    audit.record(gone, audit.Action.DISCARDED, by=editor)
    gone.delete()
    audit.record(editor, audit.Action.CHANGED, by=administrator)
    user = reverse("admin:auth_user_change", args=[editor.pk])
    client.force_login(moderator)
    html = text_of(client.get(AUDIT))
    assert reverse("admin:correction_desk", args=[sent.reference]) in html
    assert reverse("admin:cases_case_change", args=[case.pk]) in html
    assert "Gone" in html
    assert "/admin/organisations/organisation/" not in html.split("content-main")[1]
    assert user not in html
    client.force_login(administrator)
    assert user in text_of(client.get(AUDIT))


def test_the_page_costs_the_same_for_two_rows_and_for_many(
    logged_in, moderator, at, django_assert_num_queries
):
    client = logged_in(moderator)
    at(1), at(2)
    client.get(AUDIT)
    with django_assert_num_queries(11) as few:
        client.get(AUDIT)
    for n in range(30):
        at(3, note=f"n{n}", by=moderator)
    with django_assert_num_queries(len(few)):
        client.get(AUDIT)


def test_the_files_are_the_whole_answer_the_oldest_first(logged_in, moderator, at):
    for n in range(60):
        at(1, note=f"n{n}", by=moderator)
    client = logged_in(moderator)
    response = client.get("/admin/audit.csv?day_to=2024-05-01")
    assert response["Content-Disposition"].endswith('.csv"')
    rows = list(csv.DictReader(io.StringIO(file_of(response).removeprefix("\ufeff"))))
    assert [row["why"] for row in rows] == [f"n{n}" for n in range(60)]
    assert rows[0]["by"] == "maud"
    assert rows[0]["kind"] == "cases.case"
    lines = file_of(client.get("/admin/audit.jsonl?day_to=2024-05-01")).splitlines()
    assert [json.loads(line) for line in lines] == rows


def test_no_cell_is_a_formula(logged_in, moderator, at):
    at(1, note='=HYPERLINK("http://x")', label="+1; @cmd")
    text = file_of(logged_in(moderator).get("/admin/audit.csv?day_to=2024-05-01"))
    row = next(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert row["why"] == '\'=HYPERLINK("http://x")'
    assert row["what"] == "'+1; '@cmd"


def test_there_are_two_files_and_no_other(logged_in, moderator):
    assert logged_in(moderator).get("/admin/audit.xlsx").status_code == 404


def test_an_editor_sees_the_trail_of_a_case_from_its_history(client, editor, moderator, case):
    publish_case(case, by=moderator)
    make_case(by=editor, title="Another")
    client.force_login(editor)
    address = reverse("admin:trail", args=["cases.case", case.pk])
    assert address in text_of(client.get(f"/admin/cases/case/{case.pk}/history/"))
    html = text_of(client.get(address))
    assert "edition 1" in html
    assert "Another" not in html


def test_histories_of_sources_and_organisations_lead_to_their_trails(client, editor):
    client.force_login(editor)
    for thing in (make_source(), make_organisation()):
        label = thing._meta.label_lower
        history = f"/admin/{label.replace('.', '/')}/{thing.pk}/history/"
        address = reverse("admin:trail", args=[label, thing.pk])
        assert address in text_of(client.get(history))
        assert "created" in text_of(client.get(address))


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("auth.user", 403),
        ("corrections.correction", 403),
        ("cases.nothing", 404),
        ("nothing", 404),
        ("sessions.session", 404),
        ("cases.case", 404),
    ],
)
def test_an_editor_sees_no_other_trail(client, editor, label, status):
    client.force_login(editor)
    for pk in ("999999", "x", "9" * 30):
        assert client.get(f"/admin/audit/{label}/{pk}/").status_code == status
