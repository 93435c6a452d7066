"""An article that tells a case of ours again becomes its next working copy, where one says so."""

import pytest

from cases import services as cases
from cases.models import Case
from editions.record.read import record_of
from revisions.history import revisions_of
from tests.desk.test_manuscripts import ARTICLE
from tests.factories import publish_case

AGAIN = (
    ARTICLE.replace("Ending the armed conflict in Mozambique", "Mediation in Mozambique")
    .replace("The mediation of a religious", "How the mediation of a religious")
    .replace("They ended well in 1992.", "They came to a good end in Rome.")
)


@pytest.fixture
def desk(logged_in, editor):
    return logged_in(editor)


@pytest.fixture
def first(desk, page, hidden):
    """The case of the first life."""
    read = desk.post(page("import"), {"action": "read", "text": ARTICLE})
    typed = hidden(read) | {"action": "accept", "text": ARTICLE}
    assert desk.post(page("import"), typed).status_code == 302
    return Case.objects.get()


def read_again(desk, page):
    return desk.post(page("import"), {"action": "read", "text": AGAIN})


def accept_again(desk, page, hidden, value):
    typed = hidden(read_again(desk, page)) | {"action": "accept", "text": AGAIN}
    return desk.post(page("import"), typed | {"case-0": value})


def test_it_is_asked_with_the_reasons_and_what_differs(first, desk, page):
    response = read_again(desk, page)
    html = response.content.decode()
    assert f"It may be the case “{first.title}”" in html and "the same years" in html
    [row] = [r for r in response.context["questions"] if r["question"].field == "case-0"]
    assert [value for value, _words in row["question"].options] == [first.slug, "new"]
    assert row["value"] == "new", "nothing is decided"
    told = {each.label: each for each in row["cases"][0]["differences"]}
    assert told["Title"].theirs == "Mediation in Mozambique"
    assert "Countries" not in told and "Text" in told


def test_put_into_the_case_it_is_its_next_working_copy(
    first, desk, page, hidden, editor, moderator
):
    first = cases.change_case(first, by=editor, reason="Credited.", authors="Ann Author")
    edition = publish_case(first, by=moderator)
    before = len(revisions_of(first))
    response = accept_again(desk, page, hidden, first.slug)
    assert response.url == f"/admin/cases/case/{first.pk}/change/"
    case = Case.objects.get()
    assert "came to a good end" in case.body and case.title == "Mediation in Mozambique"
    assert case.slug == first.slug and case.impact == "lasting"
    assert len(revisions_of(case)) == before + 1
    assert case.import_points.filter(code="like-a-case").exclude(done_at=None).exists()
    assert record_of(edition)["title"] == "Ending the armed conflict in Mozambique"


def test_left_as_it_is_it_is_a_draft_of_its_own(first, desk, page, hidden):
    accept_again(desk, page, hidden, "new")
    assert Case.objects.count() == 2


def test_no_other_case_can_be_named(first, desk, page, hidden):
    other = Case.objects.create(title="Another", slug="another")
    response = accept_again(desk, page, hidden, other.slug)
    assert response.status_code == 200 and Case.objects.count() == 2
    assert "that may be meant" in response.content.decode()


def test_a_draft_that_was_made_all_the_same_is_put_into_the_case_later(
    first, desk, page, hidden, editor, moderator
):
    cases.change_case(first, by=editor, reason="Credited.", authors="Ann Author", aim=None)
    accept_again(desk, page, hidden, "new")
    draft = Case.objects.exclude(pk=first.pk).get()
    draft.import_points.update(done_at=None, done_by=None)
    assert f"/admin/import/{draft.pk}/told-again/" in desk.get(page("import_points", draft.pk)).text
    address = page("told_again", draft.pk)
    shown = desk.get(address)
    [told] = shown.context["likely"]
    assert told["case"] == first and "the same years" in told["reasons"]
    response = desk.post(address, {"into": first.pk})
    assert response.url == f"/admin/cases/case/{first.pk}/change/"
    stored = Case.objects.get(pk=first.pk)
    assert (stored.title, stored.body) == (draft.title, draft.body)
    assert (stored.slug, stored.authors, stored.impact) == (first.slug, "Ann Author", "lasting")
    assert stored.organisation_list == draft.organisation_list
    assert Case.objects.filter(pk=draft.pk).exists(), "to be discarded by a person"


def test_what_is_not_like_it_or_was_published_is_not_put_anywhere(
    first, desk, page, hidden, editor, moderator
):
    first = cases.change_case(first, by=editor, reason="Credited.", authors="Ann Author")
    accept_again(desk, page, hidden, "new")
    draft = Case.objects.exclude(pk=first.pk).get()
    other = Case.objects.create(title="Another", slug="another")
    refused = desk.post(page("told_again", draft.pk), {"into": other.pk})
    assert refused.status_code == 200 and "not like this one" in refused.text
    publish_case(first, by=moderator)
    refused = desk.post(page("told_again", first.pk), {"into": draft.pk})
    assert "never published" in refused.text
    assert Case.objects.get(pk=draft.pk).title == "Mediation in Mozambique"
