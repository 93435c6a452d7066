"""The whole loop in a browser: manuscript, case, edition, reader, correction, edition 2."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cases.models import Case
from editions.models import Edition

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
    desk.get_by_label("Authors").fill("Ann Author")
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


def test_from_manuscript_to_the_notice_of_edition_two(open_window, editor, moderator):
    desk, moderation, reading = open_window(editor), open_window(moderator), open_window()

    case = import_and_submit(desk)
    publish(moderation, case)
    assert Edition.objects.get().number == 1

    reading.goto("/")
    reading.get_by_role("searchbox").first.fill("peacekeepers")
    reading.keyboard.press("Enter")
    reading.get_by_role("link", name=case.title).first.click()
    expect(reading.get_by_role("heading", level=1)).to_have_text(case.title)
    reading.locator(".note-ref a").first.hover()
    expect(reading.locator(".note-card")).to_contain_text("Dov Lynch")
    expect(reading.get_by_text("Corrections or comments about this article?")).to_be_visible()
    reading.get_by_role("link", name="Send a correction or comment").click()
    reading.get_by_label("What is wrong or missing?").fill("It is a Commonwealth.")
    reading.get_by_label("Passage it is about").fill("Confederation of Independent States")
    reading.get_by_label("Suggested wording").fill("Commonwealth of Independent States")
    reading.get_by_role("button", name="Send").click()
    expect(reading.get_by_role("heading", level=1)).to_be_visible()
    assert "/corrections/status/" in reading.url
    status = reading.url

    moderation.goto("/admin/corrections-desk/")
    moderation.get_by_role("link", name=re.compile("C-")).first.click()
    expect(moderation.locator("mark")).to_have_text("Confederation of Independent States")
    moderation.get_by_role("button", name="Take it").click()
    if not moderation.get_by_role("button", name="Accept").count():
        moderation.goto("/admin/corrections-desk/?show=mine")
        moderation.get_by_role("link", name=re.compile("C-")).first.click()
    moderation.get_by_label("Why", exact=False).last.fill("The name was wrong.")
    moderation.get_by_role("button", name="Accept").click()

    desk.goto(f"/admin/cases/case/{case.pk}/change/")
    text = desk.locator("#id_body")
    text.fill(text.input_value().replace("Confederation", "Commonwealth"))
    save(desk, "Mended the name.", "_submit_for_review")
    publish(moderation, case, change_note="Corrects the name of the Commonwealth.")
    assert Edition.objects.current().get().number == 2

    reading.goto(status)
    reading.get_by_role("link", name="Read the public notice").click()
    expect(reading.locator("main")).to_contain_text("The name was wrong.")
    reading.goto(f"/cases/{SLUG}/")
    expect(reading.locator("main")).to_contain_text("Corrected on")
    expect(reading.locator("article, main").first).to_contain_text(
        "Commonwealth of Independent States"
    )
    reading.goto("/corrections/")
    expect(reading.locator("main")).to_contain_text("The name was wrong.")
    reading.goto(f"/cases/{SLUG}/compare/1/2/")
    expect(reading.locator("ins", has_text="Commonwealth").first).to_be_visible()
    expect(reading.locator("del", has_text="Confederation").first).to_be_visible()
    reading.goto(f"/cases/{SLUG}/editions/1/")
    expect(reading.locator("main")).to_contain_text("edition 2")
