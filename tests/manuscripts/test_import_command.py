"""manage.py import_manuscripts, from files to the report."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from cases.models import Case
from manuscripts.models import ImportBatch
from organisations.models import Organisation
from sources.models import Source
from tests.manuscripts.articles import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    def run(*files, **options):
        target = tmp_path / "report.json"
        try:
            call_command("import_manuscripts", *map(str, files), report=str(target), **options)
        finally:
            entries = json.loads(target.read_text()) if target.exists() else None
            run.entries = entries
        return entries

    return run


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "ruritania.txt"
    path.write_text(make_article(), encoding="utf-8")
    return path


def test_a_file_becomes_a_draft_and_a_report(run, article):
    (entry,) = run(article)
    assert (entry["file"], entry["status"], entry["reason"]) == ("ruritania.txt", "imported", None)
    assert Case.objects.get().slug == entry["case"]


def test_importing_again_changes_nothing(run, article, tmp_path):
    run(article)
    copy = tmp_path / "copy.txt"
    copy.write_bytes(article.read_bytes())
    before = list(Case.objects.values()) + list(Source.objects.values())
    again, other = run(article, copy)
    assert (again["status"], other["status"]) == ("unchanged", "duplicate-of")
    assert again["case"] == other["case"] == Case.objects.get().slug
    assert list(Case.objects.values()) + list(Source.objects.values()) == before


def test_a_dry_run_stores_nothing_and_reports_the_same(run, article):
    (dry,) = run(article, dry_run=True)
    for model in (Case, Source, Organisation, User):
        assert not model.objects.exists()
    (real,) = run(article)
    assert dry == real


def test_a_refused_file_stores_nothing_and_the_others_are_imported(run, article, tmp_path):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01\x02")
    with pytest.raises(CommandError, match="2 of 3 files were refused"):
        run(bad, article, tmp_path / "missing.txt")
    assert [entry["status"] for entry in run.entries] == ["refused", "imported", "refused"]
    assert all(entry["reason"] for entry in run.entries if entry["status"] == "refused")
    assert Case.objects.count() == 1
    assert set(run.entries[0]) == set(run.entries[1])


def test_a_folder_stands_for_its_text_files(run, article):
    assert [entry["file"] for entry in run(article.parent)] == ["ruritania.txt"]


def test_drafts_are_the_importers_or_those_of_the_named_user(run, article, editor, tmp_path):
    run(article)
    importer = Case.objects.get().contributors.get()
    assert not importer.is_active and not importer.has_usable_password()
    other = tmp_path / "other.txt"
    other.write_text(make_article(title="Ending the armed conflict in Kravonia"))
    run(other, by=editor.username)
    assert Case.objects.get(title__endswith="Kravonia").contributors.get() == editor


def test_an_unknown_user_and_an_impossible_report_are_refused_before_anything(article, tmp_path):
    with pytest.raises(CommandError, match="no user"):
        call_command("import_manuscripts", str(article), by="nobody")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("import_manuscripts", str(article), report=str(tmp_path / "no" / "r.json"))
    assert not Case.objects.exists()


def test_what_was_not_finished_is_gone_on_with_by_the_same_command(run, article, capsys):
    run(article)
    batch = ImportBatch.objects.get()
    Case.objects.all().delete()
    batch.articles.update(status="waiting", report=None, case=None)
    ImportBatch.objects.update(state="stopped", finished_at=None)
    (entry,) = run(article)
    assert f"Going on with import {batch.pk}: 0 of 1 articles are done." in capsys.readouterr().out
    assert (entry["status"], Case.objects.count()) == ("imported", 1)
    assert ImportBatch.objects.get().state == "finished"


class _Terminal(StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_a_bar_and_names_only_what_was_refused(article, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"%PDF-1.4")
    out, terminal = StringIO(), _Terminal()
    with pytest.raises(CommandError):
        call_command("import_manuscripts", str(tmp_path), stdout=out, stderr=terminal)
    assert "[##############################] 2 of 2" in terminal.getvalue()
    assert out.getvalue().startswith("bad.txt: refused") and "ruritania" not in out.getvalue()
