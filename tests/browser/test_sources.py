"""From a claim to what it rests on, and to what else rests on that."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_edition, make_source

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [900, 1280])
def test_from_a_claim_to_other_cases_that_rest_on_its_source_in_two(open_window, width):
    source = make_source("shared2001", title="The shared book")
    reading = make_edition(source=source)
    other = make_edition(source=source)
    page = open_window(viewport={"width": width, "height": 800})
    page.goto(f"/cases/{reading.case.slug}/")
    if width < 1200:
        page.locator(".note-ref a").first.hover()
        page.locator(".note-card").get_by_role("link", name="The shared book").click()
    else:
        page.locator(".side-notes .note-source").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The shared book")
    page.get_by_role("link", name=other.title).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(other.title)


def test_from_the_bibliography_to_the_source_by_keyboard(open_window):
    make_source("key2001", title="The key book")
    edition = make_edition(body="It ended.[@key2001]")
    page = open_window()
    page.goto(f"/cases/{edition.case.slug}/#bibliography")
    page.get_by_role("region", name="Bibliography").get_by_role("link", name="Source").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The key book")
