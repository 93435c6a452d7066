"""The desk's first page: what needs the attention of the person who looks."""

import pytest
from django.urls import reverse

from cases import services as cases
from corrections import services as corrections
from editions.services import request_changes
from tests.factories import make_case, make_edition, make_user

INDEX = "/admin/"


def text_of(client):
    return client.get(INDEX).content.decode()


def part(html, heading):
    """The part of the page under the heading of that id."""
    _before, found, rest = html.partition(f'id="{heading}"')
    return rest.partition("</section>")[0] if found else ""


def test_an_editor_sees_their_drafts_and_not_those_of_others(logged_in, editor):
    make_case(by=editor, title="Ending mine")
    make_case(by=make_user("emil"), title="Ending his")
    html = text_of(logged_in(editor))
    assert "Ending mine" in part(html, "drafts-heading")
    assert "Ending his" not in part(html, "drafts-heading")
    assert "Ending his" in part(html, "recent-heading")


def test_an_editor_sees_what_was_sent_back_and_why(logged_in, editor, moderator, waiting):
    case = waiting(title="Ending in doubt")
    request_changes(case, by=moderator, reason="Where is the ceasefire?")
    sent_back = part(text_of(logged_in(editor)), "sent-back-heading")
    assert "Ending in doubt" in sent_back
    assert "Where is the ceasefire?" in sent_back
    assert "maud" in sent_back


def test_an_editor_sees_what_the_moderators_have(logged_in, editor, waiting):
    case = waiting(title="Ending soon")
    html = part(text_of(logged_in(editor)), "in-review-heading")
    assert "Ending soon" in html
    assert reverse("admin:review", args=[case.pk]) not in html


def test_the_last_changes_say_who_and_why(logged_in, editor):
    case = make_case(by=editor)
    cases.change_case(case, by=editor, reason="A better source.", location="Khujand")
    recent = part(text_of(logged_in(editor)), "recent-heading")
    assert "edith" in recent
    assert "A better source." in recent
    assert "Made for a test." not in recent


def test_a_moderator_sees_the_queue_with_own_work_marked(logged_in, moderator, waiting):
    waiting(title="Ending soon")
    cases.submit(make_case(by=moderator, title="Ending mine"), by=moderator, reason="Ready.")
    queue = part(text_of(logged_in(moderator)), "review-heading")
    theirs, mine = queue.split("Ending mine")
    assert "Ending soon" in theirs
    assert "Your own work" not in theirs
    assert "Your own work" in mine


def test_a_moderator_sees_whose_hands_corrections_are_in(logged_in, moderator):
    edition = make_edition()
    sent = [corrections.send(edition, message=f"Slip {n}.")[0] for n in range(6)]
    corrections.take(sent[0], by=moderator)
    corrections.take(sent[1], by=make_user("milo"))
    corrections.accept(sent[2], by=moderator, why="A slip.")
    html = part(text_of(logged_in(moderator)), "corrections-heading")
    for counted in (">3</strong> new", ">1</strong> taken by you", ">1</strong> taken by others"):
        assert counted in html
    assert ">1</strong> accepted, awaiting an edition" in html
    assert "Slip 3." in html


def test_a_moderator_sees_the_last_editions(logged_in, moderator):
    edition = make_edition(title="Ending in print")
    html = part(text_of(logged_in(moderator)), "editions-heading")
    assert edition.permanent_path in html


def test_an_editor_sees_nothing_of_corrections_and_reviews(logged_in, editor):
    corrections.send(make_edition(), message="A secret slip.", name="Rosa Reader")
    html = text_of(logged_in(editor))
    assert "A secret slip." not in html
    for name in ("review_queue", "corrections_desk"):
        assert reverse(f"admin:{name}") not in html
    assert reverse("admin:import") in html


def test_somebody_on_the_staff_without_any_permission_gets_a_page(logged_in, db):
    html = text_of(logged_in(make_user("nobody", is_staff=True)))
    assert "have permission to view or edit anything" in html


@pytest.mark.parametrize(("persona", "queries"), [("editor", 14), ("moderator", 20)])
def test_the_dashboard_takes_the_same_queries_for_one_row_and_for_many(
    request, logged_in, editor, moderator, waiting, persona, queries, django_assert_num_queries
):
    def add():
        make_case(by=request.getfixturevalue(persona))
        request_changes(waiting(), by=moderator, reason="Why?")
        waiting()
        corrections.take(corrections.send(make_edition(), message="A.")[0], by=moderator)
        corrections.send(make_edition(), message="B.")

    client = logged_in(request.getfixturevalue(persona))
    add()
    client.get(INDEX)
    with django_assert_num_queries(queries):
        client.get(INDEX)
    for _ in range(6):
        add()
    with django_assert_num_queries(queries):
        client.get(INDEX)


def test_the_dashboard_never_takes_titles_and_reasons_for_markup(
    logged_in, editor, moderator, waiting
):
    nasty = "<script>alert(1)</script>"
    request_changes(waiting(title=f"Ending {nasty}"), by=moderator, reason=nasty)
    corrections.send(make_edition(title=nasty), message=nasty)
    assert nasty not in text_of(logged_in(moderator))


def test_every_page_of_the_desk_leads_to_the_site_and_keeps_the_policy_strict(logged_in, moderator):
    client = logged_in(moderator)
    for name in ("index", "review_queue", "corrections_desk", "import"):
        response = client.get(reverse(f"admin:{name}"))
        html = response.content.decode()
        assert '<a href="/">View site</a>' in html
        assert "unsafe-inline" not in response["Content-Security-Policy"]
        assert "<style" not in html
        assert " style=" not in html
        assert "<script>" not in html
