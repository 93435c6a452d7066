"""The doctor says in words what is wrong and what to do; each is seen wrong once."""

import json
import os
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from desk.backups.archive import name_at
from desk.doctor import looking, machine, stored, work
from editions.log.appending import announce_key
from editions.log.signing import make_key
from editions.models import LogLine, Rendering, SearchRow
from outbox.models import OutgoingMail, PeriodicJob
from revisions.models import AuditEvent
from serving.models import SiteVersion
from tests.factories import make_edition
from website import readiness

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def key(settings, tmp_path):
    settings.SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    make_key(tmp_path / "key.pem")
    announce_key()


@pytest.fixture(autouse=True)
def as_in_production(monkeypatch):
    """Room on the disks; and what `check` says without what pytest does to the templates."""
    usage, asked = type("Usage", (), {"free": 10**12, "total": 10**12}), machine.checks.run_checks
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda folder: usage)

    def said(**options):
        return [message for message in asked(**options) if message.id != "templates.E002"]

    monkeypatch.setattr(machine.checks, "run_checks", said)


@pytest.fixture
def working():
    """A worker that ran a minute ago."""
    PeriodicJob.objects.create(name="publish what is due", ran_at=timezone.now())


def told(capsys, *arguments):
    with pytest.raises(CommandError) as error:
        call_command("doctor", *arguments)
    return capsys.readouterr().out, str(error.value)


def test_all_is_well(working, capsys, monkeypatch):
    make_edition()
    monkeypatch.setattr(stored.fragments, "stale_count", lambda: 0)
    call_command("doctor")
    out = capsys.readouterr().out
    assert out.startswith("Well: database, cache, disk, kept files, proxies, key, mail, ")
    assert "search index" in out


def test_it_exits_with_1_and_says_what_to_do(capsys):
    out, error = told(capsys)
    assert "worker: The worker has never run: no mail leaves.\n  What to do: Start it" in out
    assert "things are wrong." in error


def test_it_speaks_json(capsys):
    out, _error = told(capsys, "--format", "json")
    said = json.loads(out)
    assert said["well"] is False
    worker = next(f for f in said["findings"] if f["name"] == "worker")
    assert worker["fault"] and worker["advice"].startswith("Start it")


def test_a_database_that_is_away_is_said_and_the_rest_is_looked_at(monkeypatch):
    monkeypatch.setattr(readiness, "_database", lambda: "It does not answer.")
    found = {finding.name: finding for finding in looking.look()}
    assert found["database"].fault == "It does not answer."
    assert "DATABASE_URL" in found["database"].advice
    assert "versions" in found and "worker" not in found


def test_every_check_of_readiness_has_advice():
    assert {check.name for check in readiness.checks()} <= set(looking._ADVICE)


def test_readiness_names_a_key_that_cannot_be_read(client, settings, tmp_path):
    assert "key: ok" in client.get("/readyz").content.decode()
    (tmp_path / "key.pem").chmod(0o644)
    assert "Others than its owner may read" in client.get("/readyz").content.decode()
    settings.SIGNING_KEY_FILE = str(tmp_path / "gone.pem")
    answer = client.get("/readyz")
    assert "gone.pem cannot be read" in answer.content.decode()
    assert answer.status_code == 200


def test_a_database_of_another_release_is_named_in_both_directions(monkeypatch):
    assert stored.migrations() is None
    recorder = MigrationRecorder(connection)
    recorder.record_applied("editions", "9999_of_tomorrow")
    assert "newer release: editions.9999_of_tomorrow" in stored.migrations()[0]
    recorder.record_unapplied("editions", "9999_of_tomorrow")
    recorder.record_unapplied("reviews", "0001_initial")
    assert "are not applied: reviews.0001_initial" in stored.migrations()[0]


def test_a_backup_that_is_old_or_missing_is_said(settings, tmp_path):
    assert machine.backups() is None
    settings.BACKUP_FOLDER = str(tmp_path)
    assert "There is no backup" in machine.backups()[0]
    file = tmp_path / name_at("20260101T000000Z")
    file.touch()
    assert machine.backups() is None
    old = timezone.now().timestamp() - 3 * 86_400
    os.utime(file, (old, old))
    assert machine.backups()[0] == "The newest backup is 3 days old."


