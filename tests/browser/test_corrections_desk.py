"""The corrections desk by keyboard alone, counted in steps; and its pages under axe."""

import pytest
from playwright.sync_api import expect

from cases.models import Case
from corrections import asking, services
from corrections.models import Correction
from tests.browser.test_accessibility import faults
from tests.factories import make_edition

pytestmark = pytest.mark.browser
SOON = 30_000  # milliseconds: a busy machine is no failure


def reach(page, locator, most=80):
    """Tab until it has the focus, as somebody without a mouse does."""
    for _ in range(most):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{locator} is not reached by {most} Tabs")


def send(edition, **over):
    said = {
        "passage": "The talks began in spring",
        "message": "They began in winter.",
        "suggestion": "The talks began in winter",
        "email": "rosa@example.org",
    }
    return services.send(edition, **said | over)[0]


def test_a_correction_is_decided_in_two_steps_by_keyboard(open_window, moderator):
    correction = send(make_edition())
    desk = open_window(moderator)
    reach(desk, desk.get_by_role("link", name=correction.reference))
    desk.keyboard.press("Enter")  # 1
    accept = desk.get_by_role("button", name="Accept")
    expect(accept).to_be_visible(timeout=SOON)
    reach(desk, accept)
    desk.keyboard.press("Enter")  # 2
    expect(desk.locator(".messagelist .success")).to_contain_text("is accepted", timeout=SOON)
    assert Correction.objects.get().status == "accepted"


@pytest.mark.parametrize("script", [True, False])
def test_an_accepted_one_is_mended_and_submitted_in_three_steps_by_keyboard(
    open_window, editor, moderator, script
):
    edition = make_edition()
    correction = services.accept(send(edition), by=moderator)
    desk = open_window(editor, java_script_enabled=script)
    accepted = desk.locator("[aria-labelledby=accepted-heading]").get_by_role("link")
    reach(desk, accepted.first)
    desk.keyboard.press("Enter")  # 1
    box = desk.locator(f"#correction-{correction.reference}")
    put_in = box.get_by_role("button", name="Put it in and save")
    expect(put_in).to_be_visible(timeout=SOON)
    reach(desk, put_in)
    desk.keyboard.press("Enter")  # 2
    expect(box).to_contain_text("The suggested wording stands in the text.", timeout=SOON)
    submit = box.get_by_role("button", name="Submit the case for review")
    reach(desk, submit)
    desk.keyboard.press("Enter")  # 3
    said = desk.locator(".messagelist .success")
    expect(said).to_contain_text("handed to the moderators", timeout=SOON)
    case = Case.objects.get()
    assert case.stage == "in-review" and "The talks began in winter" in case.body


def test_the_pages_are_clean(open_window, moderator):
    edition = make_edition()
    correction, token = services.send(
        edition, message="Wrong.", passage="The talks began in spring", email="rosa@example.org"
    )
    double = send(edition)
    asking.ask(correction, by=moderator, text="Which page?")
    asking.reply(correction, text="Page 3.")
    accepted = services.accept(send(edition), by=moderator)
    for n in range(5):
        services.decline(send(edition, message=f"{n}"), by=moderator, reason="It stands.")
    page = open_window(moderator, bypass_csp=True)  # axe sets styles to measure
    addresses = [
        "/admin/",
        "/admin/corrections-desk/",
        f"/admin/corrections-desk/{correction.reference}/",
        f"/admin/corrections-desk/{double.reference}/",
        "/admin/corrections-read/?show=all",
        f"/admin/corrections-read/{correction.reference}/",
        f"/admin/cases/case/{accepted.edition.case_id}/change/",
        "/corrections/",
        "/corrections/figures/",
        f"/corrections/status/{token}/",
    ]
    assert [fault for address in addresses for fault in faults(page, address)] == []
