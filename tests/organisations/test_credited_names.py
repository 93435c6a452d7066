"""Credited names: one line of text, read as the parts of a person's name or as a body."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.credited_names import in_order, initials, inverted, name_as_csl
from organisations.naming import csl_names
from revisions import revision_block
from tests.factories import make_organisation


@pytest.mark.parametrize(
    ("name", "first", "family", "suffix"),
    [
        ("Ann Author", "Ann", "Author", None),
        ("Max van der Stoel", "Max", "van der Stoel", None),
        ("Álvaro de Soto", "Álvaro", "de Soto", None),
        ("Boutros Boutros-Ghali", "Boutros", "Boutros-Ghali", None),
        ("Kofi A. Annan", "Kofi A.", "Annan", None),
        ("Martin Luther King Jr.", "Martin Luther", "King", "Jr."),
        ("Martin Luther King, Jr.", "Martin Luther", "King", "Jr."),
        ("bell hooks", "bell", "hooks", None),
        ("Ann  de\tla Cruz III", "Ann", "de la Cruz", "III"),
    ],
)
def test_a_person_has_given_names_and_a_family_name_with_its_particles(name, first, family, suffix):
    parts = name_as_csl(name)
    assert (parts["given"], parts["family"], parts.get("suffix")) == (first, family, suffix)


@pytest.mark.parametrize(
    "name", ["UNESCO", "The peacesite editors", "Centre for Peace Studies", "Save & Mend Ltd", "毛"]
)
def test_a_body_is_kept_whole(name):
    assert name_as_csl(name) == {"literal": name}
    assert inverted(name_as_csl(name)) == in_order(name_as_csl(name)) == name


@pytest.mark.parametrize(
    "name",
    [
        "International Crisis Group",
        "Human Rights Watch",
        "United Nations",
        "Commission nationale de désarmement",
        "Ministère des Affaires étrangères",
        "Comisión para el Esclarecimiento",
        "Stiftung Weltfrieden",
    ],
)
def test_a_body_without_a_joining_word_is_told_by_its_words(name):
    assert name_as_csl(name) == {"literal": name}


def test_a_known_body_is_one_whatever_it_looks_like():
    assert name_as_csl("Ann Author", known_as_body=True) == {"literal": "Ann Author"}
    assert name_as_csl("Doe, Ana", known_as_body=True) == {"literal": "Doe, Ana"}


@pytest.mark.parametrize(
    ("name", "inverted_name", "said"),
    [
        ("Doe, Ana", "Doe, Ana", "Ana Doe"),
        ("van der Stoel, Max", "van der Stoel, Max", "Max van der Stoel"),
        ("Church, Peter", "Church, Peter", "Peter Church"),
        ("Peter Church", "Church, Peter", "Peter Church"),
    ],
)
def test_a_person_may_be_written_family_first_or_be_called_like_a_body(name, inverted_name, said):
    assert (inverted(name_as_csl(name)), in_order(name_as_csl(name))) == (inverted_name, said)


@pytest.mark.django_db
def test_organisations_are_asked_first():
    make_organisation("Interpeace Alpha", other_names="Berghof Beta")
    names = csl_names(["Berghof Beta", "interpeace alpha", "Ann Author"])
    assert names == [
        {"literal": "Berghof Beta"},
        {"literal": "interpeace alpha"},
        {"given": "Ann", "family": "Author"},
    ]


def test_names_are_said_in_order_and_inverted():
    stoel, king = name_as_csl("Max van der Stoel"), name_as_csl("Martin Luther King Jr.")
    assert (in_order(stoel), inverted(stoel)) == ("Max van der Stoel", "van der Stoel, Max")
    assert in_order(king) == "Martin Luther King Jr."
    assert inverted(king) == "King, Martin Luther, Jr."


@pytest.mark.parametrize(
    ("given_names", "short"),
    [
        ("Ann", "A."),
        ("Ann Beth", "A. B."),
        ("Jean-Luc", "J.-L."),
        ("Kofi A.", "K. A."),
        ("J.R.R.", "J. R. R."),
        ("bell", "B."),
        ("Émile", "É."),
        ("泽东", "泽东"),
        ("-", "-"),
    ],
)
def test_initials_are_those_of_every_part(given_names, short):
    assert initials(given_names) == short


@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_any_name_can_be_read_and_said(name):
    parts = name_as_csl(name)
    assert inverted(parts) and in_order(parts)
    initials(parts.get("given", ""))


def test_a_body_is_known_from_the_moment_that_it_is_there(editor):
    assert "family" in csl_names(["Interpeace Alpha"])[0]
    body = make_organisation("Interpeace Alpha")
    assert csl_names(["Interpeace Alpha"]) == [{"literal": "Interpeace Alpha"}]
    with revision_block.recorded(by=editor, reason="Another name."):
        body.name = "Interpeace Beta"
        revision_block.save(body)
    assert "family" in csl_names(["Interpeace Alpha"])[0]
