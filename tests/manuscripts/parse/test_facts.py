"""Years, lists of organisations, and impact, as printed under an article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manuscripts.parse import facts, organisation_lists
from manuscripts.parse.manuscript import Line
from manuscripts.parse.reading import read
from manuscripts.parse.years import years as read_years


def years(**printed):
    found = read_years({name: [Line(1, text)] for name, text in printed.items()})
    return found.start, found.end, found.ongoing


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ({"start_year": "1993", "end_year": "1997"}, (1993, 1997, False)),
        ({"years": "1997."}, (1997, 1997, False)),
        ({"years": "1989 – 1992."}, (1989, 1992, False)),
        ({"years": "2002 – present."}, (2002, None, True)),
        ({"start_year": "2002", "end_year": "present"}, (2002, None, True)),
        ({"start_year": "2002", "end_year": "Ongoing."}, (2002, None, True)),
        ({"start_year": "c. 1993"}, (1993, None, False)),
        ({"start_year": "44 BC", "end_year": "12"}, (-43, 12, False)),
        ({}, (None, None, False)),
    ],
)
def test_years_are_read(printed, read):
    assert years(**printed) == read


@pytest.mark.parametrize(
    "printed",
    [
        {"start_year": "the nineties"},
        {"start_year": "1997", "end_year": "1993"},
        {"start_year": "99999"},
    ],
)
def test_what_is_no_year_is_handed_back(printed):
    lines = {name: [Line(1, text)] for name, text in printed.items()}
    assert [line.text for line in read_years(lines).unread] == [list(printed.values())[-1]]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("The UN, regional governments", ["UN", "regional governments"]),
        ("the OAU, the UN, and regional governments", ["OAU", "UN", "regional governments"]),
        (
            "The governments of Norway and Cuba",
            ["Government of Norway", "Government of Cuba"],
        ),
        (
            "The governments of Chad, Sudan and Libya, the UN, and the OAU",
            ["Government of Chad", "Government of Sudan", "Government of Libya", "UN", "OAU"],
        ),
        (
            "the OAS and the governments of Chile, and the United States.",
            ["OAS", "Government of Chile", "Government of the United States"],
        ),
        (
            "The Governments of Bosnia and Herzegovina and Croatia",
            ["Government of Bosnia and Herzegovina", "Government of Croatia"],
        ),
        (
            "Organisation for Security and Cooperation in Europe",
            ["Organisation for Security and Cooperation in Europe"],
        ),
        ("The UN and the OSCE", ["UN", "OSCE"]),
        ("the UN (UNMOT, UNTOP) and NATO", ["UN (UNMOT, UNTOP)", "NATO"]),
        (
            "The Government of Ghana, and local people and organisations.",
            ["Government of Ghana", "local people and organisations"],
        ),
        ("the Ghanaian and Togolese governments", ["Ghanaian and Togolese governments"]),
        ("the U.S., the UN", ["U.S.", "UN"]),
        ("", []),
    ],
)
def test_organisations_are_split_and_lose_their_the(printed, names):
    assert organisation_lists.organisation_names(printed) == names


def test_a_country_known_by_name_counts_among_governments():
    names = organisation_lists.organisation_names(
        "the governments of Cuba, the Republic of Kenya, and Chad",
        lambda name: name == "the Republic of Kenya",
    )
    assert names == [
        "Government of Cuba",
        "Government of the Republic of Kenya",
        "Government of Chad",
    ]


def test_a_wrapped_list_is_one_line_and_a_list_by_lines_stays():
    wrapped = [Line(1, "The UN, the Organisation for Security and"), Line(2, "Cooperation, OAU")]
    assert [line.text for line in facts.unwrapped(wrapped)] == [
        "The UN, the Organisation for Security and Cooperation, OAU"
    ]
    by_lines = [Line(1, "The UN"), Line(2, "The OAU")]
    assert facts.unwrapped(by_lines) == by_lines


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Lasting.", ("lasting", "")),
        ("Limited: fighting came back.", ("limited", "fighting came back.")),
        ("contested", ("contested", "")),
        ("Unknown", ("", "")),
    ],
)
def test_impact_is_a_word_and_a_note(printed, read):
    assert facts.impact([Line(1, printed)])[:2] == read


@given(st.text(max_size=200))
def test_any_list_of_organisations_is_split_without_losing_a_word(printed):
    names = organisation_lists.organisation_names(printed)
    assert all(name.strip() for name in names)


@given(st.lists(st.text(max_size=30), max_size=3), st.lists(st.text(max_size=30), max_size=3))
def test_years_never_end_before_they_start(starts, ends):
    found = read_years(
        {"start_year": [Line(1, t) for t in starts], "end_year": [Line(2, t) for t in ends]}
    )
    assert found.start is None or found.end is None or found.start <= found.end
    assert not (found.ongoing and found.end is not None)


@pytest.mark.parametrize(
    "form", ["{} {}", "**{}** {}", "* {}: {}", "{} – {}", "1. {}: {}", "| {} | {} |"]
)
def test_facts_of_a_text_are_found_however_they_are_set(form):
    facts = {"Start Year": "1990", "End Year": "1997", "Impact": "Limited"}
    lines = "\n".join(form.format(*pair) for pair in facts.items())
    article = read(
        f"Ending the war\n\nIt began.1\n\n1 Ann Ek. Mud. (Oslo: Fjell, 2000) p.4\n\n{lines}", "a"
    )
    assert [line.text for values in article.facts.values() for line in values] == [*facts.values()]
    assert article.cautions == [c for c in article.cautions if c.code == "standfirst-missing"]
