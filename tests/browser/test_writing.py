"""Writing a case in a browser: task budgets by keyboard alone, the toolbar, findings, the preview,
and somebody else's save."""

import pytest
from playwright.sync_api import expect

from cases import services
from cases.models import Case
from tests.browser.test_accessibility import OPTIONS, Axe
from tests.factories import make_case, make_source

pytestmark = pytest.mark.browser
BODY = "First.[@hay2001, p. 2]\n\nSecond."


@pytest.fixture
def case(transactional_db, vocabularies):
    make_source("lynch2001", title="The Tajik War", authors=[("Dov", "Lynch")])
    return make_case(source=make_source("hay2001"), body=BODY)


@pytest.fixture
def desk(open_window, editor, case):
    """The case's form, open in a window."""
    desk = open_window(editor, viewport={"width": 1280, "height": 800})
    desk.goto(f"/admin/cases/case/{case.pk}/change/")
    expect(desk.locator("[data-keep-at][data-ready]")).to_have_count(1)
    return desk


def body(desk):
    return desk.locator("#id_body")


def select(desk, start, end=None):
    body(desk).focus()
    at = [start, start if end is None else end]
    body(desk).evaluate("(field, at) => field.setSelectionRange(...at)", at)


def selected(desk):
    chosen = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    return body(desk).evaluate(chosen)


def keys(desk, *steps):
    """Each step is one: a key pressed, or words typed; "see:…" waits for what the person sees."""
    count = 0
    for step in steps:
        if step.startswith("see:"):
            expect(desk.locator(step.removeprefix("see:")).first).to_be_visible()
            continue
        count += 1
        press = len(step) == 1 or step in ("Enter", "Tab") or "+" in step
        (desk.keyboard.press if press else desk.keyboard.type)(step)
    return count


def test_a_note_from_an_existing_source_takes_four_steps_by_keyboard(desk):
    select(desk, len(BODY))
    steps = keys(
        *(desk, "Control+Shift+K", "tajik war", "see:#cite-option-0:text('Tajik War')", "Enter"),
        *("see:[data-note]:text('Tajik War')", "pp. 52-4\n"),
    )
    assert steps <= 4
    expect(body(desk)).to_have_value(f"{BODY}[@lynch2001, pp. 52-4]")
    expect(body(desk)).to_be_focused()
    desk.keyboard.press("Control+z")
    expect(body(desk)).to_have_value(BODY)


def test_a_note_from_a_new_source_takes_six_steps_without_leaving(desk):
    select(desk, len(BODY))
    reference = "@book{doe2001, title={On peace}, author={Doe, Jane}, year={2001}}"
    steps = keys(
        *(desk, "Control+Shift+K", "Tab", "Enter", "Tab"),
        *(reference, "Control+Enter", "see:[data-note]:text('On peace')"),
    )
    expect(desk.get_by_label("Where in it")).to_be_focused()
    assert steps <= 6
    desk.keyboard.press("Enter")
    expect(body(desk)).to_have_value(f"{BODY}[@doe2001]")


def test_a_source_is_added_by_a_few_fields_and_one_like_it_is_offered_first(desk):
    select(desk, len(BODY))
    desk.get_by_role("button", name="Insert a citation").click()
    desk.get_by_text("Not there? Add a source").click()
    desk.locator("#few-title").fill("The Tajik War")
    desk.get_by_label("Authors, one per line").fill("Lynch, Dov")
    desk.get_by_label("Year or day").fill("2001")
    expect(desk.locator("[data-add-likes]")).to_contain_text("lynch2001")
    desk.locator("#few-title").fill("Quite another thing")
    expect(desk.locator("[data-add-told]")).to_contain_text("Key proposed: lynch2001b")
    desk.get_by_role("button", name="Add it", exact=True).click()
    expect(desk.locator("[data-note]")).to_contain_text("Quite another thing")
    desk.get_by_role("button", name="Insert", exact=True).click()
    expect(body(desk)).to_have_value(f"{BODY}[@lynch2001b]")


def test_the_note_is_shown_as_it_will_be_set(desk):
    select(desk, len(BODY))
    desk.keyboard.press("Control+Shift+K")
    desk.keyboard.type("hay2001")
    expect(desk.locator("#cite-options").get_by_role("option")).to_have_count(1)
    desk.keyboard.press("Enter")
    desk.keyboard.type("p. 9")
    expect(desk.locator("[data-note]")).to_contain_text("p.9")
    expect(desk.locator("[data-note]")).to_contain_text("2. ")
    expect(desk.locator("[data-note]")).not_to_contain_text("London")  # short: cited before


