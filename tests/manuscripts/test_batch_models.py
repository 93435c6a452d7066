"""What can never be of an import and its articles, and that both outlive a discarded draft."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from reversion.models import Version

from manuscripts.models import ImportBatch, ImportedArticle, ImportPoint
from revisions import history
from tests.factories import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(editor):
    return ImportBatch.objects.create(name="export.xml", by=editor, fingerprint="f")


def article(batch, **over):
    row = ImportedArticle(batch=batch, **{"position": 0, "name": "export.xml"} | over)
    row.full_clean()
    row.save()
    return row


def test_a_place_in_an_import_has_one_article(batch):
    article(batch)
    with pytest.raises(ValidationError, match="in this place already"):
        article(batch)


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"status": "refused"}, "said in its report"),
        ({"report": {}}, "said in its report"),
        ({"status": "imported", "report": {"status": "imported"}}, "has a case"),
    ],
)
def test_what_became_of_an_article_is_whole(batch, over, words):
    with pytest.raises(ValidationError, match=words):
        article(batch, **over)


def test_an_import_is_finished_at_a_time(batch):
    batch.state = "finished"
    with pytest.raises(ValidationError, match="says when"):
        batch.full_clean()


def test_an_import_is_not_deleted_under_its_articles(batch):
    article(batch)
    with pytest.raises(ProtectedError):
        batch.delete()


def test_a_text_is_found_by_its_words_under_any_name(batch):
    words, other = "a" * 32, "b" * 32
    found = article(batch, digest=words + other)
    article(batch, position=1, digest=other + words)
    assert list(ImportedArticle.objects.of_text(words + words)) == [found]


def test_points_and_articles_of_a_discarded_draft_are_there_when_it_is_brought_back(batch, editor):
    case = make_case(by=editor)
    ImportPoint.objects.create(case=case, position=0, code="aim-missing", line=1, text="No aim.")
    report = {"status": "imported"}
    article(batch, status="imported", report=report, case=case)
    version = Version.objects.get_for_object(case).first()
    case.delete()
    back = history.bring_back(version, by=editor, reason="It was wanted after all.")
    assert [point.text for point in back.import_points.all()] == ["No aim."]
    assert back.imported_articles.get().report == report
