"""References that come in: what each resembles, what is chosen, what is stored."""

import pytest

from revisions.revision_block import ReasonMissing
from sources import importing
from sources.importing import Choice, Unchosen
from sources.models import Source
from sources.reference_files import ReadReference
from tests.factories import make_source, make_user

pytestmark = pytest.mark.django_db

TAJIK = {
    "type": "article-journal",
    "title": "The Tajik civil war and peace process",
    "author": [{"family": "Lynch", "given": "Dov"}],
    "container-title": "Civil Wars",
    "issued": {"date-parts": [[2001]]},
}


def tajik_source(key="lynch2001", **over):
    values = {
        "type": "article-journal",
        "title": TAJIK["title"],
        "container_title": "Civil Wars",
        "authors": [("Dov", "Lynch")],
        "publisher": "",
        "publisher_place": "",
    }
    return make_source(key, **(values | over))


def understand(*items):
    read = [ReadReference(item, line, []) for line, item in enumerate(items, start=1)]
    return importing.understand(read)


def store(understood, **choices):
    chosen = {int(name[1:]): value for name, value in choices.items()}
    return importing.store(understood, chosen, by=make_user("edith"), reason="Taken in.")


def test_what_is_here_is_not_stored_again():
    tajik_source()
    [one] = understand(TAJIK)
    assert (one.proposed, one.likes[0].key, one.key) == (Choice.KEEP, "lynch2001", "lynch2001b")
    done = store([one])
    assert (done.kept, done.added) == ({1: "lynch2001"}, {})
    assert Source.objects.count() == 1


def test_what_resembles_waits_for_a_choice():
    tajik_source(authors=[("Don", "Lynch")])
    [one] = understand(TAJIK)
    assert one.proposed is None and "Don Lynch" in one.likes[0].why
    with pytest.raises(Unchosen, match="1"):
        store([one])
    assert store([one], c1=(Choice.ADD, "")).added == {1: "lynch2001b"}


def test_a_source_that_is_here_is_filled_where_it_is_blank():
    source = tajik_source(volume="3")
    [one] = understand(TAJIK | {"volume": "4", "issue": "4", "DOI": "10.1080/1"})
    assert store([one], c1=(Choice.FILL, "lynch2001")).filled == {1: "lynch2001"}
    source.refresh_from_db()
    assert (source.volume, source.issue, source.doi) == ("3", "4", "10.1080/1")
    assert [str(row) for row in source.contributors.all()] == ["Dov Lynch"]


def test_a_file_that_has_a_work_twice_adds_it_once():
    understood = understand(TAJIK | {"id": "a"}, TAJIK | {"id": "b"})
    assert [one.proposed for one in understood] == [Choice.ADD, Choice.KEEP]
    done = store(understood)
    assert (done.added, done.kept) == ({1: "a"}, {2: "a"})
    assert list(Source.objects.values_list("key", flat=True)) == ["a"]


def test_a_twin_of_what_was_found_to_be_here_is_that_source():
    tajik_source()
    understood = understand(TAJIK | {"id": "a"}, TAJIK | {"id": "b", "issue": "4"})
    done = store(understood, c1=(Choice.KEEP, "lynch2001"), c2=(Choice.FILL, "a"))
    assert done.filled == {2: "lynch2001"}
    assert Source.objects.get().issue == "4"


def test_keys_are_given_anew_where_they_are_taken_or_are_none():
    make_source("Doe2001")
    understood = understand(
        {"id": "doe2001", "title": "One", "type": "book"},
        {"id": "http://x/1", "title": "The two of them", "type": "book"},
    )
    assert [one.key for one in understood] == ["one", "twothem"]


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({"title": "T", "type": "patent"}, "patent"),
        ({"title": "x" * 501, "type": "book"}, "500"),
        ({"title": "", "type": "book"}, "title"),
        ({"title": "T", "type": "book", "URL": "ftp://x"}, "http"),
        ({"title": "T", "type": "book", "author": [{"family": "x" * 200}]}, "120"),
    ],
)
def test_what_cannot_be_stored_is_said_and_left_out(item, said):
    [one] = understand(item)
    assert said in one.problem and one.proposed is Choice.LEAVE
    done = store([one], c1=(Choice.ADD, ""))
    assert done.left == [1] and not Source.objects.exists()


def test_a_revision_says_who_and_why_and_nothing_is_stored_without_a_reason():
    understood = understand(TAJIK)
    with pytest.raises(ReasonMissing):
        importing.store(understood, {}, by=None, reason=" ")
    assert not Source.objects.exists()


def test_the_report_says_what_became_of_each():
    tajik_source()
    understood = understand(TAJIK, {"title": "Another", "type": "book"}, {"type": "book"})
    assert [e["status"] for e in importing.report(understood)] == ["known", "new", "refused"]
    entries = importing.report(understood, store(understood))
    assert [e["status"] for e in entries] == ["kept", "added", "refused"]
    assert entries[0]["resembles"][0]["key"] == "lynch2001"
    assert entries[0]["line"] == 1


def test_a_body_is_known_by_its_other_names():
    make_source("oau1990", type="report", title="On peace", authors=(), issued="1990")
    source = Source.objects.get()
    source.contributors.create(literal="Organization of African Unity")
    item = {"type": "report", "title": "On peace", "issued": {"date-parts": [[1990]]}}
    read = [ReadReference(item | {"author": [{"literal": "OAU"}]}, 1, [])]
    names = {"OAU": "Organization of African Unity"}
    [one] = importing.understand(read, names)
    assert one.proposed is Choice.KEEP
