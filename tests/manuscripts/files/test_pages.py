"""Pages of the web: which of their words are the article's title, and which are its text."""

import io

import pytest

from manuscripts.files import articles

PAGE = """<html><head><title>{title}</title></head><body>{before}<h1>Ending the war</h1>
<p>How it ended.</p><p>It began.<sup>1</sup> It was over.<sup>2</sup></p>{table}
<ol><li>Ann Smith. A long war. (London: Concord, 2000) p.4</li><li>Smith. A long war. p.5</li></ol>
</body></html>"""
TABLE = (
    "<table><thead><tr><th>{}</th><th>{}</th></tr></thead><tbody>"
    "<tr><td>Start Year</td><td>1990</td></tr><tr><td>End Year</td><td>1997</td></tr></tbody></table>"
)


@pytest.mark.parametrize(
    ("title", "before", "read"),
    [
        ("Ending the war – An Archive", "<header>An Archive</header>", "Ending the war"),
        ("Ending the war | An Archive", "<h2>Menu</h2>", "Ending the war"),
        ("Ending the war", "<div>An Archive</div>", "Ending the war"),
        ("Ending the warlords – An Archive", "An Archive", "Ending the warlords – An Archive"),
    ],
)
def test_the_title_of_a_page_is_its_heading_where_the_site_adds_its_name(title, before, read):
    page = PAGE.format(title=title, before=before, table=TABLE.format("Fact", "Value"))
    [article] = [found.read() for found in articles(io.BytesIO(page.encode()), "a")]
    assert article.title == read
    assert article.standfirst == "How it ended." or read != "Ending the war"


@pytest.mark.parametrize(("head", "paragraphs"), [(("Fact", "Value"), 1), (("Camp", "Dead"), 2)])
def test_the_head_of_a_table_of_facts_is_no_text(head, paragraphs):
    page = PAGE.format(title="Ending the war", before="", table=TABLE.format(*head))
    [article] = [found.read() for found in articles(io.BytesIO(page.encode()), "a")]
    assert article.paragraphs == paragraphs
    assert article.labels.keys() >= {"start_year", "end_year"}
