"""An export of a few dozen posts, uploaded from the desk: its page shows the way to the end."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import Case
from manuscripts import batch_work
from manuscripts.models import ImportBatch
from tests.browser.test_accessibility import faults
from tests.manuscripts.collection import make_posts
from tests.manuscripts.files.making import make_wxr
from tests.manuscripts.test_killed_import import small_posts

pytestmark = pytest.mark.browser
POSTS = 30


def upload(desk, tmp_path, posts):
    path = tmp_path / "export.xml"
    path.write_bytes(make_wxr(*posts))
    desk.goto(reverse("admin:import"))
    desk.set_input_files("[name=file]", path)
    desk.get_by_role("button", name="Read it").click()
    desk.wait_for_url("**/admin/import/batches/*/")


def test_an_export_is_uploaded_and_its_page_shows_the_way_to_the_end(
    open_window, editor, tmp_path, monkeypatch
):
    monkeypatch.setattr(batch_work, "_ROUND", 0.2)
    desk = open_window(editor)
    upload(desk, tmp_path, small_posts(POSTS))
    status = desk.get_by_role("status").filter(has_text="articles are done")
    expect(status).to_contain_text(f"0 of {POSTS} articles are done")
    done = batch_work.work_on_imports()
    assert 0 < done < POSTS
    expect(status).to_contain_text(f"{done} of {POSTS} articles are done")  # without a reload
    expect(desk.locator("progress")).to_have_attribute("max", str(POSTS))
    expect(desk.get_by_role("link", name=f"imported ({done})")).to_be_visible()
    while batch_work.work_on_imports():
        pass
    expect(status).to_contain_text(f"Finished: {POSTS} of {POSTS} articles are done")
    expect(desk.get_by_role("button", name="Stop")).to_have_count(0)
    desk.locator("summary").first.click()
    expect(desk.get_by_text("Line ").first).to_be_visible()
    with desk.expect_download() as report:
        desk.get_by_role("link", name="Report (JSON)").click()
    assert report.value.suggested_filename == f"import-{ImportBatch.objects.get().pk}.json"
    desk.get_by_role("link", name="Ending the armed conflict number 7 in Chad").click()
    expect(desk.locator("[name=title]")).to_have_value("Ending the armed conflict number 7 in Chad")
    assert Case.objects.count() == POSTS


def test_without_scripts_the_page_is_asked_again_by_a_link(open_window, editor, tmp_path):
    desk = open_window(editor, java_script_enabled=False)
    upload(desk, tmp_path, small_posts(3))
    desk.get_by_role("button", name="Stop").click()
    assert batch_work.work_on_imports() == 0
    desk.get_by_role("button", name="Go on").click()
    assert batch_work.work_on_imports() == 3
    desk.get_by_role("link", name="See how far it is now").click()
    expect(desk.locator(".so-far")).to_contain_text("Finished: 3 of 3 articles are done")


def test_the_pages_of_imports_are_clean(open_window, editor, tmp_path):
    desk = open_window(editor, bypass_csp=True)
    upload(desk, tmp_path, make_posts(3))
    address = reverse("admin:import_batch", args=[ImportBatch.objects.get().pk])
    found = faults(desk, address)
    batch_work.work_on_imports()
    found += faults(desk, address)
    for name in ("import_batches", "import"):
        found += faults(desk, reverse(f"admin:{name}"))
    assert found == []


def test_pages_fit_a_phone(open_window, editor, tmp_path):
    desk = open_window(editor, viewport={"width": 360, "height": 800})
    upload(desk, tmp_path, make_posts(3))
    batch_work.work_on_imports()
    for _ in range(2):
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert desk.evaluate(wide) <= 0
        desk.goto(reverse("admin:import_batches"))
