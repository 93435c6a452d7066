"""Patterns: templates rendered once, whose rooms are filled many times."""

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, override

from serving.template_slots import TemplateSlots, in_one_language, joined, language, shortened

POST = {
    "address": "/a/",
    "title": "T",
    "years": "1990",
    "location": "L",
    "reason": "R",
    "impact": "",
}


@pytest.fixture
def post():
    return TemplateSlots("website/_related_case.html", *POST)


def test_what_fills_a_room_is_escaped_unless_it_is_html(post):
    html = post.fill(
        POST
        | {"title": '<b>&"', "reason": SafeString("<i>so</i>"), "location": gettext_lazy("“<”")},
        located=True,
        reasoned=True,
    )
    assert "&lt;b&gt;&amp;&quot;" in html
    assert "<i>so</i>" in html
    assert "“&lt;”" in html
    assert isinstance(html, SafeString)


def test_text_that_looks_like_a_room_stays_text(post):
    html = post.fill(
        POST | {"title": "<!--reason-->", "reason": "why"}, located=False, reasoned=True
    )
    assert "&lt;!--reason--&gt;" in html
    assert html.count("why") == 1


def test_what_is_fixed_decides_how_it_looks(post):
    assert 'class="reason"' in post.fill(POST, located=False, reasoned=True)
    assert 'class="reason"' not in post.fill(POST, located=False, reasoned=False)


def test_each_language_and_site_has_its_own(settings):
    frame = TemplateSlots("base.html")
    english = frame.fill({})
    assert 'dir="ltr"' in english
    with override("ar"):
        assert 'dir="rtl"' in frame.fill({})
    settings.SITE_NAME = "Another name"
    assert "Another name" in frame.fill({})
    assert frame.fill({}) != english


def test_parts_are_joined_as_html_and_long_text_is_shortened():
    assert joined(["<p>", "</p>"]) == SafeString("<p></p>")
    assert shortened("four", 4) == "four"
    assert shortened("fives", 4) == "fiv…"


def test_a_page_keeps_to_the_language_it_began_in():
    @in_one_language
    def page(within=None):
        with override("fr"):
            return language(), within() if within else None

    assert page()[0] == "en-gb"
    with override("de"):
        assert page(lambda: page()[0]) == ("de", "fr")
        assert language() == "de"


def test_a_page_that_fails_leaves_no_language_behind():
    @in_one_language
    def page():
        raise ValueError("nothing")

    with override("de"), pytest.raises(ValueError, match="nothing"):
        page()
    assert language() == "en-gb"
