"""What an import is not sure of: chosen before it is accepted, and worked off afterwards."""

import pytest

from cases.models import Case
from manuscripts.models import ImportPoint
from organisations.models import Organisation
from revisions.models import AuditEvent
from sources.models import Source
from tests.desk.test_manuscripts import ARTICLE, text_of
from tests.factories import make_case, make_organisation, make_source

NEW_BODY = "organisation-0"


@pytest.fixture
def desk(logged_in, editor):
    return logged_in(editor)


@pytest.fixture
def read(desk, page):
    return lambda text=ARTICLE: desk.post(page("import"), {"action": "read", "text": text})


@pytest.fixture
def accept(desk, page, hidden):
    def post(response, **chosen):
        typed = hidden(response) | {"action": "accept", "text": ARTICLE}
        chosen = {name.replace("_", "-"): value for name, value in chosen.items()}
        return desk.post(page("import"), typed | chosen)

    return post


def asked(response):
    return {row["question"].field: row for row in response.context["questions"]}


def test_a_new_organisation_can_be_one_of_ours(read, accept):
    ours = make_organisation("Holy Mediators")
    html = text_of(read())
    assert "A Made-up Community of Mediators" in html
    assert f'<option value="{ours.pk}">Holy Mediators</option>' in html
    accept(read(), organisation_0="other", organisation_0_other=ours.pk)
    assert Case.objects.get().organisation_list == [ours]
    assert Organisation.objects.count() == 1


def test_one_that_is_like_it_is_offered_first(read, accept):
    ours = make_organisation("A Made-up Comunity of Mediators")
    row = asked(read())[NEW_BODY]
    assert [value for value, _words in row["question"].options] == [str(ours.pk), "new", "leave"]
    assert row["value"] == "new"
    accept(read(), organisation_0=str(ours.pk))
    assert Case.objects.get().organisation_list == [ours]


def test_an_organisation_can_be_left_out(read, accept):
    accept(read(), organisation_0="leave")
    assert Case.objects.get().organisation_list == []
    assert not Organisation.objects.exists()


def test_what_nobody_chose_is_done_as_proposed(read, accept):
    accept(read())
    assert Organisation.objects.get().name == "A Made-up Community of Mediators"


@pytest.fixture
def like(db):
    """A source of ours that the second note may mean: its publisher is another."""
    return make_source(
        "writer2003", title="Another Made-up Book", authors=[("Ben", "Writer")],
        publisher="Somewhere Else", issued="2003",
    )  # fmt: skip


def test_a_source_can_be_that_one(read, accept, like):
    row = asked(read())["source-1"]
    assert [value for value, _words in row["question"].options] == ["writer2003", "new"]
    assert row["value"] == "new"
    accept(read(), source_1="writer2003")
    assert Source.objects.count() == 2
    assert "[@writer2003, p. 16]" in Case.objects.get().body


def test_a_source_is_another_unless_that_is_chosen(read, accept, like):
    accept(read())
    assert Source.objects.count() == 3
    assert "[@writer2003b, p. 16]" in Case.objects.get().body


def test_a_source_that_was_recognised_can_be_another(read, accept, like):
    Source.objects.filter(pk=like.pk).update(publisher="Nowhere Press", accessed="2001-01-01")
    known = {value for row in asked(read()).values() for value, _w in row["question"].options}
    assert known == {"new", "leave"}  # it reads as printed: there is nothing to ask


@pytest.mark.parametrize(
    "chosen",
    [
        {"organisation_0": "999999"},
        {"organisation_0": "other", "organisation_0_other": ""},
        {"organisation_0": "other", "organisation_0_other": "'; --"},
        {"source_1": "leave"},
        {"source_1": "nobody1999"},
    ],
)
def test_what_is_no_choice_is_refused_and_nothing_is_stored(read, accept, like, chosen):
    response = accept(read(), **chosen)
    assert response.status_code == 200
    assert "Choose again." in text_of(response)
    assert not Case.objects.exists()


def test_choices_stay_where_the_same_text_is_read_again(desk, read, page, hidden):
    typed = hidden(read()) | {"action": "read", "text": ARTICLE, NEW_BODY: "leave"}
    assert asked(desk.post(page("import"), typed))[NEW_BODY]["value"] == "leave"
    typed["text"] = ARTICLE.replace("1990", "1991")
    assert asked(desk.post(page("import"), typed))[NEW_BODY]["value"] == "new"


def test_the_warnings_stay_with_the_draft_and_what_was_chosen_is_ticked_off(read, accept, editor):
    cautions = read().context["resolved"].cautions
    accept(read(), organisation_0="leave")
    points = list(ImportPoint.objects.order_by("position"))
    assert [(p.code, p.line, p.text) for p in points] == [
        (c.code, c.line, c.text) for c in cautions
    ]
    [done] = [point for point in points if point.done_at]
    assert (done.code, done.outcome, done.done_by) == ("organisation-new", "left out", editor)


@pytest.fixture
def case(db):
    made = make_case(title="Ending it")
    for n in range(3):
        ImportPoint.objects.create(case=made, position=n, code="x", line=n + 1, text=f"Look {n}.")
    return made


def test_points_stand_on_the_form_and_the_dashboard_and_are_ticked_off(desk, page, case, editor):
    assert "3 points of the import are open" in text_of(
        desk.get(page("cases_case_change", case.pk))
    )
    assert "3 open points" in text_of(desk.get(page("index")))
    one, two, three = (point.pk for point in case.import_points.all())
    desk.post(page("import_points", case.pk), {"seen": [one, two, three], "done": [one, two]})
    html = text_of(desk.get(page("import_points", case.pk)))
    assert "1 point is open." in html
    assert html.count("worked off by edith") == 2
    said = AuditEvent.objects.filter(about_id=str(case.pk), note="Worked off: Look 0.")
    assert said.get().by == editor
    desk.post(page("import_points", case.pk), {"seen": [two], "done": []})
    left = case.import_points.filter(done_at=None).values_list("pk", flat=True)
    assert list(left) == [two, three]
    assert "2 open points" in text_of(desk.get(page("index")))


def test_what_somebody_did_not_see_is_not_touched(desk, page, case):
    one, two, _three = (point.pk for point in case.import_points.all())
    desk.post(page("import_points", case.pk), {"seen": [one, two], "done": [one, two]})
    desk.post(page("import_points", case.pk), {"seen": [two], "done": [two]})
    assert case.import_points.filter(done_at=None).count() == 1


def test_points_of_another_case_and_nonsense_are_not_touched(desk, page, case):
    other = make_case()
    keys = [point.pk for point in case.import_points.all()]
    answer = desk.post(page("import_points", other.pk), {"seen": keys, "done": [*keys, "x", "-1"]})
    assert answer.status_code == 302
    assert case.import_points.filter(done_at=None).count() == 3
    assert desk.get(page("import_points", 999999)).status_code == 404


def test_markup_in_a_warning_stays_text(desk, page, case):
    case.import_points.update(text="<script>alert(1)</script>")
    for address in (page("import_points", case.pk), page("cases_case_change", case.pk)):
        assert "<script>alert" not in text_of(desk.get(address))
