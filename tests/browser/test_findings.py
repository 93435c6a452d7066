"""Findings in a browser: mended by one press that can be undone, dismissed with a word."""

import pytest
from playwright.sync_api import expect

from cases.models import Case, Dismissal
from tests.browser.test_accessibility import OPTIONS, Axe
from tests.factories import make_case, make_source

pytestmark = pytest.mark.browser
BODY = "They left the the town.[@hay2001, p. 2]\n\nThe XYZQ came.[@hay2001, p. 3]"


@pytest.fixture
def case(transactional_db, vocabularies):
    return make_case(source=make_source("hay2001"), body=BODY)


@pytest.fixture
def address(case):
    return f"/admin/cases/case/{case.pk}/change/"


@pytest.fixture
def desk(open_window, editor, address):
    """The case's form, open in a window."""
    desk = open_window(editor, viewport={"width": 1280, "height": 900})
    desk.goto(address)
    expect(desk.locator("[data-keep-at][data-ready]")).to_have_count(1)
    return desk


def finding(desk, words):
    return desk.locator("#findings > ol > li", has_text=words)


def test_one_press_mends_and_one_undoes_it(desk):
    twice = finding(desk, "stands twice")
    expect(twice.locator("del")).to_have_text("the the")
    expect(twice.locator("ins")).to_have_text("the")
    twice.get_by_role("button", name="Mend").click()
    expect(desk.locator("#id_body")).to_have_value(BODY.replace("the the", "the"))
    expect(twice).to_have_count(0)
    desk.locator("#id_body").focus()
    desk.keyboard.press("Control+z")
    expect(desk.locator("#id_body")).to_have_value(BODY)
    expect(twice).to_have_count(1)


def test_a_mending_follows_its_words_when_text_is_typed_before_them(desk):
    press = finding(desk, "stands twice").get_by_role("button", name="Mend")
    press.wait_for()
    field = desk.locator("#id_body")
    field.evaluate("field => { field.value = `Typed. ${field.value}`; }")  # and nobody was told
    press.click()
    expect(field).to_have_value("Typed. " + BODY.replace("the the", "the"))


def test_what_is_dismissed_stays_so_until_its_sentence_changes(desk, address, editor):
    finding(desk, "XYZQ").get_by_role("button", name="Let it stand").click()
    dialog = desk.get_by_role("dialog", name="Let a finding stand")
    expect(dialog).to_contain_text("“XYZQ” is never spelled out.")
    desk.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_have_text("Say in a word why it may stand.")
    desk.keyboard.type("Known to all.\n")
    expect(dialog).to_be_hidden()
    expect(finding(desk, "XYZQ")).to_have_count(0)
    assert Dismissal.objects.get().word == "Known to all."
    assert Case.objects.get().body == BODY  # nothing was saved
    desk.goto(address)
    expect(finding(desk, "XYZQ")).to_have_count(0)
    desk.locator("#findings summary").click()
    expect(desk.locator("#findings .dismissed")).to_contain_text("edith let it stand on")
    desk.locator("#id_body").fill(BODY.replace("XYZQ", "XYZQR"))
    expect(finding(desk, "XYZQR")).to_have_count(1)
    desk.locator("#id_body").fill(BODY)
    expect(finding(desk, "XYZQ")).to_have_count(0)
    desk.locator("#findings summary").click()
    desk.get_by_role("button", name="Take it up again").click()
    expect(finding(desk, "XYZQ")).to_have_count(1)


def test_a_whole_sentence_that_changes_brings_its_slip_back(desk):
    finding(desk, "stands twice").get_by_role("button", name="Let it stand").click()
    desk.keyboard.type("A quotation.\n")
    expect(finding(desk, "stands twice")).to_have_count(0)
    desk.locator("#id_body").fill(BODY.replace("town", "city"))
    expect(finding(desk, "stands twice")).to_have_count(1)


def test_hints_come_when_asked_for_and_stay_while_one_types(desk):
    switch = desk.get_by_role("button", name="Hints too")
    hint = finding(desk, "The conflict is missing")
    expect(hint).to_have_count(0)
    switch.click()
    expect(hint).to_have_count(1)
    expect(switch).to_have_attribute("aria-pressed", "true")
    desk.locator("#id_standfirst").fill("How it ended.")
    expect(hint).to_have_count(1)
    switch.click()
    expect(hint).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_and_its_dialog_are_clean(open_window, editor, address, width, scheme):
    size = {"width": width, "height": 800}
    desk = open_window(editor, viewport=size, color_scheme=scheme, bypass_csp=True)
    desk.goto(address)
    expect(desk.locator("[data-keep-at][data-ready]")).to_have_count(1)
    assert Axe().run(desk, options=OPTIONS).response["violations"] == []
    finding(desk, "XYZQ").get_by_role("button", name="Let it stand").click()
    assert Axe().run(desk, options=OPTIONS).response["violations"] == []
    desk.keyboard.type("So.\n")
    desk.locator("#findings summary").click()
    assert Axe().run(desk, options=OPTIONS).response["violations"] == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert desk.evaluate(wide) <= 0


def test_all_of_it_works_without_a_script(open_window, editor, address):
    desk = open_window(editor, java_script_enabled=False)
    desk.goto(address)
    desk.locator("#id_title").fill("Typed too")
    finding(desk, "stands twice").get_by_role("button", name="Mend").click()
    expect(desk.locator("#id_body")).to_have_value(BODY.replace("the the", "the"))
    expect(desk.locator("#id_title")).to_have_value("Typed too")
    finding(desk, "XYZQ").get_by_role("button", name="Let it stand").click()
    desk.get_by_label("Why may it stand?").fill("Known to all.")
    desk.get_by_role("button", name="Let it stand").click()
    expect(desk.locator("#id_title")).to_have_value("Typed too")
    expect(desk.locator("#findings .dismissed")).to_contain_text("Known to all.")
    assert Case.objects.get().body == BODY
