"""Reviewing by keyboard alone, counted in steps; its pages under axe, narrow and wide."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from cases import services as cases
from desk import services
from editions.models import Edition
from reviews import claims, comments, links
from reviews.comments import paragraphs_of
from reviews.models import ChecklistItem, Thread
from tests.browser.test_accessibility import faults
from tests.factories import make_case, make_edition

pytestmark = pytest.mark.browser
TABS = 150  # more than any page of the desk has before what is looked for


@pytest.fixture
def waiting(editor):
    return cases.submit(make_case(by=editor), by=editor, reason="Ready.")


@pytest.fixture
def changed(editor):
    case = make_edition().case
    case.refresh_from_db()
    case = cases.change_case(case, by=editor, reason="Names the town.", location="Khujand")
    return cases.submit(case, by=editor, reason="Ready again.")


def reach(page, target):
    """Go to it with the Tab key, as whoever has no mouse does."""
    expect(target).to_be_visible()
    for _ in range(TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Not reached: {target}")


class Steps:
    """Counts what somebody does: each thing that is opened, chosen, typed or pressed."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, target, key="Enter"):
        reach(self.page, target)
        self.page.keyboard.press(key)
        self.count += 1


def test_a_first_edition_takes_two_steps_from_the_dashboard(open_window, moderator, waiting):
    page = open_window(moderator)
    steps = Steps(page)
    steps.press(page.locator("#content").get_by_role("link", name=waiting.title).first)
    page.wait_for_url("**/admin/review/*/")
    steps.press(page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_text("Published:")).to_be_visible()
    assert (steps.count, Edition.objects.get().number) == (2, 1)


def test_a_later_edition_takes_three(open_window, moderator, changed):
    page = open_window(moderator)
    steps = Steps(page)
    steps.press(page.locator("#content").get_by_role("link", name=changed.title).first)
    page.wait_for_url("**/admin/review/*/")
    steps.press(page.get_by_label("Editorial change", exact=True), "ArrowDown")
    expect(page.get_by_label("Correction", exact=True)).to_be_checked()
    steps.press(page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_text("Published:")).to_be_visible()
    edition = Edition.objects.current().get()
    assert (steps.count, edition.kind) == (3, "correction")
    assert edition.change_note == "Names the town."


def test_what_is_typed_stays_through_a_claim_and_a_tick(open_window, moderator, changed):
    ChecklistItem.objects.create(text="Every number has a note", is_required=True)
    page = open_window(moderator)
    page.goto(reverse("admin:review", args=[changed.pk]))
    page.get_by_label("Change note").fill("Half a sentence")
    page.get_by_role("button", name="Claim it").press("Enter")
    expect(page.get_by_text("You have claimed this case.")).to_be_visible()
    expect(page.get_by_label("Change note")).to_have_value("Half a sentence")
    page.get_by_label("Every number has a note").check()
    page.get_by_role("button", name="Keep the ticks").press("Enter")
    expect(page.get_by_text("ticked by maud")).to_be_visible()
    expect(page.get_by_label("Change note")).to_have_value("Half a sentence")


def test_a_paragraph_is_commented_on_answered_and_resolved(open_window, editor, moderator, waiting):
    page = open_window(moderator)
    page.goto(reverse("admin:review", args=[waiting.pk]))
    page.get_by_role("link", name="Comment on paragraph 1").press("Enter")
    page.get_by_role("textbox", name="Comment:").fill("In which spring?")
    page.get_by_role("button", name="Comment", exact=True).press("Enter")
    page.wait_for_url("**#thread-*")
    page.get_by_role("link", name="Review", exact=True).first.click()
    page.get_by_role("link", name="Open comment").press("Enter")
    desk = open_window(editor)
    desk.goto(reverse("admin:cases_case_change", args=[waiting.pk]))
    desk.get_by_role("textbox", name="Answer").fill("That of 1997.")
    desk.get_by_role("button", name="Answer and resolve").press("Enter")
    desk.wait_for_url("**/change/#thread-*")
    assert Thread.objects.get().resolved_by == editor


def test_control_s_saves_the_case_and_not_an_answer_beside_it(
    open_window, editor, moderator, waiting
):
    thread = comments.comment(waiting, by=moderator, text="In which spring?")
    desk = open_window(editor)
    desk.goto(reverse("admin:cases_case_change", args=[waiting.pk]))
    desk.locator("#id_standfirst").fill("In Khujand.")
    desk.get_by_label("Why this change?").fill("The town.")
    desk.keyboard.press("Control+s")
    expect(desk.locator(".messagelist")).to_be_visible(timeout=30_000)
    waiting.refresh_from_db()
    assert (waiting.standfirst, thread.comments.count()) == ("In Khujand.", 1)
    desk.get_by_role("textbox", name="Answer").fill("That of 1997.")
    desk.keyboard.press("Control+s")
    desk.wait_for_url("**#thread-*")
    thread.refresh_from_db()
    assert (thread.comments.count(), thread.resolved_by) == (2, None)


def test_the_pages_of_a_review_are_clean(open_window, editor, moderator, waiting, changed):
    ChecklistItem.objects.create(text="Every number has a note", is_required=True)
    for case in (waiting, changed):
        about = paragraphs_of("<p>The talks began in spring. They ended well.</p>")[0]
        thread = comments.comment(case, by=moderator, text="In which spring?", about=about)
        comments.reply(thread, by=editor, text="That of 1997.")
        comments.resolve(comments.comment(case, by=editor, text="Who reads it?"), by=moderator)
    claims.claim(waiting, by=moderator)
    claims.set_due(waiting, by=moderator, due=timezone.localdate() - timedelta(days=2))
    until = timezone.now() + timedelta(days=1)
    _link, token = links.make_link(waiting, by=moderator, for_whom="Ada", ends_at=until)
    page = open_window(moderator, bypass_csp=True)  # axe sets styles to measure
    addresses = [
        reverse("admin:index"),
        reverse("admin:review_queue"),
        *(reverse("admin:review", args=[case.pk]) for case in (waiting, changed)),
        reverse("admin:comments", args=[waiting.pk]) + "?paragraph=p1",
        reverse("admin:draft_links", args=[waiting.pk]),
        reverse("admin:cases_case_change", args=[waiting.pk]),
        f"/drafts/{token}/",
        "/admin/reviews/checklistitem/add/",
    ]
    found = []
    for address in addresses:
        found += faults(page, address)
        page.set_viewport_size({"width": 360, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, (address, wide)
    assert found == []


def test_the_reader_of_a_draft_and_of_an_unread_edition_is_told(open_window, administrator):
    case = cases.submit(make_case(by=administrator), by=administrator, reason="Ready.")
    edition = services.publish(case, by=administrator, unread_reason="Nobody else is here.")
    page = open_window()
    page.goto(edition.get_absolute_url())
    expect(page.locator("main")).to_contain_text(
        re.compile("Published without a second reading.*Nobody else is here.")
    )
