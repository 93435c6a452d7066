"""The lists of the desk, the history, the import and the forms that look for doubles: under axe,
within the window, and by keyboard alone."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from cases import services
from cases.models import Case
from corrections import services as corrections
from manuscripts.models import ImportPoint
from tests.browser.test_accessibility import OPTIONS
from tests.desk.test_manuscripts import ARTICLE
from tests.factories import make_case, make_edition, make_organisation, make_source

pytestmark = pytest.mark.browser

LIST = "/admin/cases/case/"
PICTURES = os.environ.get("PICTURES")  # a folder for them


def _look(page, name, found):
    """What axe finds on the page as it stands, and what is wider than the window."""
    for scheme in ("light", "dark"):
        for width in (360, 1280):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_timeout(100)
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/{name}-{scheme}-{width}.png", full_page=True)
            for fault in Axe().run(page, options=OPTIONS).response["violations"]:
                where = "; ".join(str(node["target"]) for node in fault["nodes"][:3])
                found.append(f"{name} {scheme} {width}: {fault['id']}: {where}")
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if wide > 0:
                found.append(f"{name} {scheme} {width}: {wide} px too wide")


@pytest.fixture
def case(transactional_db, vocabularies, editor, moderator):
    """One case of each kind in the lists; this one has been in print, and changed since."""
    edition = make_edition(
        title="Ending the armed conflict over the long valley and its three towns",
        conflict="tajikistan",
    )
    corrections.send(edition, message="The year is wrong.")
    case = services.change_case(
        Case.objects.get(), by=editor, reason="A place.", location="Khujand"
    )
    services.assign(case, to=editor, by=moderator)
    services.submit(make_case(editor), by=editor, reason="Ready.")
    make_case(body="It cites what is not there.[@nobody1999]")
    for n in range(3):
        ImportPoint.objects.create(case=case, position=n, code="x", line=n + 1, text=f"Look {n}.")
    return case


def test_lists_and_history_are_clean_and_fit(open_window, case, moderator):
    make_organisation("United Peace", short_name="UP")
    page, found = open_window(moderator, bypass_csp=True), []
    for name, address in (
        ("cases", LIST),
        ("cases-empty", f"{LIST}?stage=withdrawn"),
        ("cases-assign", f"{LIST}several/assign/?case={case.pk}"),
        ("cases-submit", f"{LIST}several/submit/?case={case.pk}"),
        ("history", f"{LIST}{case.pk}/history/"),
        ("points", reverse("admin:import_points", args=[case.pk])),
        ("review-queue", reverse("admin:review_queue")),
        ("corrections-queue", reverse("admin:corrections_desk")),
        ("sources", reverse("admin:sources_source_changelist")),
        ("organisations", reverse("admin:organisations_organisation_changelist")),
        ("dashboard", reverse("admin:index")),
    ):
        page.goto(address)
        _look(page, name, found)
    assert found == []


def test_the_forms_that_look_for_doubles_and_the_import_are_clean_and_fit(
    open_window, transactional_db, vocabularies, editor
):
    make_organisation("African Union", short_name="AU")
    make_source("lynch2001", title="Peace and its makers", issued="2001")
    make_source("writer2003", title="Another Made-up Book", authors=[("Ben", "Writer")],
                publisher="Somewhere Else", issued="2003")  # fmt: skip
    page, found = open_window(editor, bypass_csp=True), []
    page.goto(reverse("admin:organisations_organisation_add"))
    _look(page, "organisation", found)
    page.fill("#id_name", "Áfrican Union")
    page.fill("#id_slug", "african")
    page.fill("#id_reason", "New.")
    page.press("#id_reason", "Enter")
    expect(page.get_by_role("heading", name="Is it one of these?")).to_be_visible()
    _look(page, "organisation-held", found)
    page.goto(reverse("admin:sources_source_add"))
    _look(page, "source", found)
    page.fill("#id_title", "Peace and its makers")
    page.fill("#id_issued", "2001")
    page.fill("#id_key", "lynch2001b")
    page.fill("#id_reason", "New.")
    page.press("#id_reason", "Enter")
    expect(page.get_by_role("heading", name="Is it one of these?")).to_be_visible()
    _look(page, "source-held", found)
    page.goto(reverse("admin:import"))
    page.fill("#id_text", ARTICLE)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="Which is meant?")).to_be_visible()
    _look(page, "import", found)
    assert found == []


def test_chips_and_several_at_once_by_keyboard_alone(open_window, case, editor, moderator):
    page = open_window(editor)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(LIST)
    page.get_by_role("link", name="Drafts").press("Enter")
    page.wait_for_url("**stage=draft")
    expect(page.get_by_role("link", name="Drafts")).to_have_attribute("aria-current", "page")
    box = page.get_by_role("row", name="long valley").get_by_role("checkbox")
    box.press("Space")
    page.locator("select[name=action]").focus()
    page.keyboard.type("Assign")
    page.get_by_role("button", name="Go").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Assign 1 case")
    page.locator("#id_to").focus()
    page.keyboard.type("maud")
    page.get_by_role("button", name="Assign", exact=True).press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("1 case is assigned to maud.")
    case.refresh_from_db()
    assert case.editor == moderator
    page.locator(".messagelist").get_by_role("link", name="Undo").press("Enter")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Undone for 1 case.")
    case.refresh_from_db()
    assert case.editor == editor


def test_on_a_phone_each_cell_says_its_column(open_window, case, editor):
    page = open_window(editor)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(LIST)
    cell = page.locator("td.field-stage_reached").first
    said = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert said == '"Stage"'
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_a_script_several_are_assigned_too(open_window, case, editor, moderator):
    page = open_window(editor, java_script_enabled=False)
    page.goto(LIST)
    page.locator(f"input[name=_selected_action][value='{case.pk}']").check()
    page.select_option("select[name=action]", "assign_several")
    page.get_by_role("button", name="Go").click()
    page.select_option("#id_to", str(moderator.pk))
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("1 case is assigned to maud.")
