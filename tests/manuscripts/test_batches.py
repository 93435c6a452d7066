"""Batches of articles: read in, imported, stopped, gone on with; what is known is not parsed."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import OperationalError
from django.utils import timezone

from cases.models import Case
from manuscripts import batch_work, batches
from manuscripts.batches import WrongState, origin_of
from manuscripts.files import Article, articles
from manuscripts.importing import Importer
from manuscripts.models import ImportBatch
from revisions.models import AuditEvent, UntoldEvent
from tests.factories import make_source
from tests.manuscripts.articles import make_article
from tests.manuscripts.files.making import make_wxr
from tests.manuscripts.test_killed_import import small_posts

pytestmark = pytest.mark.django_db


def text_of(number):
    return make_article(title=f"Ending the armed conflict number {number} in Chad")


def export(count, cut=0):
    data = make_wxr(*small_posts(count))
    return [("export.xml", articles(BytesIO(data[: len(data) - cut]), "export.xml"))]


def texts(*numbers, name="article-{}.txt"):
    for number in numbers:
        named = name.format(number)
        yield named, [Article(named, text_of(number))]


@pytest.fixture
def batch(editor):
    return batches.begin("some files", by=editor, fingerprint="f")


def read_in(batch, files):
    *_, count = batches.read_in(batch, files)
    return count


def imported(batch):
    return [row.status for row in batch_work.import_rows(batch)]


def test_articles_are_read_into_rows_and_become_drafts_with_their_reports(batch):
    assert read_in(batch, texts(0, 1)) == 2
    assert batch.state == "importing" and not Case.objects.exists()
    assert imported(batch) == ["imported", "imported"]
    first = batch.articles.first()
    assert first.case.title == first.title == first.report["title"]
    assert first.case.contributors.get() == batch.by
    assert batch.state == "finished" and batch.finished_at


def test_where_a_post_stood_is_kept_beside_its_case(batch):
    read_in(batch, export(1))
    imported(batch)
    row = batch.articles.get()
    origin = origin_of(row)
    assert origin.address.startswith("https://old.example.org/ending-the-armed-conflict-number-0")
    assert (origin.published, origin.author) == ("2015-03-02", "Ed Alpha")
    assert origin.other_addresses == ("https://old.example.org/?p=1",)
    assert row.case.authors == "Ed Alpha"


def test_what_was_read_before_a_file_stops_in_the_middle_stays_and_the_rest_is_named(batch):
    assert read_in(batch, export(3, cut=900)) == 3
    imported(batch)
    assert [row.status for row in batch.articles.all()] == ["imported", "imported", "refused"]
    reason = batch.articles.last().report["reason"]
    assert "broken XML at line" in reason and "2 posts before it were read" in reason


def test_rows_that_were_stored_before_a_kill_are_passed_over(batch, monkeypatch):
    monkeypatch.setattr(batches, "_AT_ONCE", 2)
    reading = batches.read_in(batch, texts(*range(5)))
    assert next(reading) == 2
    reading.close()
    assert batch.articles.count() == 2 and batch.state == "reading"
    assert read_in(batch, texts(*range(5))) == 5
    titles = [row.title for row in batch.articles.all()]
    assert titles == [text_of(n).partition("\n")[0] for n in range(5)]


def test_the_same_files_again_go_on_with_the_batch_until_it_is_finished(batch, editor, moderator):
    same = {"name": "some files", "fingerprint": "f"}
    assert batches.begin(by=editor, **same) == batch
    assert batches.begin(by=moderator, **same) != batch
    read_in(batch, texts(0))
    imported(batch)
    assert batches.begin(by=editor, **same) != batch


def test_a_fingerprint_tells_names_and_contents():
    def of(*files):
        return batches.fingerprint((name, BytesIO(data)) for name, data in files)

    assert of(("a", b"1")) == of(("a", b"1"))
    others = {of(("a", b"2")), of(("b", b"1")), of(("a", b"1"), ("a", b"1")), of(("a1", b""))}
    assert len({of(("a", b"1")), *others}) == 5


def test_a_batch_is_stopped_after_the_article_in_hand_and_gone_on_with(batch, moderator):
    read_in(batch, texts(0, 1, 2))
    rows = batch_work.import_rows(batch)
    next(rows)
    batches.stop(batch, by=moderator)
    assert list(rows) == [] and batch.articles.waiting().count() == 2
    assert batch_work.work_on_imports() == 0
    with pytest.raises(WrongState):
        batches.stop(batch, by=moderator)
    batches.go_on(batch, by=moderator)
    assert batch_work.work_on_imports() == 2
    with pytest.raises(WrongState):
        batches.go_on(batch, by=moderator)
    said = AuditEvent.objects.filter(action__startswith="import").order_by("pk")
    assert [(event.action, event.by) for event in said] == [
        ("import-begun", batch.by),
        ("import-stopped", moderator),
        ("import-resumed", moderator),
    ]


def test_a_worker_leaves_a_batch_alone_that_another_holds(batch):
    read_in(batch, texts(0))
    batch_work.take_over(batch)
    assert batch_work.work_on_imports() == 0
    ImportBatch.objects.update(taken_until=timezone.now() - timedelta(seconds=1))
    assert batch_work.work_on_imports() == 1


def test_known_articles_are_recognised_without_being_parsed(batch, editor, monkeypatch):
    read_in(batch, texts(0))
    imported(batch)
    report = batch.articles.get().report
    again = batches.begin("again", by=editor, fingerprint="g")
    read_in(again, [*texts(0), *texts(0, name="copy-{}.txt")])

    def not_parsed(*_arguments):
        raise AssertionError("It was parsed.")

    monkeypatch.setattr(Article, "read", not_parsed)
    monkeypatch.setattr("manuscripts.importing.Directory", None)
    assert imported(again) == ["unchanged", "duplicate-of"]
    first, copy = again.articles.all()
    assert first.case == copy.case == Case.objects.get()
    assert copy.report["file"] == "copy-0.txt" and "under another name" in copy.report["reason"]
    told = ("file", "status", "reason")
    for row in (first, copy):
        assert {k: v for k, v in row.report.items() if k not in told} == {
            k: v for k, v in report.items() if k not in told
        }


def test_what_was_discarded_meanwhile_is_imported_anew(batch):
    read_in(batch, texts(0))
    imported(batch)
    importer = Importer(batch.by)
    Case.objects.get().delete()
    again = batches.begin("again", by=batch.by, fingerprint="g")
    read_in(again, texts(0))
    row = batch_work._import_row(again.articles.get().pk, importer)
    assert (row.status, row.case) == ("imported", Case.objects.get())


def test_an_error_of_the_program_refuses_one_article_and_the_rest_goes_on(batch, monkeypatch):
    read_in(batch, texts(0, 1, 2))
    read, title = Article.read, text_of(1).partition("\n")[0]

    def failing(article):
        if title in article.text:
            raise RuntimeError("A bug.")
        return read(article)

    monkeypatch.setattr(Article, "read", failing)
    assert imported(batch) == ["imported", "refused", "imported"]
    assert "An error of this program" in batch.articles.get(status="refused").report["reason"]
    assert batch.state == "finished"


def test_a_database_that_is_away_refuses_nothing(batch, monkeypatch):
    read_in(batch, texts(0))

    def away(*_arguments, **_more):
        raise OperationalError("The server is away.")

    monkeypatch.setattr("manuscripts.importing.store", away)
    with pytest.raises(OperationalError):
        imported(batch)
    assert batch.articles.get().status == "waiting" and batch.state == "importing"


def test_a_key_that_somebody_took_meanwhile_is_chosen_anew(batch, monkeypatch):
    read_in(batch, texts(0))
    importer = Importer(batch.by)
    assert importer.directory.keys == set()
    make_source("smith2001")
    row = batch_work._import_row(batch.articles.get().pk, importer)
    assert row.status == "imported" and row.report["sources"][0]["key"] == "smith2001b"


def test_nobody_gets_mail_about_the_drafts_of_an_import(batch):
    read_in(batch, texts(0))
    imported(batch)
    assert AuditEvent.objects.filter(action="created").exists()
    about = UntoldEvent.objects.values_list("event__action", flat=True)
    assert set(about) <= {"import-begun"}


@pytest.mark.parametrize("count", [1, 20])
def test_a_known_article_costs_the_same_queries_however_many_there_are(
    editor, count, django_assert_num_queries
):
    first = batches.begin("first", by=editor, fingerprint="first")
    read_in(first, texts(*range(count)))
    imported(first)
    again = batches.begin("again", by=editor, fingerprint="again")
    read_in(again, texts(*range(count)))
    with django_assert_num_queries(6 + 9 * count):
        imported(again)