def test_inside_a_note_the_citation_joins_the_others(desk):
    select(desk, len("First.[@hay"))
    keys(desk, "Control+Shift+K", "lynch", "see:#cite-option-0:text('Tajik War')", "Enter", "Enter")
    expect(body(desk)).to_have_value("First.[@hay2001, p. 2; @lynch2001]\n\nSecond.")


def test_escape_leaves_the_text_as_it_was(desk):
    desk.get_by_role("button", name="Insert a citation").click()
    desk.keyboard.press("Escape")
    expect(body(desk)).to_be_focused()
    expect(body(desk)).to_have_value(BODY)


@pytest.mark.parametrize(
    ("name", "marked", "after"),
    [
        ("Bold", "**Second.**", "Second."),
        ("Italic", "*Second.*", "Second."),
        ("Link", "[Second.](https://)", "https://"),
        ("Heading", "## Second.", ""),
        ("Quotation", "> Second.", ""),
        ("List", "- Second.", ""),
        ("Note", "^[Second.]", "Second."),
    ],
)
def test_the_toolbar_marks_what_is_selected_and_it_can_be_undone(desk, name, marked, after):
    select(desk, len(BODY) - len("Second."), len(BODY))
    desk.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()
    expect(body(desk)).to_have_value(BODY.replace("Second.", marked))
    assert selected(desk) == after
    desk.keyboard.press("Control+z")
    expect(body(desk)).to_have_value(BODY)


def test_the_toolbar_is_one_stop_and_is_walked_with_arrows(desk):
    toolbar = desk.get_by_role("toolbar")
    toolbar.get_by_role("button", name="Bold").focus()
    desk.keyboard.press("ArrowRight")
    expect(toolbar.get_by_role("button", name="Italic")).to_be_focused()
    desk.keyboard.press("End")
    expect(toolbar.get_by_role("button", name="Preview beside the text")).to_be_focused()
    desk.keyboard.press("ArrowRight")
    expect(toolbar.get_by_role("button", name="Bold")).to_be_focused()
    desk.keyboard.press("Tab")
    expect(body(desk)).to_be_focused()
    desk.keyboard.press("Control+b")
    assert "**" in body(desk).input_value()


def test_the_keyboard_reaches_text_facts_and_saving_in_four_keys_at_most(desk):
    for number, target in ((2, "#id_body"), (3, "#facts"), (4, "#id_reason")):
        desk.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        desk.evaluate("document.body.tabIndex = -1; document.body.focus()")
        for _key in range(number):
            desk.keyboard.press("Tab")
        desk.keyboard.press("Enter")
        expect(desk.locator(target)).to_be_focused()


def test_a_finding_leads_to_its_line_and_to_a_field_in_a_group_that_is_folded(desk):
    body(desk).fill("Fine.\n\nNot fine.[@nobody1999]\n\nFine.")
    finding = desk.locator("[data-findings] a[data-line]")
    expect(finding).to_contain_text("nobody1999")
    expect(desk.locator("[data-findings]")).to_contain_text("1 stops publication")
    finding.press("Enter")
    assert selected(desk) == "Not fine.[@nobody1999]"
    desk.get_by_text("Main implementing organisations").first.focus()
    desk.get_by_role("link", name="No main implementing organisation is given.").press("Enter")
    expect(desk.locator("#participations-group details")).to_have_attribute("open", "")


def test_submitting_what_cannot_be_published_is_asked_about_and_taken_back(desk, case):
    body(desk).fill("Not fine.[@nobody1999]")
    desk.get_by_label("Why this change?").fill("Rewritten.")
    desk.get_by_role("button", name="Save and submit for review").click()
    expect(desk.get_by_text("Saved, and not submitted yet")).to_be_visible()
    expect(body(desk)).to_have_value("Not fine.[@nobody1999]")
    desk.get_by_role("button", name="Submit all the same").click()
    desk.wait_for_url("**/admin/cases/case/")
    assert Case.objects.get().stage == "in-review"
    desk.goto("/admin/")
    desk.get_by_role("button", name="Take it back").click()
    expect(desk.get_by_text("Stage: draft")).to_be_visible()
    assert Case.objects.get().stage == "draft"


