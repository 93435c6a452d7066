"""Accounts by keyboard, and under axe: adding a person, coming in for the first time, leaving."""

import re
import time
from base64 import b32decode

import pytest
from django.contrib.auth.models import User
from django_otp.oath import TOTP
from playwright.sync_api import expect

from outbox.models import OutgoingMail
from tests.browser.test_accessibility import faults
from tests.factories import PASSWORD, make_case

pytestmark = pytest.mark.browser


def test_a_person_is_added_in_four_steps_by_keyboard(open_window, administrator, editor):
    desk = open_window(administrator)
    desk.goto("/admin/auth/user/")
    steps = 0

    def step(*keys):
        nonlocal steps
        steps += 1
        for key in keys:
            desk.keyboard.press(key) if key in ("Tab", "Enter") else desk.keyboard.type(key)

    desk.get_by_role("link", name=re.compile("Add user|Add a person")).first.focus()
    step("Enter")
    desk.wait_for_url("**/add/")
    step("nora", "Tab", "Nora", "Tab", "New", "Tab")
    step("nora@example.org")  # an editor, where nothing else is chosen
    step("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("on its way to nora@example.org")
    assert steps <= 4
    assert User.objects.get(username="nora").groups.get().name == "Editors"


def test_somebody_invited_comes_in_with_a_second_factor(
    open_window, administrator, moderator, settings, live_server
):
    settings.SITE_URL = live_server.url
    desk = open_window(administrator)
    desk.goto("/admin/auth/user/add/")
    desk.get_by_label("Name to sign in with").fill("nora")
    desk.get_by_label("Mail address").fill("nora@example.org")
    desk.get_by_label(re.compile("moderator: also")).check()
    desk.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("on its way")
    settings.SECOND_FACTOR = "required"
    nora = open_window(accept_downloads=True)
    nora.goto(re.search(r"https?://\S+", OutgoingMail.objects.get().body)[0])
    nora.get_by_label("New password").fill(PASSWORD)
    nora.get_by_label("The same once more").fill(PASSWORD)
    nora.keyboard.press("Enter")
    nora.get_by_label("Name to sign in with").fill("nora")
    nora.get_by_label("Password").fill(PASSWORD)
    nora.keyboard.press("Enter")
    nora.wait_for_url("**/second-factor/set-up/**")
    drawn = nora.locator("img.qr-code")
    assert drawn.evaluate("image => image.complete && image.naturalWidth") > 100
    totp = TOTP(b32decode(nora.locator(".secret").inner_text().replace(" ", "")))
    totp.time = time.time()
    nora.get_by_label("Code").fill(f"{totp.token():06}")
    nora.keyboard.press("Enter")
    expect(nora.locator(".recovery-codes code")).to_have_count(10)
    codes = nora.locator(".recovery-codes code").all_inner_texts()
    with nora.expect_download() as taken_home:
        nora.get_by_role("link", name="Download").press("Enter")
    assert taken_home.value.path().read_text().split() == codes
    nora.get_by_role("link", name="I have kept them").press("Enter")
    expect(nora.get_by_text("Waiting for review").first).to_be_visible()
    nora.get_by_role("button", name="Log out").press("Enter")
    nora.goto("/admin/login/")
    nora.get_by_label("Name to sign in with").fill("nora")
    nora.get_by_label("Password").fill(PASSWORD)
    nora.keyboard.press("Enter")
    nora.get_by_label("Code").fill(codes[0])
    nora.keyboard.press("Enter")
    expect(nora.locator(".messagelist")).to_contain_text("9 are left")


def test_the_pages_of_accounts_are_clean(open_window, administrator, editor):
    make_case(by=editor)
    page = open_window(administrator, bypass_csp=True)  # axe sets styles to measure
    person = f"/admin/auth/user/{editor.pk}"
    addresses = [
        *("/admin/auth/user/", "/admin/auth/user/add/", f"{person}/change/"),
        *("/admin/sessions/", "/admin/second-factor/", "/admin/second-factor/set-up/"),
        *("/admin/password_change/", f"{person}/password/", f"{person}/sessions/"),
        *(f"{person}/leaving/", f"{person}/second-factor/"),
        *("/admin/password-reset/", "/admin/password-reset/MQ/x/", "/admin/invitation/MQ/x/"),
    ]
    assert [fault for address in addresses for fault in faults(page, address)] == []
