"""A backup is made while others write, is proved, and never comes back over anything."""

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, models

from desk.backups import archive, making, restoring
from desk.backups.places import CannotBackUp
from editions.models import Edition
from outbox.models import OutgoingMail
from revisions import audit
from serving.site_version import version
from sources.models import Source
from tests.factories import make_edition, make_source, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]


@contextmanager
def empty_database():
    """A database of the same kind that holds nothing, and a way to ask it."""
    with making.our_database().scratch(Path(mkdtemp())) as place:
        yield place


def asked(place, sql):
    """The rows that another database answers."""
    other = connection.copy()
    other.settings_dict["NAME"] = str(getattr(place, "path", "") or place.database)
    try:
        with other.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()
    finally:
        other.close()


def mail(key, state):
    return OutgoingMail.objects.create(
        key=key, message_id=f"<{key}>", to="a@example.org", subject="Hello", body="x", state=state
    )


def test_a_backup_is_brought_back_in_a_trial_before_it_stands_there(tmp_path, capsys):
    make_edition(slug="ended")
    call_command("backup", str(tmp_path / "kept"))
    assert "brought back in a trial, and verified" in capsys.readouterr().out
    (file,) = archive.backups_in(tmp_path / "kept")
    assert file.stat().st_mode & 0o777 == 0o600
    assert {each.name for each in (tmp_path / "kept").iterdir()} == {".lock", file.name}
    manifest = archive.read_manifest(file)
    assert manifest["database"] == connection.vendor
    assert manifest["peacesite"] == "0.1.0"
    assert manifest["holds"]["rows"][Edition._meta.db_table] == 1
    assert manifest["holds"]["log_head"]["number"] >= 1
    assert {a["what"].split()[0] for a in manifest["not_in_here"]} == {
        "SIGNING_KEY_FILE",
        "SECRET_KEY",
        "Uploaded",
    }


def test_what_does_not_verify_is_no_backup(tmp_path):
    edition = make_edition(slug="ended")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Edition._meta.db_table} SET title = 'Forged'")
    with pytest.raises(CannotBackUp, match=r"verify_editions says: .*ended"):
        making.back_up(making.our_database(), tmp_path)
    assert archive.backups_in(tmp_path) == []
    assert edition.pk
    assert making.back_up(making.our_database(), tmp_path, verify=False).exists()


def test_a_backup_holds_one_moment_while_others_write(tmp_path):
    make_edition(slug="ended")
    stop, written = threading.Event(), []

    def write():
        while not stop.is_set():
            written.append(make_source(f"Written{len(written)}"))
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        file = making.back_up(making.our_database(), tmp_path, verify=False)
    finally:
        stop.set()
        thread.join()
    assert written
    with empty_database() as place:
        restoring.restore(place, file)
        table = Source._meta.db_table
        ((count,),) = asked(place, f"SELECT count(*) FROM {table}")
    assert count == archive.read_manifest(file)["holds"]["rows"][table]
    assert count <= Source.objects.count()


def test_a_restore_gives_all_back_and_lets_no_mail_leave_twice(tmp_path, client):
    client.force_login(make_user("ada"))
    make_edition(slug="ended")
    mail("waits", "waiting"), mail("gone", "failed")
    before = version().pages
    file = making.back_up(making.our_database(), tmp_path, verify=False)
    with empty_database() as place:
        manifest, aside = restoring.restore(place, file)
        states = dict(asked(place, f"SELECT key, state FROM {OutgoingMail._meta.db_table}"))
        ((pages,),) = asked(place, "SELECT pages FROM revisions_siteversion")
        assert asked(place, "SELECT count(*) FROM django_session") == [(0,)]
        assert asked(place, f"SELECT digest FROM {Edition._meta.db_table}") == [
            (Edition.objects.get().digest,)
        ]
    assert aside == ""
    assert states == {"waits": "uncertain", "gone": "failed"}
    assert pages != before
    assert audit.AuditEvent and manifest["holds"]["rows"]


def test_nothing_is_written_over(tmp_path):
    make_edition(slug="ended")
    file = making.back_up(making.our_database(), tmp_path, verify=False)
    with pytest.raises(CommandError, match="is not empty, and nothing is written over"):
        call_command("restore", str(file))
    assert Edition.objects.count() == 1


def test_a_database_is_set_aside_whole_and_not_while_it_is_used(tmp_path):
    make_edition(slug="ended")
    file = making.back_up(making.our_database(), tmp_path, verify=False)
    with empty_database() as place:
        restoring.restore(place, file)
        other = connection.copy()
        other.settings_dict["NAME"] = str(getattr(place, "path", "") or place.database)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations")
            with pytest.raises(CannotBackUp, match="top the site and the worker"):
                restoring.restore(place, file, set_aside=True)
        other.close()
        _manifest, aside = restoring.restore(place, file, set_aside=True)
        assert asked(place, "SELECT count(*) FROM editions_edition") == [(1,)]
        kept = type(place)(Path(aside)) if place.kind == "sqlite" else None
        if kept is None:
            kept = type(place)(place.settings, aside)
        assert asked(kept, "SELECT count(*) FROM editions_edition") == [(1,)]
        if place.kind == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{aside}"')


def damaged(file, folder):
    """The backup with one byte of the copy changed, its envelope whole."""
    with tarfile.open(file) as tar:
        members = [(m, tar.extractfile(m).read()) for m in tar.getmembers()]
    changed = folder / "peacesite-damaged.tar.gz"
    with tarfile.open(changed, "w:gz") as tar:
        for info, content in members:
            if info.name != "manifest.json":
                content = content[:-1] + bytes([content[-1] ^ 1])
            tar.addfile(info, io.BytesIO(content))
    return changed


