"""What a reader types into the form for corrections is not lost, whatever becomes of it."""

import pytest
from playwright.sync_api import expect

from corrections.models import Correction
from tests.factories import make_edition

pytestmark = pytest.mark.browser


def test_what_was_refused_comes_back_until_it_is_sent(open_window):
    edition = make_edition()
    page = open_window()
    page.goto(f"/cases/{edition.case.slug}/correct/")
    page.get_by_label("Evidence").fill("Smith, p. 4")
    page.get_by_label("What is wrong or missing?").fill("A slip. " * 9000)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What you sent is too large")
    page.get_by_role("link", name="Back to the form").click()
    message = page.get_by_label("What is wrong or missing?")
    expect(message).to_have_value("A slip. " * 9000)
    expect(page.get_by_label("Evidence")).to_have_value("Smith, p. 4")
    told = page.locator("[data-keep-told]")
    expect(told).to_have_text("This is what you had typed here before.")
    message.fill("A slip.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/corrections/status/*/")
    assert Correction.objects.get().evidence == "Smith, p. 4"
    page.goto(f"/cases/{edition.case.slug}/correct/")
    expect(page.get_by_label("What is wrong or missing?")).to_have_value("")
    expect(told).to_be_empty()


def test_without_cookies_nothing_that_was_typed_is_lost(open_window):
    edition = make_edition()
    page = open_window()
    page.goto(f"/cases/{edition.case.slug}/correct/")
    page.get_by_label("What is wrong or missing?").fill("A slip.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Nothing is lost: please send it again.")).to_be_visible()
    expect(page.get_by_label("What is wrong or missing?")).to_have_value("A slip.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/corrections/status/*/")
