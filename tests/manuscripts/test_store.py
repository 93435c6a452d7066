"""Storing a resolved manuscript: one draft, one revision; the same text only once."""

import pytest
from reversion.models import Revision, Version

from cases.models import Case
from cases.rendering import render
from manuscripts.parse.reading import read
from manuscripts.report import report
from manuscripts.resolve.directory import Directory
from manuscripts.resolve.resolve import resolve
from manuscripts.store import AlreadyImported, store
from organisations.models import Organisation
from sources.formats import library
from sources.models import Source
from tests.factories import make_source
from tests.manuscripts.articles import NOTES, make_article, make_facts

pytestmark = pytest.mark.django_db

HILLS = {"title": "The war in the hills", "container_title": "Journal of Small Wars"}


def imported(editor, name="a.txt", **over):
    resolved = resolve(read(make_article(**over), name), Directory.load())
    return store(resolved, by=editor, reason="Imported from a.txt"), resolved


def rendered(case):
    return render(case.body, library(case.body))


def test_a_draft_is_stored_with_its_facts_sources_and_organisations(editor):
    facts = make_facts(
        conflict_types="Interstate conflict",
        initiative_types="Diplomacy",
        organisations="The UN, the governments of Chad and Libya",
        impact="Limited: it came back.",
    )
    case, _ = imported(editor, title="Ending the armed conflict in Tajikistan", facts=facts)
    case.refresh_from_db()
    assert (case.stage, case.slug) == ("draft", "ending-the-armed-conflict-in-tajikistan")
    assert (case.start_year, case.end_year, case.impact) == (1993, 1997, "limited")
    assert [str(country) for country in case.countries.all()] == ["Tajikistan"]
    assert [group.slug for group in case.regional_groups.all()] == ["asia-pacific"]
    assert [
        (o.name, o.kind.slug, o.country and o.country.alpha3) for o in case.organisation_list
    ] == [
        ("UN", "united-nations", None),
        ("Government of Chad", "national-government", "TCD"),
        ("Government of Libya", "national-government", "LBY"),
    ]
    assert list(Source.objects.values_list("key", flat=True)) == ["okrihale2003", "smith2001"]
    assert [str(c) for c in Source.objects.get(key="okrihale2003").contributors.all()] == [
        *("Ben Okri-Hale", "Cora van Dyk", "Dan Ames", "Eve Bell")
    ]


def test_the_notes_come_out_as_they_were_printed(editor):
    case, _ = imported(editor)
    assert [note.text for note in rendered(case).notes] == list(NOTES)
    assert rendered(case).problems == []


def test_odd_locators_and_words_come_out_as_they_were_printed(editor):
    notes = (
        *NOTES[:2],
        "See Smith. “The war in the hills.” p.60-1; Okri-Hale & van Dyk. “Talking.” pp.17",
        "The figures are disputed.",
        "See Smith. “The war in the hills.” p.61. It is the best account.",
    )
    case, _ = imported(editor, notes=notes, text="How.\n\nA one.1 B two.2 C three.3 D four.4 E.5")
    assert [note.text for note in rendered(case).notes] == list(notes)


def test_everything_is_one_revision_with_its_reason(editor):
    before = Revision.objects.count()
    case, _ = imported(editor)
    assert Revision.objects.count() == before + 1
    revision = Version.objects.get_for_object(case).get().revision
    assert (revision.comment, revision.user) == ("Imported from a.txt", editor)
    assert Version.objects.get_for_object(Source.objects.get(key="smith2001")).count() == 1


def test_the_same_file_again_is_unchanged(editor):
    make_source("smith2001", type="article-journal", **HILLS, authors=[("Dan", "Smith")])
    case, first = imported(editor)
    assert "smith2001b" in first.keys
    again = resolve(read(make_article(), "a.txt"), Directory.load())
    assert (again.status, again.slug) == ("unchanged", case.slug)
    assert report(again)["sources"] == report(first)["sources"]
    with pytest.raises(AlreadyImported):
        store(again, by=editor, reason="Again.")
    assert (Case.objects.count(), Source.objects.count()) == (1, 3)


def test_the_same_text_under_another_name_is_a_duplicate_however_spaced(editor):
    case, _ = imported(editor)
    text = make_article().replace("\n", "\r\n").replace("Ruritania in", "Ruritania  in")
    again = resolve(read(text, "b.txt"), Directory.load())
    assert (again.status, again.slug) == ("duplicate-of", case.slug)


def test_another_text_by_the_same_author_shares_the_sources(editor):
    imported(editor)
    other = {"title": "Ending the armed conflict in Kravonia"}
    case, _ = imported(editor, name="b.txt", **other)
    assert Source.objects.count() == 2
    assert [note.text for note in rendered(case).notes] == list(NOTES)
    assert Organisation.objects.count() == 1


def test_nothing_is_stored_where_a_model_refuses_a_value(editor):
    resolved = resolve(read(make_article(), "a.txt"), Directory.load())
    resolved.location = "x" * 300
    with pytest.raises(Exception, match="250"):
        store(resolved, by=editor, reason="Imported.")
    assert not Case.objects.exists() and not Source.objects.exists()
    assert not Organisation.objects.exists() and not Revision.objects.exists()


def test_what_found_no_place_follows_at_the_end_of_the_draft(editor):
    facts = make_facts(conflict_types="Banditry")
    case, _ = imported(editor, text="How.\n\nIt began.1 It ended.2", facts=facts)
    end = case.body.partition("## Left over from the manuscript")[2]
    assert "Note 3 of the manuscript.[@smith2001, p. 60]" in end
    assert "Banditry" in end
    assert rendered(case).problems == []
