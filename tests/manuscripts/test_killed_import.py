"""An import that is killed in the middle and begun again: every case once, none half; and two
processes at one batch. These tests commit, so they stand in a file of their own."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from io import BytesIO, StringIO
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from reversion.models import Version

from cases.models import Case
from manuscripts import batch_work, batches
from manuscripts.files import articles
from manuscripts.importing import Importer
from manuscripts.models import ImportBatch, ImportedArticle, ImportPoint
from organisations.models import Organisation
from sources.models import Source
from tests.killed import kill_at_each_statement
from tests.manuscripts.articles import NOTES, make_facts
from tests.manuscripts.files.making import make_wxr

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("vocabularies"),
]
POSTS = 200


def small_posts(count):
    """Posts with three notes each, whose sources all share."""
    for number in range(count):
        notes = [f"<sup>{n}</sup> {note.replace('&', '&amp;')}" for n, note in enumerate(NOTES, 1)]
        facts = make_facts(conflict_types="Banditry", initiative_types="Diplomacy").split("\n\n")
        text = [
            "How it ended.",
            "It began.<sup>1</sup> They met.<sup>2</sup> It was over.<sup>3</sup>",
        ]
        blocks = [*text, *notes, *facts]
        title = f"Ending the armed conflict number {number} in Chad"
        yield {"title": title, "content": "".join(f"<p>{block.strip()}</p>\n" for block in blocks)}


def _url():
    db = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{db['NAME']}"
    host = db["HOST"].replace("/", "%2F")
    return f"postgres://{db['USER']}:{db['PASSWORD']}@{host}:{db['PORT'] or 5432}/{db['NAME']}"


@pytest.fixture
def export(tmp_path):
    def export(count):
        path = tmp_path / "export.xml"
        path.write_bytes(make_wxr(*small_posts(count)))
        return str(path)

    return export


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        **{"cwd": settings.BASE_DIR, "env": os.environ | {"DATABASE_URL": _url(), "MODE": "test"}},
        **{"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE},
    )


def kill_at(process, count):
    """Kill it as soon as so many articles are done."""
    deadline = time.monotonic() + 120
    while ImportedArticle.objects.imported().count() < count:
        assert process.poll() is None, process.stderr.read().decode()
        assert time.monotonic() < deadline
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()


def assert_nothing_is_half():
    done = ImportedArticle.objects.imported()
    assert sorted(done.values_list("case", flat=True)) == sorted(
        Case.objects.values_list("pk", flat=True)
    )
    for case in Case.objects.all():
        assert case.lock == 1 and case.body.count("[@") == 3
        assert case.organisation_list
        assert Version.objects.get_for_object(case).count() == 1
    warned = {row.case_id: len(row.report["warnings"]) for row in done}
    kept = Counter(ImportPoint.objects.values_list("case", flat=True))
    assert {pk: n for pk, n in warned.items() if n} == dict(kept)


def test_an_import_of_200_posts_is_killed_twice_and_begun_again(export):
    file = export(POSTS)
    for count in (3, 60):
        kill_at(start("import_manuscripts", file), count)
        assert_nothing_is_half()
        assert ImportedArticle.objects.waiting().exists()
    call_command("import_manuscripts", file, stdout=StringIO())
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.taken_until) == ("finished", None)
    rows = list(batch.articles.values_list("position", "status", "title", "case__title"))
    assert [row[:2] for row in rows] == [(n, "imported") for n in range(POSTS)]
    assert all(title == case for _, _, title, case in rows)
    assert Case.objects.count() == len({title for *_, title in rows}) == POSTS
    assert Source.objects.count() == 2 and Organisation.objects.count() == 1
    assert_nothing_is_half()


@pytest.mark.filterwarnings("ignore:.*was deleted while still open:ResourceWarning")
def test_an_import_that_ends_before_any_of_its_statements_leaves_nothing_half(editor):
    batch = batches.begin("one", by=editor, fingerprint="f")
    file = BytesIO(make_wxr(*small_posts(2)))
    list(batches.read_in(batch, [("one.xml", articles(file, "one.xml"))]))
    row = batch.articles.last()
    importer = Importer(editor)
    batch_work._import_row(batch.articles.first().pk, importer)

    def check():
        row.refresh_from_db()
        assert (row.status, Case.objects.count()) == ("waiting", 1)
        assert_nothing_is_half()

    ends = kill_at_each_statement(lambda: batch_work._import_row(row.pk, Importer(editor)), check)
    assert ends >= 60 and Case.objects.count() == 2
    assert_nothing_is_half()


def test_the_worker_goes_on_with_what_a_killed_command_left(export, monkeypatch):
    kill_at(start("import_manuscripts", export(60)), 5)
    assert batch_work.work_on_imports() == 0  # it may be at work still
    ImportBatch.objects.update(taken_until="2020-01-01T00:00:00Z")
    monkeypatch.setattr(batch_work, "_ROUND", 0.5)
    left = ImportedArticle.objects.waiting().count()
    done = batch_work.work_on_imports()
    assert 0 < done < left
    assert ImportedArticle.objects.waiting().count() == left - done
    assert ImportBatch.objects.get().taken_until is None
    assert_nothing_is_half()


def test_of_two_processes_at_one_batch_each_article_is_taken_by_one(editor):
    batch = batches.begin("two", by=editor, fingerprint="f")
    file = BytesIO(make_wxr(*small_posts(12)))
    list(batches.read_in(batch, [("two.xml", articles(file, "two.xml"))]))
    together, taken = Barrier(2), []

    def work():
        together.wait()
        taken.extend(row.position for row in batch_work.import_rows(ImportBatch.objects.get()))
        connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(12))
    assert Case.objects.count() == 12
    assert set(batch.articles.values_list("status", flat=True)) == {"imported"}
    batch.refresh_from_db()
    assert batch.state == "finished"
    assert_nothing_is_half()
