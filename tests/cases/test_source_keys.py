"""The texts of cases follow a source whose key is changed."""

import pytest
from reversion.models import Version

from cases.models import Case
from cases.rendering import render_case
from cases.source_keys import recounted_together
from revisions import revision_block
from sources.models import Source
from tests.factories import make_case, make_source, make_user

pytestmark = pytest.mark.django_db

BODY = "A.[@old1, p. 3; see @old1] B.[@old12] C.[@old1-b] me@old1.org stays"
AFTER = "A.[@new1, p. 3; see @new1] B.[@old12] C.[@old1-b] me@old1.org stays"


@pytest.fixture
def case():
    for key in ("old1", "old12", "old1-b"):
        Source.objects.create(key=key, title=f"Work {key}")
    row = {"date": "1997", "line": "It ended.", "citation": "[@old1]"}
    return make_case(body=BODY, events=[row])


def rename(new, by):
    source = Source.objects.get(key="old1")
    source.key = new
    with revision_block.recorded(by=by, reason="A better key."):
        revision_block.save(source)
    return source


def test_texts_and_facts_follow_as_part_of_the_same_revision(case):
    other, lock = make_case(body="Nothing.[@old12]"), case.lock
    source = rename("new1", make_user("edith"))
    assert source.followed_by == [case.title]
    case.refresh_from_db()
    assert case.body == AFTER
    assert case.events.get().citation == "[@new1]"
    assert case.lock == lock + 1
    assert render_case(case).problems == []
    assert Version.objects.get_for_object(case)[0].revision.comment == "A better key."
    assert Version.objects.get_for_object(other).count() == 1


def test_a_change_without_a_new_key_touches_no_case(case):
    source = Source.objects.get(key="old1")
    source.title = "Another title"
    with revision_block.recorded(by=None, reason="Title."):
        revision_block.save(source)
    assert source.followed_by == ()
    assert Version.objects.get_for_object(case).count() == 1


def test_drafts_that_cite_new_sources_in_vain_are_counted_again_together():
    cases = [make_case(body=f"A.[@{key}]") for key in ("late1", "late2", "late3")]
    assert [case.stopping for case in cases] == [1, 1, 1]
    with recounted_together():
        make_source("late1")
        make_source("late2")
        assert Case.objects.filter(stopping=1).count() == 3
    assert [Case.objects.get(pk=case.pk).stopping for case in cases] == [0, 0, 1]
