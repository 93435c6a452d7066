"""What `make` refuses to do."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def make(*targets, **env):
    """What make says it would do, or why it stops."""
    clean = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        ["make", "own-database", *targets],
        **{"cwd": ROOT, "env": clean | env, "capture_output": True, "text": True},
    )


@pytest.mark.parametrize(
    "database", ["postgres://a@db.example.org/real", "sqlite:////srv/real.sqlite3", "mysql://x/y"]
)
def test_demo_accounts_are_made_in_no_database_but_its_own(database):
    refused = make(DATABASE_URL=database)
    assert refused.returncode != 0
    assert "published password" in refused.stdout


def test_its_own_database_is_taken():
    assert make().returncode == 0
    assert make(DATABASE_URL="").returncode == 0
    assert make(DATABASE_URL=f"sqlite:///{ROOT}/data/peacesite.sqlite3").returncode == 0


def test_demo_data_and_serve_ask_first():
    for target in ("demo", "data", "serve"):
        told = subprocess.run(
            ["make", "-n", target],
            **{"cwd": ROOT, "capture_output": True, "text": True},
        ).stdout
        assert told.index("published password") < told.index("manage.py set_up_demo")


def _served(text):
    """The options of granian that a command has, but where it listens and what it logs."""
    options = dict(re.findall(r"--([-a-z]+) (\S+)", re.search(r"/granian (--.*)", text)[1]))
    return {name: options[name] for name in options.keys() - {"host", "port", "log-level"}}


def test_make_serve_and_the_guide_serve_as_the_unit_does():
    told = subprocess.run(
        ["make", "-n", "serve", "WORKERS=2"], **{"cwd": ROOT, "capture_output": True, "text": True}
    ).stdout
    unit = _served((ROOT / "deploy" / "systemd" / "peacesite-site.service").read_text())
    assert "workers-kill-timeout" in unit
    assert _served(told) == unit
    assert _served((ROOT / "docs" / "operating.md").read_text()) == unit
