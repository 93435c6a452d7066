"""A copy to take away: relative links, no form, and on every page of when and of what it is."""

import pytest

from cases.models import Conflict
from tests.factories import make_edition, make_organisation, make_source
from tests.website.public_pages import mended
from website.mirror.alone import MOMENT, Alone
from website.mirror.writing import write

from .links import broken_alone, pages, read

SITE = "http://127.0.0.1:8000"
KNOWN = {"/", "/cases/", "/cases/a/", "/cases/a/editions/1/", "/mirror/", "/mirror/search/"}
KNOWN |= {"/cases/a/editions/1.json", "/sources/b/"}


@pytest.fixture
def copied(settings):
    settings.SITE_URL = SITE

    def copied(content, address="/cases/a/", has_search=True):
        page = f'<!doctype html><html><body><main id="main">{content}</main></body></html>'
        made = Alone(KNOWN.__contains__, has_search=has_search).page(address, page.encode())
        return made.decode()

    return copied


@pytest.mark.parametrize(
    ("link", "stands"),
    [
        ("/cases/a/editions/1.json", 'href="editions/1.json"'),
        ("/sources/b/", 'href="../../sources/b/index.html"'),
        (f"{SITE}/cases/#more", 'href="../index.html#more"'),
        ("/", 'href="../../index.html"'),
        ("#note-1", 'href="#note-1"'),
        ("/cases/a/#note-1", 'href="#note-1"'),
        ("/cases/a/?country=tjk", 'href="index.html"'),
        ("/cases/a/editions/1/s/p3/", 'href="editions/1/index.html#p3"'),
        ("/cases/a/correct/", f'href="{SITE}/cases/a/correct/"'),
        ("https://example.org/x?y=1", 'href="https://example.org/x?y=1"'),
        ("mailto:a@example.org", 'href="mailto:a@example.org"'),
    ],
)
def test_a_link_leads_to_a_file_or_to_where_the_site_is(copied, link, stands):
    assert f"<a {stands}>words</a>" in copied(f'<a href="{link}">words</a>')


@pytest.mark.parametrize("link", ["/cases/?country=tjk", "?page=2", f"{SITE}/cases/?q=a"])
def test_what_asks_a_question_is_words(copied, link):
    said = copied(f'<a href="{link}" rel="next">words</a>', "/cases/")
    assert "<span>words</span>" in said


def test_a_form_is_replaced_by_where_it_stands(copied):
    said = copied('<form action="/cases/a/correct/" method="post"><input name="q"></form> After')
    assert "<form" not in said and "<input" not in said and "After" in said
    assert f'<a href="{SITE}/cases/a/correct/">{SITE}/cases/a/correct/</a>' in said


@pytest.mark.parametrize("has_search", [True, False])
def test_the_search_of_the_masthead_leads_to_the_search_of_the_copy(copied, has_search):
    box = '<div class="masthead"><form action="/cases/"><input name="q"></form></div>'
    said = copied(box, has_search=has_search)
    assert ('href="../../mirror/search/index.html"' in said) == has_search
    assert "<form" not in said


def test_every_page_says_of_when_and_of_what_it_is(copied):
    said = copied("Words.")
    assert f"As of <time>{MOMENT}</time>" in said and f'href="{SITE}/cases/a/"' in said
    assert 'href="../../mirror/index.html"' in said


def test_what_the_page_says_stays_as_it_was(copied):
    words = '<p lang="tg">Тоҷикистон &amp; «peace»</p><svg viewBox="0 0 1 1"><circle r="1"/></svg>'
    said = copied(words + '<script type="application/ld+json">{"a": "<b> & c"}</script>')
    assert '<p lang="tg">Тоҷикистон &amp; «peace»</p>' in said
    assert '{"a": "<b> & c"}' in said and "</circle></svg>" in said


@pytest.mark.django_db
def test_in_all_formats_no_link_of_a_copy_is_broken_and_no_form_is_in_it(tmp_path, settings):
    settings.SITE_URL = SITE
    body = make_organisation("United Peace", parent=make_organisation("All Peace"))
    conflict = Conflict.objects.create(slug="a-war", label="A war", definition="A war.")
    mended(make_edition(organisations=[body], source=make_source(), conflict=conflict))
    (tmp_path / "copy").mkdir()
    write(tmp_path / "copy", alone=True)
    assert broken_alone(tmp_path / "copy") == []
    for file in pages(tmp_path / "copy"):
        tree = read(file)
        forms = [f for f in tree.iter("form") if f.get("data-mirror-search") is None]
        assert forms == [] and "As of" in tree.find_class("as-of")[0].text_content(), file
    again = write(tmp_path / "copy", alone=True, anew=True)
    assert again.unseen == []
