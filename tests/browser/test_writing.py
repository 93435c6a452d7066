"""Writing a case in a browser: citations by keyboard, the preview, and somebody else's save."""

import pytest
from playwright.sync_api import expect

from cases import services
from cases.models import Case
from tests.factories import make_case, make_source

pytestmark = pytest.mark.browser


@pytest.fixture
def case(transactional_db, vocabularies):
    make_source("lynch2001", title="The Tajik War", authors=[("Dov", "Lynch")])
    return make_case(source=make_source("hay2001"), body="First.[@hay2001, p. 2]\n\nSecond.")


@pytest.fixture
def desk(open_window, editor, case):
    """The case's form, open in a window, with the preview there."""
    desk = open_window(editor)
    desk.goto(f"/admin/cases/case/{case.pk}/change/")
    expect(desk.frame_locator("iframe").get_by_text("Draft: not published")).to_be_visible()
    return desk


def place_cursor(desk, at):
    desk.locator("#id_body").evaluate("(field, at) => field.setSelectionRange(at, at)", at)


def cite(desk, words, locator=""):
    """Everything by keyboard, from the button on."""
    desk.get_by_role("button", name="Insert a citation").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("combobox", name="Source")).to_be_focused()
    desk.keyboard.type(words)
    expect(desk.locator("dialog").get_by_role("option")).to_have_count(1)
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    desk.keyboard.type(locator)
    desk.keyboard.press("Enter")
    expect(desk.locator("#id_body")).to_be_focused()


def test_a_citation_is_inserted_at_the_cursor_by_keyboard_and_shown_in_the_preview(desk):
    place_cursor(desk, len("First.[@hay2001, p. 2]\n\nSecond."))
    cite(desk, "tajik war", "pp. 52-4")
    expect(desk.locator("#id_body")).to_have_value(
        "First.[@hay2001, p. 2]\n\nSecond.[@lynch2001, pp. 52-4]"
    )
    preview = desk.frame_locator("iframe")
    expect(preview.get_by_text("The Tajik War")).to_be_visible()


def test_inside_a_note_the_citation_joins_the_others(desk):
    place_cursor(desk, len("First.[@hay"))
    cite(desk, "lynch")
    expect(desk.locator("#id_body")).to_have_value("First.[@hay2001, p. 2; @lynch2001]\n\nSecond.")


def test_a_new_source_is_added_and_cited_without_leaving(desk):
    place_cursor(desk, len("First.[@hay2001, p. 2]\n\nSecond."))
    desk.get_by_role("button", name="Insert a citation").click()
    desk.get_by_text("Not there? Add a source").click()
    desk.get_by_label("Its DOI, ISBN or address").fill(
        "@book{doe2001, title = {On peace}, author = {Doe, Jane}, year = {2001}}"
    )
    desk.get_by_role("button", name="Read it and add it").click()
    expect(desk.get_by_label("Where in it")).to_be_focused()
    desk.keyboard.type("p. 7")
    desk.keyboard.press("Enter")
    expect(desk.locator("#id_body")).to_have_value(
        "First.[@hay2001, p. 2]\n\nSecond.[@doe2001, p. 7]"
    )


def test_escape_leaves_the_text_as_it_was(desk):
    desk.get_by_role("button", name="Insert a citation").click()
    desk.keyboard.press("Escape")
    expect(desk.locator("#id_body")).to_be_focused()
    expect(desk.locator("#id_body")).to_have_value("First.[@hay2001, p. 2]\n\nSecond.")


def test_a_problem_leads_to_its_line(desk):
    desk.locator("#id_body").fill("Fine.\n\nNot fine.[@nobody1999]\n\nFine.")
    desk.locator("[data-problems] button").click()
    chosen = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert desk.locator("#id_body").evaluate(chosen) == "Not fine.[@nobody1999]"


def test_what_somebody_else_saved_and_one_did_not_touch_is_saved_together(desk, case, moderator):
    services.change_case(case, by=moderator, reason="A clearer title.", title="Their title")
    desk.locator("#id_body").fill("My own text.")
    desk.get_by_label("Why this change?").fill("Rewritten.")
    desk.locator("[name=_continue]").click()
    expect(desk.locator(".messagelist")).to_contain_text("Saved together")
    stored = Case.objects.get()
    assert (stored.title, stored.body) == ("Their title", "My own text.")


def test_what_both_changed_is_asked_and_nothing_typed_is_lost(desk, case, moderator):
    theirs = {"title": "Their title", "body": "Their text."}
    services.change_case(case, by=moderator, reason="A clearer title.", **theirs)
    desk.locator("#id_body").fill("My own text.")
    desk.get_by_label("Why this change?").fill("Rewritten.")
    desk.locator("[name=_continue]").click()
    expect(desk.locator(".meanwhile")).to_be_focused()
    expect(desk.locator(".meanwhile")).to_contain_text("A clearer title.")
    expect(desk.locator("#id_body")).to_have_value("My own text.")
    desk.locator("[name=_continue]").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    stored = Case.objects.get()
    assert (stored.title, stored.body) == ("Their title", "My own text.")
