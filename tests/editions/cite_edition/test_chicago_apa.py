"""Chicago and APA, against their published rules: a table of cases."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions.cite_edition.chicago_apa import apa, chicago, headline, ordinal, stopped
from organisations.credited_names import name_as_csl
from sources.plain_text import plain

URL = "https://peace.example/cases/x/editions/1/"
PEOPLE = [f"Given{n} Family{n}" for n in range(1, 23)]


def item(*authors, title="Ending the war in Ruritania", edition=1, publisher="Peacesite"):
    return {
        "title": title,
        "author": [name_as_csl(name) for name in authors],
        "publisher": publisher,
        "edition": str(edition),
        "issued": {"date-parts": [[2026, 11, 26]]},
        "URL": URL,
    }


CASES = [  # what it shows, authors, the rest, Chicago, APA; the address follows each
    (
        "one author",
        ["Ann Beth Author"],
        {},
        "Author, Ann Beth. Ending the War in Ruritania. Peacesite, 2026.",
        "Author, A. B. (2026). Ending the war in Ruritania. Peacesite.",
    ),
    (
        "two authors",
        ["Ann Author", "Bo Writer"],
        {},
        "Author, Ann, and Bo Writer. Ending the War in Ruritania. Peacesite, 2026.",
        "Author, A., & Writer, B. (2026). Ending the war in Ruritania. Peacesite.",
    ),
    (
        "three authors",
        ["Ann Author", "Bo Writer", "Cy Third"],
        {},
        "Author, Ann, Bo Writer, and Cy Third. Ending the War in Ruritania. Peacesite, 2026.",
        "Author, A., Writer, B., & Third, C. (2026). Ending the war in Ruritania. Peacesite.",
    ),
    (
        "a body",
        ["The Peace Group"],
        {},
        "The Peace Group. Ending the War in Ruritania. Peacesite, 2026.",
        "The Peace Group. (2026). Ending the war in Ruritania. Peacesite.",
    ),
    (
        "two bodies",
        ["The Peace Group", "UNESCO"],
        {},
        "The Peace Group and UNESCO. Ending the War in Ruritania. Peacesite, 2026.",
        "The Peace Group & UNESCO. (2026). Ending the war in Ruritania. Peacesite.",
    ),
    (
        "the publisher as author",
        ["Peacesite"],
        {},
        "Peacesite. Ending the War in Ruritania. Peacesite, 2026.",
        "Peacesite. (2026). Ending the war in Ruritania.",
    ),
    (
        "no author",
        [],
        {},
        "Ending the War in Ruritania. Peacesite, 2026.",
        "Ending the war in Ruritania. (2026). Peacesite.",
    ),
    (
        "hyphenated given names",
        ["Jean-Luc Martin"],
        {},
        "Martin, Jean-Luc. Ending the War in Ruritania. Peacesite, 2026.",
        "Martin, J.-L. (2026). Ending the war in Ruritania. Peacesite.",
    ),
    (
        "particles",
        ["Max van der Stoel"],
        {},
        "van der Stoel, Max. Ending the War in Ruritania. Peacesite, 2026.",
        "van der Stoel, M. (2026). Ending the war in Ruritania. Peacesite.",
    ),
    (
        "a suffix",
        ["Martin Luther King Jr."],
        {},
        "King, Martin Luther, Jr. Ending the War in Ruritania. Peacesite, 2026.",
        "King, M. L., Jr. (2026). Ending the war in Ruritania. Peacesite.",
    ),
    (
        "a title that asks",
        ["Ann Author"],
        {"title": "Who kept the peace?"},
        "Author, Ann. Who Kept the Peace? Peacesite, 2026.",
        "Author, A. (2026). Who kept the peace? Peacesite.",
    ),
    (
        "a subtitle",
        ["Ann Author"],
        {"title": "Ruritania: a peace of its own"},
        "Author, Ann. Ruritania: A Peace of Its Own. Peacesite, 2026.",
        "Author, A. (2026). Ruritania: a peace of its own. Peacesite.",
    ),
    (
        "a title that ends with a quotation",
        ["Ann Author"],
        {"title": "Ending “the Troubles”"},
        "Author, Ann. Ending “the Troubles.” Peacesite, 2026.",
        "Author, A. (2026). Ending “the Troubles.” Peacesite.",
    ),
    (
        "a later edition",
        ["Ann Author"],
        {"edition": 3},
        "Author, Ann. Ending the War in Ruritania. 3rd ed. Peacesite, 2026.",
        "Author, A. (2026). Ending the war in Ruritania (3rd ed.). Peacesite.",
    ),
    (
        "a later edition of a title that asks",
        ["Ann Author"],
        {"edition": 2, "title": "Who kept the peace?"},
        "Author, Ann. Who Kept the Peace? 2nd ed. Peacesite, 2026.",
        "Author, A. (2026). Who kept the peace? (2nd ed.). Peacesite.",
    ),
    (
        "a publisher that ends with a stop",
        ["Ann Author"],
        {"publisher": "Peace Inc."},
        "Author, Ann. Ending the War in Ruritania. Peace Inc., 2026.",
        "Author, A. (2026). Ending the war in Ruritania. Peace Inc.",
    ),
]


@pytest.mark.parametrize(("shows", "authors", "over", "in_chicago", "in_apa"), CASES)
def test_each_style_sets_it_as_its_rules_have_it(shows, authors, over, in_chicago, in_apa):
    assert chicago(item(*authors, **over)).text == f"{in_chicago} {URL}."
    assert apa(item(*authors, **over)).text == f"{in_apa} {URL}"


def test_chicago_names_six_authors_and_of_seven_the_first_three():
    six = chicago(item(*PEOPLE[:6])).text
    assert six.startswith("Family1, Given1, Given2 Family2, ") and "and Given6 Family6. " in six
    seven = chicago(item(*PEOPLE[:7])).text
    assert seven.startswith("Family1, Given1, Given2 Family2, Given3 Family3, et al. Ending")


def test_apa_names_twenty_authors_and_of_more_nineteen_and_the_last():
    twenty = apa(item(*PEOPLE[:20])).text
    assert "Family19, G., & Family20, G. (2026)" in twenty
    more = apa(item(*PEOPLE[:21])).text
    assert "Family19, G., … Family21, G. (2026)" in more
    assert "Family20" not in more and "&" not in more


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (22, "22nd")],
)
def test_ordinals(number, word):
    assert ordinal(number) == word


@pytest.mark.parametrize(
    ("title", "set_"),
    [
        ("ending a war", "Ending a War"),
        ("Talks with and without the UN", "Talks with and Without the UN"),
        ("what the war was for", "What the War Was For"),
        ("Max van der Stoel’s quiet talks", "Max van der Stoel’s Quiet Talks"),
        ("the end: a beginning", "The End: A Beginning"),
        ("peace in Côte d’Ivoire", "Peace in Côte d’Ivoire"),
        ("a risk-of-relapse case", "A Risk-of-Relapse Case"),
        ("“so it was” (in part)", "“So It Was” (in Part)"),
        ("ending 1990s wars", "Ending 1990s Wars"),
        ("", ""),
    ],
)
def test_headline_capitals(title, set_):
    assert headline(title) == set_


def test_a_stop_is_never_doubled():
    assert [stopped(text) for text in ("A", "A.", "A?", "A?”", "A”", "", "”")] == [
        *("A.", "A.", "A?", "A?”", "A.”", "", "”")
    ]


def test_html_is_escaped_and_reads_as_the_text():
    hostile = item("<b>Ann</b> O'Author", title="War & <script>peace</script>", publisher="A<B")
    for style in (chicago, apa):
        setting = style(hostile)
        assert "<script" not in setting.html and "<b>" not in setting.html
        assert unescape(re.sub(r"<[^>]*>", "", setting.html)) == setting.text
        assert f'<a href="{URL}"' in setting.html


@given(st.text(max_size=80), st.lists(st.text(min_size=1).filter(str.strip), max_size=25))
def test_anything_can_be_set_and_its_html_reads_as_its_text(title, authors):
    for style in (chicago, apa):
        setting = style(item(*authors, title=title, edition=2))
        assert unescape(re.sub(r"<[^>]*>", "", setting.html)) == setting.text
        assert setting.text == plain(setting.text)
