"""The whole loop in a browser: manuscript, case, edition, reader, correction, edition 2."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cases.models import Case
from editions.models import Edition
from tests.factories import make_edition, make_source

pytestmark = pytest.mark.browser

MANUSCRIPT = (Path(__file__).parent / "manuscript.txt").read_text(encoding="utf-8")
SLUG = "ending-the-armed-conflict-in-tajikistan"


def save(desk, why, button="_save"):
    desk.get_by_label("Why this change?").fill(why)
    desk.locator(f"[name={button}]").click()
    expect(desk.locator(".errornote")).to_have_count(0)


def import_and_submit(desk):
    desk.get_by_role("link", name="Import a manuscript").first.click()
    desk.get_by_label("Text", exact=False).first.fill(MANUSCRIPT)
    desk.get_by_role("button", name="Read it").click()
    expect(desk.get_by_role("heading", name="What was understood")).to_be_visible()
    desk.get_by_role("button", name="Accept").click()
    case = Case.objects.get()
    desk.goto(f"/admin/cases/case/{case.pk}/change/")
    desk.get_by_text("Authors, address and licence").click()
    desk.get_by_role("textbox", name="Authors:").fill("Ann Author")
    desk.get_by_role("button", name="Preview beside the text").click()
    preview = desk.frame_locator("iframe")
    expect(preview.get_by_text("War broke out in May 1992")).to_be_visible()
    save(desk, "Credited the author.", "_submit_for_review")
    assert Case.objects.get().stage == Case.Stage.IN_REVIEW
    return case


def publish(desk, case, **fields):
    desk.goto("/admin/")
    desk.get_by_role("link", name=case.title).first.click()
    if fields:
        desk.get_by_label("Correction", exact=True).check()
        desk.get_by_label("Change note").fill(fields["change_note"])
        desk.get_by_role("checkbox", name=re.compile("^C-")).check()
    desk.get_by_role("button", name="Publish", exact=True).click()


def read_and_correct(reading, title):
    """Find the case, look at a note, send a correction; the sender's status page."""
    reading.goto("/")
    reading.get_by_role("combobox").first.fill("peacekeepers")
    reading.keyboard.press("Enter")
    reading.get_by_role("link", name=title).first.click()
    expect(reading.get_by_role("heading", level=1)).to_have_text(title)
    expect(reading.locator(".side-notes")).to_contain_text("Dov Lynch")
    expect(reading.get_by_text("Corrections or comments about this article?")).to_be_visible()
    reading.get_by_role("link", name="Send a correction or comment").click()
    reading.get_by_label("What is wrong or missing?").fill("It is a Commonwealth.")
    reading.get_by_label("Passage it is about").fill("Confederation of Independent States")
    reading.get_by_label("Suggested wording").fill("Commonwealth of Independent States")
    reading.get_by_role("button", name="Send").click()
    reading.wait_for_url("**/corrections/status/*/")
    return reading.url


def take_and_accept(moderation):
    moderation.goto("/admin/corrections-desk/")
    moderation.get_by_role("link", name=re.compile("C-")).first.click()
    expect(moderation.locator("mark")).to_have_text("Confederation of Independent States")
    moderation.get_by_role("button", name="Take it").click()
    if not moderation.get_by_role("button", name="Accept").count():
        moderation.goto("/admin/corrections-desk/?show=mine")
        moderation.get_by_role("link", name=re.compile("C-")).first.click()
    moderation.get_by_label("Why", exact=False).last.fill("The name was wrong.")
    moderation.get_by_role("button", name="Accept").click()


def mend_and_submit(desk, case):
    desk.goto(f"/admin/cases/case/{case.pk}/change/")
    text = desk.locator("#id_body")
    text.fill(text.input_value().replace("Confederation", "Commonwealth"))
    save(desk, "Mended the name.", "_submit_for_review")


