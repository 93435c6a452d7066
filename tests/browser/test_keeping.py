"""What is typed at the desk outlives the browser's tab, the session and the network."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from cases.models import Case
from tests.factories import PASSWORD, make_case, make_source

pytestmark = pytest.mark.browser
WORDS = "My own words, typed and not saved."


@pytest.fixture
def address(transactional_db, vocabularies):
    make_source("lynch2001", title="The Tajik War", authors=[("Dov", "Lynch")])
    case = make_case(source=make_source("hay2001"), body="First.[@hay2001, p. 2]")
    return f"/admin/cases/case/{case.pk}/change/"


def typed_and_kept(desk, address):
    desk.goto(address)
    desk.locator("#id_standfirst").fill(WORDS)
    expect(desk.locator("[data-kept-status]")).to_contain_text("kept")


def test_a_tab_that_is_killed(open_window, editor, address):
    desk = open_window(editor)
    typed_and_kept(desk, address)
    context = desk.context
    desk.close()  # without asking
    desk = context.new_page()
    desk.goto(address)
    expect(desk.locator(".kept")).to_contain_text(WORDS)
    desk.get_by_role("link", name="Bring it back").click()
    expect(desk.locator("#id_standfirst")).to_have_value(WORDS)
    desk.get_by_label("Why this change?").fill("Better words.")
    expect(desk.locator("[data-keep-at][data-ready]")).to_have_count(1)
    desk.keyboard.press("Control+s")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert Case.objects.get().standfirst == WORDS
    expect(desk.locator(".kept")).to_have_count(0)


def test_a_session_that_ends_while_one_writes(open_window, editor, address):
    desk = open_window(editor)
    desk.goto(address)
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    desk.locator("#id_standfirst").fill(WORDS)
    expect(desk.locator("[data-kept-status]")).to_contain_text("in this browser")
    desk.get_by_label("Why this change?").fill("Better words.")
    desk.keyboard.press("Control+s")
    expect(desk.get_by_text("what you sent is kept")).to_be_visible()
    desk.fill("[name=username]", editor.username)
    desk.fill("[name=password]", PASSWORD)
    desk.press("[name=password]", "Enter")
    expect(desk.locator("#id_standfirst")).to_have_value(WORDS)
    expect(desk.get_by_text("It is not saved yet: look at it")).to_be_visible()
    expect(desk.locator("[data-keep-at][data-ready]")).to_have_count(1)
    desk.keyboard.press("Control+s")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert Case.objects.get().standfirst == WORDS


def test_a_network_that_is_cut_and_a_tab_that_is_killed_with_it(open_window, editor, address):
    desk = open_window(editor)
    desk.goto(address)
    context = desk.context
    context.set_offline(True)
    desk.locator("#id_standfirst").fill(WORDS)
    expect(desk.locator("[data-kept-status]")).to_contain_text("in this browser")
    desk.close()
    context.set_offline(False)
    desk = context.new_page()
    desk.goto(address)
    expect(desk.locator(".kept")).to_contain_text(WORDS)


def test_undo_works_after_a_citation_was_inserted(open_window, editor, address):
    desk = open_window(editor)
    desk.goto(address)
    body = desk.locator("#id_body")
    body.focus()
    body.evaluate("field => field.setSelectionRange(field.value.length, field.value.length)")
    desk.keyboard.type(" Second.")
    desk.get_by_role("button", name="Insert a citation").click()
    desk.keyboard.type("tajik war")
    expect(desk.locator("#cite-options").get_by_role("option")).to_have_count(1)
    desk.keyboard.press("Enter")
    desk.keyboard.type("p. 5")
    desk.get_by_label("What it says there").fill("They “met” there.")
    desk.get_by_role("button", name="Insert", exact=True).click()
    cited = "First.[@hay2001, p. 2] Second.[@lynch2001, p. 5: “They ‘met’ there.”]"
    expect(body).to_have_value(cited)
    desk.keyboard.press("Control+z")
    expect(body).to_have_value("First.[@hay2001, p. 2] Second.")
