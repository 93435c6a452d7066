"""How to cite, in a browser: what is shown is copied, by keyboard too."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_edition

pytestmark = pytest.mark.browser


def test_bibtex_is_shown_and_copied_by_keyboard_in_two_steps(open_window):
    edition = make_edition(title="Ending “x” </script> & <b>")
    page = open_window(permissions=["clipboard-read", "clipboard-write"])
    page.goto(edition.get_absolute_url())
    page.locator("summary", has_text="BibTeX").press("Enter")
    expect(page.locator("#citation-bib")).to_be_visible()
    button = page.get_by_role("button", name="Copy as BibTeX")
    button.press("Enter")
    said = page.locator("details", has=button).get_by_role("status")
    expect(said).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#citation-bib").text_content() + "\n"
    assert copied.startswith("@techreport{") and "\n  author = {" in copied


def test_a_citation_is_copied_as_one_line(open_window):
    edition = make_edition()
    page = open_window(permissions=["clipboard-read", "clipboard-write"])
    page.goto(edition.get_absolute_url())
    page.locator("summary", has_text="APA").click()
    page.get_by_role("button", name="Copy as APA").click()
    expect(page.locator("details[open] [role=status]")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Author, A. (")
    assert "\n" not in copied


def test_every_way_opens_without_a_script(open_window):
    edition = make_edition()
    page = open_window(java_script_enabled=False)
    page.goto(edition.get_absolute_url())
    page.locator("summary", has_text="BibTeX").click()
    expect(page.locator("#citation-bib")).to_be_visible()
    expect(page.locator(".cite button:visible")).to_have_count(0)
