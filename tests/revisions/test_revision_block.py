"""One revision, one bump of the site version, however many services a block calls."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reversion.models import Revision

from revisions import revision_block
from sources.models import Contributor, Source
from sources.services import create_source
from tests.factories import make_source

pytestmark = pytest.mark.django_db


def bumps(queries):
    return [q for q in queries if q["sql"].startswith('UPDATE "revisions_siteversion"')]


def _changed(source):
    with revision_block.recorded(by=None, reason="Changed."):
        revision_block.save(source)


def test_blocks_within_a_block_are_its_revision_and_bump_the_site_version_once(editor):
    one, two = make_source(), make_source()
    before = Revision.objects.count()
    with (
        CaptureQueriesContext(connection) as queries,
        revision_block.recorded(by=editor, reason="Two sources."),
    ):
        _changed(one)
        _changed(two)
    assert len(bumps(queries.captured_queries)) == 1
    assert Revision.objects.count() == before + 1


def test_a_block_after_one_that_failed_bumps_again(editor):
    source = make_source()
    with pytest.raises(ZeroDivisionError), revision_block.recorded(by=editor, reason="Fails."):
        make_source(key=str(1 // 0))
    with CaptureQueriesContext(connection) as queries:
        _changed(source)
    assert len(bumps(queries.captured_queries)) == 1


def test_what_the_database_refuses_is_said_in_words_and_the_rest_of_the_block_goes_on(editor):
    both = Contributor(family="Lynch", literal="International Crisis Group")
    with revision_block.recorded(by=editor, reason="Two sources."):
        with pytest.raises(ValidationError, match="the name of a body, not both"):
            create_source(Source(key="a", title="A"), [both], by=editor, reason="One.")
        create_source(Source(key="b", title="B"), [], by=editor, reason="Two.")
    assert list(Source.objects.values_list("key", flat=True)) == ["b"]


def test_a_value_that_is_taken_is_refused_in_words(editor):
    make_source(key="lynch2001")
    with pytest.raises(ValidationError, match="Another source has this key already"):
        create_source(Source(key="Lynch2001", title="A"), [], by=editor, reason="Again.")


def test_all_that_is_wrong_with_a_row_is_said_at_once(editor):
    make_source(key="lynch2001")
    wrong = Source(key="lynch2001", title="A", doi="none", url="nowhere")
    with pytest.raises(ValidationError) as refused:
        create_source(wrong, [], by=editor, reason="Wrong.")
    assert set(refused.value.message_dict) == {"doi", "url", "__all__"}


def test_a_row_costs_no_question_for_each_of_its_constraints(editor):
    person = Contributor(family="Lynch", given="Dov")
    with CaptureQueriesContext(connection) as queries:
        create_source(Source(key="a", title="A"), [person], by=editor, reason="One.")
    stored = [query["sql"] for query in queries if '"sources_' in query["sql"]]
    assert [sql.split()[0] for sql in stored] == ["INSERT", "INSERT", "SELECT", "SELECT"]