def test_a_damaged_or_foreign_file_is_refused_before_anything_is_touched(tmp_path):
    file = making.back_up(making.our_database(), tmp_path / "kept", verify=False)
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(file.read_bytes()[:-2000])
    foreign = tmp_path / "foreign.tar.gz"
    foreign.write_bytes(gzip.compress(b"hello"))
    with empty_database() as place:
        for broken, said in [
            (damaged(file, tmp_path), "is damaged"),
            (cut, "cannot be read|is damaged"),
            (foreign, "cannot be read"),
        ]:
            with pytest.raises(CannotBackUp, match=said):
                restoring.restore(place, broken)
            assert place.is_empty()


def test_a_backup_of_a_newer_release_or_another_kind_is_refused_in_words(tmp_path, monkeypatch):
    file = making.back_up(making.our_database(), tmp_path, verify=False)
    with empty_database() as place:
        monkeypatch.setattr(restoring, "_known", set)
        with pytest.raises(CannotBackUp, match="Install that release"):
            restoring.restore(place, file)
        monkeypatch.setattr(place, "kind", "another", raising=False)
        with pytest.raises(CannotBackUp, match="DATABASE_URL names another"):
            restoring.restore(place, file)


def test_so_many_are_kept(tmp_path):
    for day in (1, 2, 3):
        (tmp_path / archive.name_at(f"2020010{day}T000000Z")).touch()
    file = making.back_up(making.our_database(), tmp_path, keep=2, verify=False)
    assert [each.name for each in archive.backups_in(tmp_path)] == [
        archive.name_at("20200103T000000Z"),
        file.name,
    ]


def test_a_backup_that_is_killed_leaves_nothing_half(tmp_path):
    make_edition(slug="ended")
    script = (
        "import django, sys, time; django.setup()\n"
        "from pathlib import Path\n"
        "from django.db import connection\n"
        f"connection.settings_dict['NAME'] = {str(connection.settings_dict['NAME'])!r}\n"
        "from desk.backups import archive, making\n"
        "pack = archive.pack\n"
        "def slow(*given):\n"
        "    pack(*given); print('packed', flush=True); time.sleep(600)\n"
        "archive.pack = slow\n"
        "making.back_up(making.our_database(), Path(sys.argv[1]), keep=1, verify=False)\n"
    )
    older = tmp_path / archive.name_at("20200101T000000Z")
    older.touch()
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "peacesite.settings"}
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(
        command, env=env, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "packed\n"
        with pytest.raises(CannotBackUp, match="Another backup"):
            making.back_up(making.our_database(), tmp_path, verify=False)
        process.send_signal(signal.SIGKILL)
    assert archive.backups_in(tmp_path) == [older]
    file = making.back_up(making.our_database(), tmp_path, keep=1, verify=False)
    assert {each.name for each in tmp_path.iterdir()} == {".lock", file.name}


def wait_for(look):
    for _ in range(600):
        if look():
            return
        time.sleep(0.2)
    raise AssertionError("It never came.")


def test_a_restore_that_is_killed_leaves_an_empty_database(tmp_path):
    make_edition(slug="ended")
    file = making.back_up(making.our_database(), tmp_path, verify=False)
    script = (
        "import django, sys, time; django.setup()\n"
        "from pathlib import Path\n"
        "from django.db import connection\n"
        "connection.settings_dict['NAME'] = sys.argv[1]\n"
        "from desk.backups import making, restoring, sqlite\n"
        "restoring.settling = lambda at: ['SELECT pg_sleep(10)']\n"
        "def slow(*given):\n"
        "    print('middle', flush=True); time.sleep(600)\n"
        "sqlite.SQLite.refuse_differences = slow\n"
        "restoring.restore(making.our_database(), Path(sys.argv[2]))\n"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "peacesite.settings"}
    sleeping = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"
    with empty_database() as place:
        name = str(getattr(place, "path", "") or place.database)
        with subprocess.Popen(
            [sys.executable, "-c", script, name, str(file)],
            env=env,
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process:
            if place.kind == "sqlite":
                assert process.stdout.readline() == "middle\n"
            else:
                wait_for(lambda: asked(making.our_database(), sleeping) == [(1,)])
            os.killpg(process.pid, signal.SIGKILL)
        assert place.is_empty()
        restoring.restore(place, file)
        assert asked(place, "SELECT count(*) FROM editions_edition") == [(1,)]
        if place.kind == "sqlite":
            assert [each.name for each in place.path.parent.iterdir()] == [place.path.name]


def test_no_password_is_an_argument(tmp_path, monkeypatch):
    seen = []
    run = subprocess.run

    def watched(command, **options):
        seen.append(command)
        return run(command, **options)

    monkeypatch.setattr(subprocess, "run", watched)
    making.back_up(making.our_database(), tmp_path, verify=False)
    password = connection.settings_dict["PASSWORD"] or "no password"
    assert bool(seen) is (connection.vendor == "postgresql")
    assert not any(password in argument for command in seen for argument in command)


def test_no_model_keeps_files_outside_the_database():
    """As the manifest says; where one does, a backup must take them."""
    ours = [m for m in apps.get_models() if m.__module__.split(".")[0] != "django"]
    fields = [f for m in ours for f in m._meta.get_fields()]
    assert [f for f in fields if isinstance(f, models.FileField)] == []


def test_the_manifest_is_json_that_stands_first(tmp_path):
    file = making.back_up(making.our_database(), tmp_path, verify=False)
    with tarfile.open(file) as tar:
        assert tar.getnames()[0] == "manifest.json"
        manifest = json.loads(tar.extractfile("manifest.json").read())
    member = making.our_database().member
    assert set(manifest["members"]) == {member}
