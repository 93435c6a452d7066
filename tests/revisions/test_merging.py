"""Two people on one form: what only one of them changed stays, whoever saves last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reversion.models import Version

from cases import services
from cases.models import Case
from revisions.merging import merge_texts
from sources.models import Source
from tests.cases.admin_forms import change_url, form_of, sent_again
from tests.factories import make_case, make_organisation, make_source

BEFORE = "One.\n\nTwo.\n\nThree."


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ("One!\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree?", "One!\n\nTwo.\n\nThree?"),
        (BEFORE + "\n\nFour!", "0?\n\n" + BEFORE, "0?\n\n" + BEFORE + "\n\nFour!"),
        ("One.\n\nThree.", BEFORE + "\n\nFour?", "One.\n\nThree.\n\nFour?"),
        ("One.\n\nTwo, both.", "One.\n\nTwo, both.", "One.\n\nTwo, both."),
        ("One.\n\nTwo!\n\nThree.", "One.\n\nTwo?\n\nThree.", None),
        ("One.\n\nThree.", "One.\n\nTwo?\n\nThree.", None),
    ],
)
def test_texts_are_merged_by_paragraphs(mine, theirs, merged):
    assert merge_texts(BEFORE, mine, theirs) == merged
    assert merge_texts(BEFORE, theirs, mine) == merged


texts = st.lists(st.sampled_from("abcd"), max_size=6).map("\n\n".join)


@given(texts, texts)
def test_where_one_changed_nothing_the_others_text_stands(before, other):
    assert merge_texts(before, before, other) == other
    assert merge_texts(before, other, before) == other
    assert merge_texts(before, other, other) == other


@given(texts, texts, texts)
def test_nothing_that_one_added_is_lost(before, mine, theirs):
    merged = merge_texts(before, mine, theirs)
    if merged is not None:
        for side in (mine, theirs):
            added = set(side.split("\n\n")) - set(before.split("\n\n"))
            assert added <= set(merged.split("\n\n"))


@pytest.fixture
def case(editor):
    return make_case(editor, body=BEFORE, parties=[{"role": "mediator", "name": "A"}])


pytestmark = pytest.mark.django_db


def test_what_does_not_touch_is_saved_together(logged_in, editor, moderator, case):
    mine = form_of(case, standfirst="Mine.", body="One, mine.\n\nTwo.\n\nThree.")
    mine["countries"] = [*mine["countries"]]
    services.change_case(
        case, by=moderator, reason="Theirs.", title="Theirs", body="One.\n\nTwo.\n\nThree, theirs."
    )
    answer = logged_in(editor).post(change_url(case), mine, follow=True)
    stored = Case.objects.get()
    assert (stored.title, stored.standfirst) == ("Theirs", "Mine.")
    assert stored.body == "One, mine.\n\nTwo.\n\nThree, theirs."
    assert "Saved together with what somebody else changed meanwhile: Title." in (
        answer.content.decode()
    )


def test_what_both_changed_is_asked_and_the_rest_is_not_undone(logged_in, editor, moderator, case):
    client = logged_in(editor)
    mine = form_of(case, title="Mine", standfirst="My standfirst.")
    services.change_case(
        case, by=moderator, reason="Theirs.", title="Theirs", location="Theirs", countries=[]
    )
    answer = client.post(change_url(case), mine)
    page = answer.content.decode()
    assert answer.status_code == 200 and "Somebody else changed this too" in page
    assert "Theirs." in page
    again = sent_again(answer)
    assert (again["title"], again["location"]) == ("Mine", "Theirs")
    assert client.post(change_url(case), again).status_code == 302
    stored = Case.objects.get()
    assert (stored.title, stored.location, stored.standfirst) == (
        "Mine",
        "Theirs",
        "My standfirst.",
    )
    assert not stored.countries.exists()


def test_rows_are_merged_row_by_row(logged_in, editor, moderator, case):
    mine = form_of(case, **{"parties-TOTAL_FORMS": 2, "parties-1-role": "guarantor"})
    mine["parties-1-name"] = "Mine"
    first = {"role": "mediator", "name": "A, theirs"}
    services.change_case(
        case,
        by=moderator,
        reason="Theirs.",
        parties=[first, {"role": "guarantor", "name": "Theirs"}],
    )
    assert logged_in(editor).post(change_url(case), mine).status_code == 302
    names = {party.name for party in Case.objects.get().parties.all()}
    assert {"Mine", "Theirs", "A, theirs"} <= names


def authors(source):
    return [str(row) for row in source.contributors.all()]


def posted(source, **over):
    data = {"lock": source.lock, "reason": "Because.", "_continue": "1"}
    for name in ("key", "type", "title", "publisher", "publisher_place", "issued"):
        data[name] = getattr(source, name)
    rows = list(source.contributors.all())
    data |= {"contributors-TOTAL_FORMS": len(rows), "contributors-INITIAL_FORMS": len(rows)}
    for n, row in enumerate(rows):
        data |= {f"contributors-{n}-{f}": getattr(row, f) for f in ("role", "given", "family")}
        data |= {f"contributors-{n}-id": row.pk, f"contributors-{n}-source": source.pk}
        data[f"contributors-{n}-position"] = row.position
    return data | over


@pytest.fixture
def source():
    return make_source(authors=[("Don", "Lynch"), ("Ann", "Other")])


def test_one_changes_a_row_and_the_other_another(logged_in, editor, moderator, source):
    address = f"/admin/sources/source/{source.pk}/change/"
    mine = posted(source, **{"contributors-0-given": "Dov"})
    theirs = posted(source, **{"contributors-1-given": "Anna"}, title="Their title")
    logged_in(moderator).post(address, theirs)
    assert logged_in(editor).post(address, mine).status_code == 302
    source = Source.objects.get()
    assert authors(source) == ["Dov Lynch", "Anna Other"] and source.title == "Their title"


def test_a_row_that_the_other_deleted_is_gone_if_i_did_not_touch_it(
    logged_in, editor, moderator, source
):
    address = f"/admin/sources/source/{source.pk}/change/"
    mine = posted(source, title="My title")
    logged_in(moderator).post(address, posted(source, **{"contributors-1-DELETE": "on"}))
    assert logged_in(editor).post(address, mine).status_code == 302
    assert authors(Source.objects.get()) == ["Don Lynch"]
    assert Source.objects.get().title == "My title"


def test_a_row_that_both_changed_is_asked(logged_in, editor, moderator, source):
    address = f"/admin/sources/source/{source.pk}/change/"
    mine = posted(source, **{"contributors-0-given": "Dov"})
    logged_in(moderator).post(address, posted(source, **{"contributors-0-given": "David"}))
    answer = logged_in(editor).post(address, mine)
    assert "Somebody else changed rows of" in answer.content.decode()
    assert authors(Source.objects.get()) == ["David Lynch", "Ann Other"]


def test_a_save_without_a_change_makes_no_revision(logged_in, editor, case):
    client, versions = logged_in(editor), Version.objects.count()
    answer = client.post(change_url(case), form_of(case), follow=True)
    assert "Nothing was changed" in answer.content.decode()
    assert Version.objects.count() == versions and Case.objects.get().lock == case.lock
    submitted = client.post(change_url(case), form_of(case) | {"_submit_for_review": "1"})
    assert submitted.status_code == 302 and Case.objects.get().stage == Case.Stage.IN_REVIEW


def test_a_change_of_a_relation_is_a_change(logged_in, editor, case):
    body = make_organisation("A Body")
    rows = {
        "participations-TOTAL_FORMS": 1,
        "participations-0-organisation": body.pk,
        "participations-0-case": case.pk,
    }
    logged_in(editor).post(change_url(case), form_of(case, **rows))
    assert Case.objects.get().organisation_list == [body]
