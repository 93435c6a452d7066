"""The database of each older release comes to this one: verified, restored, every page there."""

import json
import lzma
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection

from desk.backups import making

ROOT = Path(__file__).resolve().parents[2]
DATABASES = Path(__file__).parent / "databases"
RELEASES = ["first", "facets", "removals"]


def fill(place, release):
    """Runs the SQL of that release in an empty database."""
    file = DATABASES / f"{release}.{connection.vendor}.sql.xz"
    script = lzma.decompress(file.read_bytes())
    if place.kind == "sqlite":
        with closing(sqlite3.connect(place.path)) as database:
            database.executescript(script.decode())
    else:
        psql = ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", place.url]
        subprocess.run(psql, input=script, check=True, stdout=subprocess.DEVNULL)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("release", RELEASES)
def test_a_database_of_an_older_release_comes_to_this_one(release):
    with TemporaryDirectory() as folder, making.our_database().scratch(Path(folder)) as place:
        fill(place, release)
        env = {**os.environ, "DATABASE_URL": place.url, "MODE": "local", "SIGNING_KEY_FILE": ""}
        env |= {"SITE_URL": "http://127.0.0.1:8000", "ALLOWED_HOSTS": "127.0.0.1", "DEBUG": "1"}
        command = [sys.executable, "-m", "tests.upgrades.walk"]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["migrations"] > 0
    assert told["editions"] >= 2 and told["restored"] >= 1
    assert told["pages"] > 20
    assert told["lines"] >= 1


def test_each_database_is_small_and_tried():
    files = sorted(DATABASES.iterdir())
    assert all(file.stat().st_size <= 100_000 for file in files)
    assert {file.name for file in files} == {
        f"{release}.{vendor}.sql.xz" for release in RELEASES for vendor in ("sqlite", "postgresql")
    }