def test_a_disk_without_room_is_said(monkeypatch, settings, tmp_path):
    settings.BACKUP_FOLDER = str(tmp_path / "gone")
    usage = type("Usage", (), {"free": 10**12, "total": 10**12})
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda folder: usage)
    assert "gone is not there" in machine.room()[0]
    settings.BACKUP_FOLDER = ""
    assert machine.room() is None
    usage.free = 400 * 1024**2
    assert "400 MB are free" in machine.room()[0]


def test_files_that_were_not_collected_are_named(monkeypatch, tmp_path):
    storage = ManifestStaticFilesStorage(location=tmp_path)
    monkeypatch.setattr(machine, "staticfiles_storage", storage)
    assert "were not collected" in machine.static_files()[0]


def test_what_check_says_stands_among_the_findings(settings):
    assert machine.environment() is None
    settings.MODE, settings.PROXIES_ARE_SAID = "production", False
    fault, advice = machine.environment()
    assert "TRUSTED_PROXIES is not set. (serving.E001)" in fault
    assert "how many proxies" in advice


def test_a_clock_that_was_set_back_is_said():
    assert stored.clock() is None
    AuditEvent.objects.create(
        at=timezone.now() + timedelta(minutes=5),
        action=AuditEvent.Action.PUBLISHED,
        about_type=ContentType.objects.get_for_model(SearchRow),
        label="ended",
    )
    assert "seconds apart" in stored.clock()[0]


def test_a_key_that_did_not_sign_the_head_is_said(settings, tmp_path):
    assert stored.signing() is None
    make_key(tmp_path / "other.pem")
    settings.SIGNING_KEY_FILE = str(tmp_path / "other.pem")
    last = LogLine.objects.count()
    assert f"(line {last}) is signed with another key" in stored.signing()[0]


def test_a_search_index_that_is_not_whole_is_said():
    make_edition()
    assert stored.search_index() is None
    SearchRow.objects.all().delete()
    assert stored.search_index()[0].startswith("1 editions cannot be found")


def test_stored_pages_of_another_version_are_counted():
    edition = make_edition()
    Rendering.objects.filter(edition=edition).delete()
    assert stored.stored_pages()[0].startswith("1 editions")


def test_a_site_without_a_version_is_said():
    SiteVersion.objects.get_or_create(pk=1)
    assert stored.site_version() is None
    SiteVersion.objects.all().delete()
    assert "no version" in stored.site_version()[0]


def test_a_worker_that_fell_silent_and_a_job_that_fails_are_said(working):
    assert work.worker() is None and work.jobs() is None
    PeriodicJob.objects.update(
        ran_at=timezone.now() - timedelta(minutes=40), error="ValueError: no"
    )
    assert work.worker()[0] == "The worker has done nothing for 40 minutes."
    assert "publish what is due: ValueError: no" in work.jobs()[0]


def test_mails_that_need_a_person_are_counted():
    assert work.mails() is None
    for state in ("failed", "failed", "uncertain", "waiting"):
        made = OutgoingMail.objects.count()
        OutgoingMail.objects.create(
            key=made, message_id=made, to="a@example.org", subject="-", body="-", state=state
        )
    fault = work.mails()[0]
    assert fault == "2 mails failed, and of 1 nobody knows whether they were sent."


def test_a_link_watch_that_does_not_run_is_said(settings):
    assert work.link_watch() is None
    settings.LINK_WATCH = True
    assert "no cited address was asked" in work.link_watch()[0]
    PeriodicJob.objects.create(name="ask cited addresses", ran_at=timezone.now())
    assert work.link_watch() is None


def test_the_database_is_set_as_it_should_be(monkeypatch):
    assert stored.database_settings() is None
    if connection.vendor == "postgresql":
        monkeypatch.setattr(stored, "_OLDEST_POSTGRESQL", 99)
        assert "is older than 99" in stored.database_settings()[0]


def test_other_versions_than_those_of_ci_are_said(monkeypatch):
    assert machine.versions() is None
    monkeypatch.setattr(machine.django, "VERSION", (9, 0, 0, "final", 0))
    assert "is not what this release is tried with" in machine.versions()[0]
