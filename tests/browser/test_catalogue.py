"""What a reader comes for, and in how many interactions it is had.

An interaction is a link followed, a button pressed, or a form filled in and sent.
"""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.factories import make_edition, make_organisation

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 360, "height": 740}}


class Counted:
    """A window that counts what its reader does."""

    def __init__(self, page):
        self.page, self.interactions = page, 0

    def follow(self, name, within="body"):
        self.interactions += 1
        self.page.locator(within).get_by_role("link", name=name).first.click()

    def press(self, name):
        self.interactions += 1
        self.page.locator("summary, button").filter(has_text=name).first.click()

    def fill_in(self, **fields):
        self.interactions += 1
        for name, value in fields.items():
            last = self.page.locator(f"main [name={name}]")
            last.fill(value)
        last.press("Enter")


def titles(page):
    return page.locator(".entry h3").all_inner_texts()


def collection():
    """Five cases, of which one is a mediation in Africa that overlaps 1989 to 1999."""
    un = make_organisation("United Nations")
    for title, over in {
        "Wanted": {"countries": ["MOZ"], "start_year": 1990, "end_year": 1994},
        "Too late": {"countries": ["MOZ"], "start_year": 2003, "end_year": 2005},
        "Too early": {"countries": ["MOZ"], "start_year": 1961, "end_year": 1988},
        "Elsewhere": {"countries": ["PER"], "start_year": 1992, "end_year": 1995},
        "Another way": {"countries": ["MOZ"], "start_year": 1992, "end_year": 1995},
    }.items():
        kind = "peacekeeping" if title == "Another way" else "mediation"
        make_edition(title=title, initiative_types=[kind], organisations=[un], **over)


@pytest.mark.parametrize(
    "options", [{}, {"java_script_enabled": False}, {**PHONE, "java_script_enabled": False}]
)
def test_mediation_in_africa_from_1989_to_1999_takes_three_interactions(open_window, options):
    collection()
    page = open_window(**options)
    page.goto("/")
    reader = Counted(page)
    reader.follow("Who mediates?")
    if "viewport" in options:
        page.locator(".facets > summary").click()  # the facets are folded on a phone
    reader.follow("African", within=".facets")
    if "viewport" in options:
        page.locator(".facets > summary").click()
    reader.fill_in(**{"from": "1989", "to": "1999"})
    assert titles(page) == ["Wanted"]
    assert reader.interactions <= 3
    expect(page.locator(".tally").get_by_role("status")).to_contain_text("1 case")
    page.go_back()
    page.go_back()
    assert {"Wanted", "Too late", "Too early"} <= set(titles(page))


def test_peacekeeping_that_failed_takes_two_interactions(open_window):
    make_edition(title="Wanted", impact="failed", initiative_types=["peacekeeping"])
    make_edition(title="Held", impact="lasting", initiative_types=["peacekeeping"])
    make_edition(title="Talked", impact="failed")
    page = open_window()
    page.goto("/")
    reader = Counted(page)
    reader.follow("What failed?")
    reader.follow("Peacekeeping mission", within=".facets")
    assert titles(page) == ["Wanted"]
    assert reader.interactions <= 2


def test_every_case_is_a_mark_on_the_front_page_that_leads_to_it(open_window):
    make_edition(title="One", end_year=1990, start_year=1989)
    make_edition(title="Other", impact="failed", end_year=2001)
    page = open_window()
    page.goto("/")
    marks = page.locator(".outcomes .marks a")
    assert marks.count() == 2
    marks.last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Other")


def test_bibtex_of_the_edition_on_screen_takes_two_interactions(open_window):
    edition = make_edition(title="To be cited")
    page = open_window()
    page.goto(edition.get_absolute_url())
    reader = Counted(page)
    reader.press("BibTeX")
    expect(page.get_by_text("@techreport{")).to_be_visible()
    assert reader.interactions <= 2


def test_the_csv_of_a_question_takes_two_interactions(open_window):
    collection()
    page = open_window(accept_downloads=True)
    page.goto("/")
    reader = Counted(page)
    reader.fill_in(q="peru")
    with page.expect_download() as download:
        reader.follow("CSV")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert row["title"] == "Elsewhere"
    assert reader.interactions <= 2


def test_one_walks_through_the_cases_one_asked_for(open_window):
    collection()
    page = open_window()
    page.goto("/cases/?country=moz&sort=oldest")
    assert titles(page) == ["Too early", "Wanted", "Another way", "Too late"]
    page.get_by_role("link", name="Wanted").click()
    walk = page.get_by_role("navigation", name="Through the cases you asked for")
    expect(walk).to_contain_text("Case 2 of 4")
    walk.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Another way")
    walk.get_by_role("link", name="Previous").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wanted")
    walk.get_by_role("link", name="Case 2 of 4").click()
    assert titles(page) == ["Too early", "Wanted", "Another way", "Too late"]
    page.goto(page.url.split("?")[0])
    assert page.get_by_role("navigation", name="Through").count() == 0


def test_the_charts_follow_the_question_and_lead_back_to_the_list(open_window):
    collection()
    page = open_window()
    page.goto("/cases/?initiative=mediation")
    page.get_by_role("link", name="Timeline", exact=True).click()
    expect(page.locator(".timeline ol li")).to_have_count(4)
    page.get_by_role("link", name="Map", exact=True).click()
    place = page.get_by_role("link", name="Mozambique: 3 cases")
    place.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**country=moz**")
    assert len(titles(page)) == 3
    page.get_by_role("link", name="Evidence grid", exact=True).click()
    page.locator(".evidence td a").first.click()
    assert len(titles(page)) == 3
    assert "conflict=vertical-intrastate" in page.url


def test_what_found_nothing_is_put_right_in_one_step(open_window):
    make_edition(title="Ending the armed conflict in Bougainville", location="Bougainville")
    page = open_window()
    page.goto("/cases/?q=Bouganville")
    page.locator(".meant").get_by_role("link").click()
    assert titles(page) == ["Ending the armed conflict in Bougainville"]