def read_what_became_of_it(reading, status):
    main = reading.locator("main")
    reading.goto(status)
    reading.get_by_role("link", name="Read the public notice").click()
    expect(main).to_contain_text("The name was wrong.")
    reading.goto(f"/cases/{SLUG}/")
    expect(main).to_contain_text("Corrected on")
    expect(main).to_contain_text("Commonwealth of Independent States")
    reading.goto("/corrections/")
    expect(main).to_contain_text("The name was wrong.")
    reading.goto(f"/cases/{SLUG}/compare/1/2/")
    expect(reading.locator("ins", has_text="Commonwealth").first).to_be_visible()
    expect(reading.locator("del", has_text="Confederation").first).to_be_visible()
    reading.goto(f"/cases/{SLUG}/editions/1/")
    expect(main).to_contain_text("edition 2")


def test_from_manuscript_to_the_notice_of_edition_two(open_window, editor, moderator):
    desk, moderation, reading = open_window(editor), open_window(moderator), open_window()
    case = import_and_submit(desk)
    publish(moderation, case)
    assert Edition.objects.get().number == 1
    status = read_and_correct(reading, case.title)
    take_and_accept(moderation)
    mend_and_submit(desk, case)
    publish(moderation, case, change_note="Corrects the name of the Commonwealth.")
    assert Edition.objects.current().get().number == 2
    read_what_became_of_it(reading, status)


def test_a_reader_without_script_reads_finds_and_corrects(open_window):
    edition = make_edition(title="Ending the quiet war")
    reading = open_window(java_script_enabled=False, viewport={"width": 360, "height": 800})
    reading.goto("/cases/?q=quiet")
    reading.get_by_role("link", name=edition.title).click()
    reading.locator(".note-ref a").first.click()
    assert reading.url.endswith("#note-1")
    reading.get_by_role("link", name="Send a correction or comment").click()
    reading.get_by_role("button", name="Send").click()
    expect(reading.get_by_text("There is a problem")).to_be_visible()
    reading.get_by_label("What is wrong or missing?").fill("The year.")
    reading.get_by_role("button", name="Send").click()
    reading.wait_for_url("**/corrections/status/*/")


def test_a_selected_passage_is_carried_to_the_form(open_window):
    edition = make_edition()
    reading = open_window()
    reading.goto(edition.get_absolute_url())
    reading.locator("[data-noted] p span").first.select_text()
    reading.get_by_role("link", name="Report a mistake in this passage").or_(
        reading.get_by_role("button", name="Report a mistake in this passage")
    ).click()
    expect(reading.get_by_label("Passage it is about")).to_have_value(re.compile("The talks began"))


def test_the_keyboard_reaches_a_note_and_comes_back(open_window):
    edition = make_edition()
    reading = open_window()
    reading.goto(edition.get_absolute_url())
    reading.locator(".note-ref a").first.focus()
    expect(reading.locator(".note-card")).to_be_visible()
    reading.keyboard.press("Escape")
    expect(reading.locator(".note-card")).to_have_count(0)
    reading.keyboard.press("Enter")
    assert reading.url.endswith("#note-1")
    reading.locator("#note-1 .note-back").click()
    assert reading.url.endswith("#ref-1")


@pytest.mark.parametrize("width", [700, 1400])
def test_a_note_opened_at_the_foot_of_the_window_is_seen_whole(open_window, width):
    source = make_source()
    body = f"{'A peace. ' * 900} Claim.[@{source.key}, p. 1] {'It held. ' * 900}"
    edition = make_edition(source=source, body=body)
    reading = open_window(viewport={"width": width, "height": 700})
    reading.goto(edition.get_absolute_url())
    marker = reading.locator(".note-ref a").first
    marker.evaluate("a => scrollBy(0, a.getBoundingClientRect().bottom - innerHeight + 8)")
    marker.hover()
    card = reading.locator(".note-card" if width < 1200 else ".side-notes p")
    expect(card).to_be_in_viewport(ratio=1 if width < 1200 else 0.3)
