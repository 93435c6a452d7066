"""A collection from its export to readers: an editor uploads it, a moderator decides once."""

import os
import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from desk import batches
from editions.models import Edition
from manuscripts import batch_work
from manuscripts.models import ImportBatch
from tests.browser.test_accessibility import faults
from tests.browser.test_importing import upload
from tests.manuscripts.collection import make_posts

pytestmark = pytest.mark.browser
POSTS = int(os.environ.get("POSTS", "20"))  # 180 is what the collection has


def old_posts(count):
    """Posts whose addresses on the old site are not those that we would make."""
    return [post | {"slug": f"article-{n}"} for n, post in enumerate(make_posts(count))]


def do(*rounds):
    """What the worker does, until there is no more."""
    while sum(work() for work in rounds):
        pass


def test_a_collection_goes_from_its_export_to_readers(open_window, editor, moderator, tmp_path):
    began = time.monotonic()
    upload(open_window(editor), tmp_path, old_posts(POSTS))
    do(batch_work.work_on_imports, batches.look_at_imports)
    desk = open_window(moderator)
    desk.goto(reverse("admin:publish_batch", args=[ImportBatch.objects.get().pk]))
    desk.get_by_role("checkbox").first.check()
    desk.get_by_label("Why the chosen ones are set aside").fill("Its author objects.")
    desk.get_by_role("button", name="Set the chosen ones aside").click()
    expect(desk.get_by_text("Its author objects.")).to_be_visible()
    desk.get_by_role("button", name=f"Publish {POSTS - 1} articles without errors").click()
    do(batches.publish_batches)
    done = f"{POSTS - 1} of {POSTS} articles are in print"
    expect(desk.get_by_role("status").filter(has_text=done)).to_be_visible(timeout=30_000)
    assert Edition.objects.count() == POSTS - 1
    reader = open_window()
    reader.goto("/article-7/")
    expect(reader).to_have_url(f"{reader.url.split('/cases/')[0]}/cases/article-7/")
    expect(reader.get_by_text("First published").first).to_be_visible()
    reader.goto("/?p=9")
    assert reader.url.endswith("/cases/article-8/")
    seconds = time.monotonic() - began
    print(f"{POSTS} articles from the export to readers: {seconds:.0f} s")
    assert seconds < 15 * 60


def test_the_page_is_clean_and_fits_a_phone(open_window, editor, moderator, tmp_path):
    upload(open_window(editor), tmp_path, old_posts(3))
    do(batch_work.work_on_imports, batches.look_at_imports)
    address = reverse("admin:publish_batch", args=[ImportBatch.objects.get().pk])
    desk = open_window(moderator, bypass_csp=True)
    assert faults(desk, address) == []
    desk.set_viewport_size({"width": 360, "height": 800})
    desk.goto(address)
    assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_it_is_done_without_scripts(open_window, editor, moderator, tmp_path):
    upload(open_window(editor), tmp_path, old_posts(2))
    do(batch_work.work_on_imports, batches.look_at_imports)
    desk = open_window(moderator, java_script_enabled=False)
    desk.goto(reverse("admin:publish_batch", args=[ImportBatch.objects.get().pk]))
    desk.get_by_role("button", name="Publish 2 articles without errors").click()
    do(batches.publish_batches)
    desk.get_by_role("link", name="See how far it is now").click()
    expect(desk.locator(".so-far")).to_contain_text("2 of 2 articles are in print")