def test_the_preview_is_the_public_page_with_its_facts_and_follows_what_is_typed(desk):
    desk.get_by_role("button", name="Preview beside the text").click()
    preview = desk.frame_locator("iframe")
    expect(preview.get_by_text("Draft: not published")).to_be_visible()
    preview.locator(".facts-fold summary").click()
    expect(preview.get_by_role("link", name="Mediation")).to_be_visible()
    body(desk).fill("Typed just now.[@lynch2001]")
    expect(preview.locator(".prose")).to_contain_text("Typed just now.")
    expect(preview.locator(".notes")).to_contain_text("The Tajik War")
    desk.get_by_text("When and where").click()
    desk.get_by_label("End year").fill("1999")
    expect(preview.locator(".in-brief")).to_contain_text("1993–1999")
    expect(preview.get_by_role("link", name="Mediation")).to_be_visible()  # still unfolded
    preview.locator(".note-ref a").first.hover()
    expect(preview.locator(".note-card")).to_contain_text("The Tajik War")
    desk.get_by_role("button", name="As on a phone").click()
    assert desk.locator("iframe").evaluate("frame => frame.clientWidth") == 360


def test_the_bar_stays_at_the_foot_and_the_form_is_not_long(desk):
    expect(desk.get_by_role("button", name="Save", exact=True)).to_be_in_viewport(ratio=1)
    desk.mouse.wheel(0, 5_000)
    expect(desk.get_by_role("button", name="Save", exact=True)).to_be_in_viewport(ratio=1)
    assert desk.evaluate("document.documentElement.scrollHeight") < 2_200
    desk.set_viewport_size({"width": 360, "height": 800})
    expect(desk.get_by_role("button", name="Save", exact=True)).to_be_in_viewport(ratio=1)
    assert desk.evaluate("document.documentElement.scrollWidth") == 360


def test_without_a_script_a_case_is_written_saved_and_its_findings_read(open_window, editor, case):
    desk = open_window(editor, java_script_enabled=False)
    desk.goto(f"/admin/cases/case/{case.pk}/change/")
    expect(desk.locator("#findings")).to_contain_text("No main implementing organisation")
    desk.get_by_role("link", name="A form that needs no script").click()
    desk.locator("summary", has_text="Parties and their roles").click()
    desk.locator("[name=parties-0-role]").select_option("mediator")
    desk.locator("[name=parties-0-name]").fill("The elders of Wajir")
    body(desk).fill("Rewritten.[@lynch2001]")
    desk.get_by_label("Why this change?").fill("A party.")
    desk.get_by_label("Why this change?").press("Enter")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    stored = Case.objects.get()
    assert (stored.body, stored.parties.get().name) == (
        *("Rewritten.[@lynch2001]",),
        "The elders of Wajir",
    )


def faults(page, within=None):
    """What axe finds on the page as it stands, in both colour schemes and both widths."""
    found = []
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(200)
        for fault in Axe().run(page, context=within, options=OPTIONS).response["violations"]:
            where = "; ".join(str(node["target"]) for node in fault["nodes"][:3])
            found.append(f"{scheme} {width}: {fault['id']}: {where}")
    return found


def test_the_form_is_clean_new_changed_with_errors_and_with_the_dialog_open(
    open_window, editor, case
):
    desk = open_window(editor, bypass_csp=True)  # axe sets styles to measure
    desk.goto("/admin/cases/case/add/")
    found = faults(desk)
    desk.goto(f"/admin/cases/case/{case.pk}/change/")
    desk.evaluate("for (const one of document.querySelectorAll('form details')) one.open = true")
    desk.locator("#parties-group .add-row a").click()
    found += faults(desk)
    desk.locator("#id_title").fill("")
    desk.locator("#id_start_year").fill("9999")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Not saved yet: ")).to_be_visible()
    found += faults(desk)
    desk.get_by_role("button", name="Insert a citation").click()
    desk.get_by_text("Not there? Add a source").click()
    found += faults(desk, "dialog")  # what lies under it is out of reach
    assert found == []


def test_what_somebody_else_saved_and_one_did_not_touch_is_saved_together(desk, case, moderator):
    services.change_case(case, by=moderator, reason="A clearer title.", title="Their title")
    body(desk).fill("My own text.")
    desk.get_by_label("Why this change?").fill("Rewritten.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("Saved together")
    stored = Case.objects.get()
    assert (stored.title, stored.body) == ("Their title", "My own text.")


def test_what_both_changed_is_asked_and_nothing_typed_is_lost(desk, case, moderator):
    theirs = {"title": "Their title", "body": "Their text."}
    services.change_case(case, by=moderator, reason="A clearer title.", **theirs)
    body(desk).fill("My own text.")
    desk.get_by_label("Why this change?").fill("Rewritten.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".meanwhile")).to_be_focused()
    expect(desk.locator(".meanwhile")).to_contain_text("A clearer title.")
    expect(body(desk)).to_have_value("My own text.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    stored = Case.objects.get()
    assert (stored.title, stored.body) == ("Their title", "My own text.")
