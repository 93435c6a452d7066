"""What is typed at the desk outlives the server: a real one, killed and started again."""

import pytest
from playwright.sync_api import expect

from desk.management.commands.make_demo_accounts import PASSWORD
from tests.drills.site import Site

pytestmark = pytest.mark.browser
WORDS = "My own words, typed and not saved."


@pytest.fixture
def site(tmp_path):
    """A site of its own with one case, and nothing that other tests have."""
    site = Site(f"sqlite:///{tmp_path}/site.sqlite3", mode="local")
    site.manage("migrate", "--verbosity", "0")
    site.manage("load_vocabularies")
    site.manage("make_demo_accounts")
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    return site


def test_a_server_that_is_restarted_while_one_writes(chromium, site):
    context = chromium.new_context(base_url=site.base)
    context.set_default_timeout(20_000)
    page = context.new_page()
    with site.served(workers=1):
        page.goto("/admin/login/?next=/admin/cases/case/add/")
        page.fill("[name=username]", "editor")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.locator("#id_standfirst").fill(WORDS)
        expect(page.locator("[data-kept-status]")).to_contain_text("kept", timeout=20_000)
    page.locator("#id_title").fill("Typed while there was no server")
    expect(page.locator("[data-kept-status]")).to_contain_text("in this browser", timeout=20_000)
    with site.served(workers=1):
        page.get_by_label("Why this change?").fill("A first draft.")
        page.keyboard.press("Control+s")
        said = page.locator(".messagelist .success, .messagelist .info").first
        expect(said).to_be_visible(timeout=20_000)
        page.goto("/admin/cases/case/")
        page.get_by_role("link", name="Typed while there was no server").click()
        expect(page.locator("#id_standfirst")).to_have_value(WORDS)
    context.close()
