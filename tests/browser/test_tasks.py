"""What a scholar does with a case, counted in clicks and keys."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.factories import make_edition, make_source

pytestmark = pytest.mark.browser
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture
def edition(transactional_db, vocabularies):
    make_source("read2001")
    return make_edition(
        body="The first forces, badly led, withdrew.[@read2001] The second stayed on. "
        "A third came.\n\nAnother paragraph says more.[@read2001, p. 3]"
    )


def test_to_cite_takes_one_click(open_window, edition):
    page = open_window()
    page.goto(edition.get_absolute_url())
    page.get_by_role("link", name="Cite", exact=True).click()
    expect(page.locator("#citation")).to_be_in_viewport()


def test_to_link_a_sentence_takes_two(open_window, edition, live_server):
    page = open_window(**CLIPBOARD)
    page.goto(edition.get_absolute_url())
    page.locator(".prose p").first.hover()
    page.locator("a.ways").first.click()
    page.get_by_role("button", name=re.compile("Link: The second")).click()
    expect(page.locator(".ways-box [role=status]")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"{edition.permanent_path}s/p1s2/")
    page.goto(urlsplit(copied).path)
    assert page.url.endswith(f"{edition.get_absolute_url()}#p1s2")
    expect(page.locator("#p1s2")).to_be_in_viewport()


def test_a_sentence_is_quoted_with_its_citation_by_keyboard(open_window, edition):
    page = open_window(**CLIPBOARD)
    page.goto(edition.get_absolute_url())
    page.locator("a.ways").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("Quote: The second")).press("Enter")
    expect(page.locator(".ways-box [role=status]")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“The second stayed on.” Ann Author. ")
    page.keyboard.press("Escape")
    expect(page.locator(".ways-box")).to_have_count(0)
    expect(page.locator("a.ways").first).to_be_focused()


def test_no_sentence_is_a_tab_stop(open_window, edition):
    page = open_window()
    page.goto(edition.get_absolute_url())
    assert page.locator(".prose span[tabindex], .side-notes a:not([tabindex='-1'])").count() == 0
    assert page.locator("a.ways").count() == 2


SELECT = """() => {
  const text = document.querySelector('#p1s1').firstChild;
  const range = document.createRange();
  range.setStart(text, text.data.indexOf('orces'));
  range.setEnd(text, text.data.indexOf('badly') + 2);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_a_selection_is_reported_by_keyboard_in_two_keys_with_whole_words(open_window, edition):
    page = open_window()
    page.goto(edition.get_absolute_url())
    page.evaluate(SELECT)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Report a mistake in this passage")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/correct/**")
    assert parse_qs(urlsplit(page.url).query)["passage"] == ["forces, badly"]
    expect(page.get_by_label("Passage it is about")).to_have_value("forces, badly")


def test_a_selection_with_caret_keys_is_reported_too(open_window, edition):
    """As with caret browsing: the selection grows from the keyboard, the focus is elsewhere."""
    page = open_window()
    page.goto(edition.get_absolute_url())
    page.locator("#search").focus()
    page.evaluate(SELECT)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Report a mistake in this passage")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Report a mistake in this passage")).to_have_count(0)


def test_a_term_is_defined_on_focus_and_on_hover(open_window, edition):
    page = open_window()
    page.goto(edition.get_absolute_url())
    link = page.locator(".facts a[data-term*='initiative-types']").first
    page.keyboard.press("Tab")
    link.focus()
    expect(page.get_by_role("tooltip")).to_contain_text("third part")
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_have_count(0)
    page.locator("h1").click()
    link.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()


def test_without_a_script_the_paragraph_leads_to_its_address(open_window, edition):
    page = open_window(java_script_enabled=False)
    page.goto(edition.get_absolute_url())
    page.locator("a.ways").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{edition.get_absolute_url()}#p1")


def test_on_a_phone_the_text_comes_first_and_the_facts_unfold(open_window, edition):
    page = open_window(viewport={"width": 360, "height": 800})
    page.goto(edition.get_absolute_url())
    assert page.locator("#p1s1").bounding_box()["y"] < 900
    expect(page.locator(".facts")).to_be_hidden()
    page.locator(".facts-fold summary").press("Enter")
    expect(page.locator(".facts")).to_be_visible()
    expect(page.locator(".menu a").first).to_be_hidden()
    page.get_by_role("button", name="Menu").press("Enter")
    expect(page.locator(".menu a").first).to_be_visible()


def test_on_a_wide_screen_facts_and_notes_are_there_at_once(open_window, edition):
    page = open_window(viewport={"width": 1280, "height": 800})
    page.goto(edition.get_absolute_url())
    expect(page.locator(".facts")).to_be_visible()
    expect(page.locator(".side-notes p").first).to_be_visible()
    expect(page.locator(".menu-button")).to_be_hidden()
