"""Loading a collection kept as files: the shipped one, and ones that are wrong."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from cases.models import Case
from corrections.models import Correction, Notice
from desk.collection import BadCollection, People, load
from editions.models import Edition
from editions.record.verify import faults
from organisations.models import Organisation
from sources.models import Source

SHIPPED = Path(__file__).parents[2] / "collection"
FACTS = """+++
slug = "ending-a-made-up-war"
title = "Ending a made-up war"
standfirst = "Talks ended it."
authors = ["Ann Author"]
start_year = 1993
end_year = 1997
location = "Tajikistan"
aim = "ending"
countries = ["TJK"]
conflict_types = ["vertical-intrastate"]
initiative_types = ["mediation"]
organisations = ["United Nations of Nowhere"]
+++
The talks began in spring.[@author2001, p. 12]
"""
SOURCES = [
    {
        "id": "author2001",
        "type": "book",
        "title": "A Made-up Book",
        "author": [{"family": "Author", "given": "Ann"}],
        "publisher": "A Press",
        "publisher-place": "London",
        "issued": {"date-parts": [[2001]]},
    }
]
ORGANISATIONS = """[[organisations]]
name = "United Nations of Nowhere"
kind = "other"
"""
EDITIONS = """[[editions]]
kind = "correction"
change_note = "The season was wrong."
replace = [{ from = "spring", to = "autumn" }]

[correction]
message = "It was autumn."
passage = "in spring"
name = "Rosa Reader"
credit = true
notice_before = "in spring"
notice_after = "in autumn"
notice_why = "A reader saw it."
"""


@pytest.fixture
def people(editor, moderator):
    return People(editor, moderator)


@pytest.fixture
def folder(tmp_path):
    """A collection of one case with two editions."""
    case = tmp_path / "made-up"
    case.mkdir()
    (case / "case.md").write_text(FACTS, encoding="utf-8")
    (case / "sources.json").write_text(json.dumps(SOURCES), encoding="utf-8")
    (case / "organisations.toml").write_text(ORGANISATIONS, encoding="utf-8")
    (case / "editions.toml").write_text(EDITIONS, encoding="utf-8")
    return tmp_path


def test_a_case_is_written_published_corrected_and_published_again(folder, people):
    assert load(folder, people) == ["ending-a-made-up-war"]
    edition = Edition.objects.current().get()
    assert (edition.number, edition.published_by) == (2, people.moderator)
    assert "autumn" in edition.body
    assert Notice.objects.get().credit == "Rosa Reader"
    assert Correction.objects.get().mended_in == edition


def test_loading_again_changes_nothing(folder, people):
    load(folder, people)
    assert load(folder, people) == []
    assert Edition.objects.count() == 2
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("case.md", "+++\nslug", "slug", "begin with facts"),
        ("case.md", 'slug = "ending-a-made-up-war"', "", "no slug"),
        ("case.md", "start_year = 1993", "start_year = 1993 1994", "case.md"),
        ("case.md", "end_year = 1997", "end_year = 1990", "before the start"),
        ("case.md", '"TJK"', '"XXX"', "XXX"),
        ("case.md", "Nowhere", "Elsewhere", "elsewhere"),
        ("case.md", "@author2001", "@nobody", "nobody"),
        ("case.md", 'aim = "ending"', 'aim = "winning"', "case.md"),
        ("case.md", 'aim = "ending"', 'conflict = "star-wars"', "case.md"),
        ("sources.json", "]", "", "case.md"),
        ("sources.json", '"book"', '"scroll"', "case.md"),
        ("organisations.toml", 'kind = "other"', 'kind = "odd"', "organisations.toml"),
        ("editions.toml", '"spring"', '"winter"', "winter"),
        ("editions.toml", 'kind = "correction"', 'kind = "odd"', "case.md"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(folder, people, file, old, new, said):
    path = folder / "made-up" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadCollection, match=said):
        load(folder, people)
    assert not Case.objects.exists()
    assert not Source.objects.exists()
    assert not Organisation.objects.exists()


def test_the_shipped_collection_loads_and_its_editions_verify(people):
    loaded = load(SHIPPED, people)
    assert len(loaded) >= 8
    assert Edition.objects.listed().count() == len(loaded)
    assert list(faults()) == []
    assert Notice.objects.exists()
    macedonia = Edition.objects.get(case__slug="preventing-armed-conflict-in-macedonia")
    assert macedonia.record["conflict"]["label"] == str(macedonia.conflict)


def test_the_command_names_a_person_who_is_not_there(folder, db):
    with pytest.raises(CommandError, match="'editor'"):
        call_command("load_collection", folder)


def test_the_command_loads_in_the_names_of_the_demo_accounts(folder, db, capsys):
    call_command("make_demo_accounts")
    call_command("make_demo_accounts")
    call_command("load_collection", folder)
    told = capsys.readouterr().out
    assert "1 of 1 cases published" in told
    assert "1 cases loaded" in told
    groups = {user.username: user.groups.first() for user in User.objects.all()}
    assert str(groups["editor"]) == "Editors"
    assert str(groups["moderator"]) == "Moderators"
    assert User.objects.get(username="administrator").is_superuser


def test_the_demo_is_set_up_in_one_go_and_again(folder, db, capsys, monkeypatch, settings):
    (folder / "made-up").rename(folder.joinpath("collection").mkdir() or folder / "collection/one")
    settings.SIGNING_KEY_FILE = str(folder / "key.pem")
    settings.STATIC_ROOT = folder / "static"
    monkeypatch.chdir(folder)
    for loaded in (1, 0):
        call_command("set_up_demo")
        assert f"{loaded} cases loaded" in capsys.readouterr().out
    assert Edition.objects.listed().get().rendering.digest
    assert (folder / "static" / "css").is_dir()


def test_no_demo_is_set_up_in_production(db, settings):
    settings.MODE = "production"
    with pytest.raises(CommandError, match="not in production"):
        call_command("set_up_demo")
    assert not User.objects.exists()
