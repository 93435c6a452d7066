"""Posts that would cost a parser hours are refused, or read, in time."""

import io
import time

import pytest

from manuscripts.files import articles
from manuscripts.parse.decoding import Refused
from tests.manuscripts.files.making import make_wxr


@pytest.mark.parametrize("content", ["<div " * 30_000, "[footnote]" * 20_000, "(( " * 20_000])
def test_thousands_of_open_tags_and_shortcodes_take_no_time(content):
    export = make_wxr({"title": "Ending the war in Mali", "content": content})
    begun = time.perf_counter()
    with pytest.raises(Refused):
        for article in articles(io.BytesIO(export), "export.xml"):
            article.read()
    assert time.perf_counter() - begun < 5


def test_lines_of_a_classic_post_that_follow_a_tag_stay_lines():
    content = "<div>\n<sup>1</sup> Ann Lee. Mud. (Oslo: Fjell, 2001) p.3\n</div>\n<strong>Start Year</strong>\n2012\n"
    export = make_wxr(
        {
            "title": "Ending the war in Mali",
            "content": f"A standfirst.\n\nText.<sup>1</sup>\n{content}",
        }
    )
    (article,) = articles(io.BytesIO(export), "export.xml")
    assert [line.text for line in article.read().facts["start_year"]] == ["2012"]
