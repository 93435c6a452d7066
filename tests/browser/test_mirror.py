"""A mirror without its site: nginx, or any web server, and files."""

import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from tests.browser.test_accessibility import faults
from tests.factories import make_edition
from tests.website.mirror.nginx import free_port, nginx
from tests.website.public_pages import mended
from website.mirror.writing import write

pytestmark = pytest.mark.browser


@contextmanager
def plain_server(folder):
    """python -m http.server in that folder: its address."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def collection(transactional_db, vocabularies, settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    first = make_edition(
        slug="a-peace", title="The peace of Ruritania", body="The Zenda talks began in spring."
    )
    mended(first)
    make_edition(slug="another", title="Another peace")


@pytest.fixture
def window(chromium):
    """A page that reaches nothing but 127.0.0.1 and files, and what it complained of."""
    context = chromium.new_context(bypass_csp=False)
    context.set_default_timeout(30_000)
    page, said = context.new_page(), []
    page.on("pageerror", lambda error: said.append(f"script: {error}"))
    page.on("console", lambda m: said.append(m.text) if "Security Policy" in m.text else None)
    here = ("http://127.0.0.1:", "file:")

    def only_here(route):
        return route.continue_() if route.request.url.startswith(here) else route.abort()

    context.route("**", only_here)
    yield page, said
    context.close()


def searched(page, address):
    page.goto(f"{address}/mirror/search/")
    page.fill("#search", "zenda")
    page.press("#search", "Enter")
    page.get_by_text("Cases found: 1").wait_for()
    assert page.locator(".entry mark").first.inner_text().lower() == "zenda"
    page.click(".entry a")
    assert "The peace of Ruritania" in page.locator("h1").inner_text()


def test_the_site_away_one_reads_and_searches_the_mirror(collection, window, tmp_path):
    page, said = window
    root = tmp_path / "mirror"
    write(root)
    for folder in (root, *root.parents[:3]):
        folder.chmod(0o755)
    with nginx(root, tmp_path, site_port=free_port()) as port:
        address = f"http://127.0.0.1:{port}"
        searched(page, address)
        page.goto(f"{address}/cases/?q=peace")
        assert "does not answer" in page.locator("h1").inner_text()
        page.click("text=All cases, by title")
        page.click("text=Another peace")
        assert "Another peace" in page.locator("h1").inner_text()
    assert said == []


def test_a_copy_is_read_from_a_stick_and_searched_by_a_small_server(collection, window, tmp_path):
    page, said = window
    root = tmp_path / "copy"
    write(root, alone=True)
    with plain_server(root) as address:
        searched(page, address)
        assert "As of" in page.locator(".as-of").inner_text()
    assert said == []
    page.goto((root / "index.html").as_uri())
    page.click("text=Cases")
    page.click("text=Another peace")
    assert "Another peace" in page.locator("h1").inner_text()
    page.goto((root / "mirror/search/index.html").as_uri())
    page.fill("#search", "zenda")
    page.press("#search", "Enter")
    page.get_by_text("It needs a web server").wait_for()


def test_the_pages_of_a_mirror_are_clean(collection, chromium, tmp_path):
    served, copy = tmp_path / "mirror", tmp_path / "copy"
    write(served)
    write(copy, alone=True)
    context = chromium.new_context(bypass_csp=True)  # axe itself styles what it measures
    page, found = context.new_page(), []
    with plain_server(served) as address:
        for path in ("/mirror/", "/mirror/cases/", "/mirror/away/", "/mirror/search/?q=zenda"):
            found += faults(page, f"{address}{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
    with plain_server(copy) as address:
        for path in ("/", "/cases/", "/cases/a-peace/", "/organisations/", "/mirror/"):
            found += faults(page, f"{address}{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
    assert found == []
