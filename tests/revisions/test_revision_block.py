"""One revision, one bump of the site version, however many services a block calls."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reversion.models import Revision

from revisions import revision_block
from tests.factories import make_source

pytestmark = pytest.mark.django_db


def bumps(queries):
    return [q for q in queries if q["sql"].startswith('UPDATE "revisions_siteversion"')]


def test_blocks_within_a_block_are_its_revision_and_bump_the_site_version_once(editor):
    before = Revision.objects.count()
    with (
        CaptureQueriesContext(connection) as queries,
        revision_block.recorded(by=editor, reason="Two sources."),
    ):
        make_source()
        make_source()
    assert len(bumps(queries.captured_queries)) == 1
    assert Revision.objects.count() == before + 1


def test_a_block_after_one_that_failed_bumps_again(editor):
    with pytest.raises(ZeroDivisionError), revision_block.recorded(by=editor, reason="Fails."):
        make_source(key=str(1 // 0))
    with CaptureQueriesContext(connection) as queries:
        make_source()
    assert len(bumps(queries.captured_queries)) == 1
