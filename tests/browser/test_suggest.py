"""Search as you type, with the keyboard, with a pointer, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import make_edition, make_organisation

pytestmark = pytest.mark.browser


@pytest.fixture
def shelf(open_window):
    league = make_organisation("Fjord League", other_names="Nordic Bund")
    make_edition(title="Ending the war of the fjords", organisations=[league])
    make_edition(title="Preventing war in the fjords")


def opened(open_window, **options):
    page = open_window(**options)
    page.goto("/")
    return page, page.get_by_role("combobox", name="Search the cases")


def test_the_keys_move_through_the_suggestions_and_enter_leads_there(open_window, shelf):
    page, field = opened(open_window)
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("fjo")
    options = page.get_by_role("option")
    expect(options).to_have_count(3)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("form [role=status]")).to_contain_text("3")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    field.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()
    field.press("Enter")
    page.wait_for_url("**/organisations/fjord-league/")


def test_enter_without_a_choice_searches_and_escape_closes(open_window, shelf):
    page, field = opened(open_window)
    field.press_sequentially("fjord")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("fjord")
    field.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Enter")
    page.wait_for_url("**/cases/?q=fjord")
    field = page.get_by_role("combobox", name="Search the cases")
    field.fill("nordic")
    expect(page.get_by_role("option")).to_have_text(re.compile("Fjord League.*Nordic Bund"))
    field.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_pointer_opens_what_it_hits_and_the_targets_are_large(open_window, shelf, width):
    page, field = opened(open_window, viewport={"width": width, "height": 700})
    field.press_sequentially("fjord")
    option = page.get_by_role("option", name="Preventing war in the fjords")
    expect(option).to_be_in_viewport(ratio=1)
    assert option.bounding_box()["height"] >= 24
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    option.click()
    page.wait_for_url("**/cases/preventing-war-in-the-fjords/")


def test_nothing_found_is_said_and_no_list_is_shown(open_window, shelf):
    page, field = opened(open_window)
    field.press_sequentially("zzz")
    expect(page.locator("form [role=status]")).to_contain_text("No suggestions")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_an_answer_that_is_late_or_missing_disturbs_nobody(open_window, shelf):
    page, field = opened(open_window)
    page.route("**/suggest/**", lambda route: route.fulfill(status=500, body="no"))
    field.press_sequentially("fjord")
    page.wait_for_timeout(400)
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press("Enter")
    page.wait_for_url("**/cases/?q=fjord")


def test_without_a_script_it_is_a_plain_field(open_window, shelf):
    page = open_window(java_script_enabled=False)
    page.goto("/")
    field = page.get_by_role("searchbox", name="Search the cases").first
    field.fill("fjords")
    field.press("Enter")
    page.wait_for_url("**/cases/?q=fjords")
    expect(page.get_by_role("link", name="Preventing war in the fjords").first).to_be_visible()
