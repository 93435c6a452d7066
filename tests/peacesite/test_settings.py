"""The settings: unset means production, and production refuses to start half-configured."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "x1y2z3" * 10,
    "ALLOWED_HOSTS": "cases.example.org",
    "SITE_URL": "https://cases.example.org",
    "EMAIL_HOST": "mail.example.org",
    "DEFAULT_FROM_EMAIL": "corrections@example.org",
}


def start(tmp_path, *command, **environment):
    """Run manage.py with nothing but this environment."""
    return subprocess.run(
        [sys.executable, "manage.py", *(command or ("check",))],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"sqlite:///{tmp_path}/scratch.sqlite3",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", COMPLETE)
def test_production_refuses_to_start_without_and_names_the_variable(tmp_path, name):
    environment = {k: v for k, v in COMPLETE.items() if k != name}
    started = start(tmp_path, **environment)
    assert started.returncode != 0
    assert f"{name} is not set" in started.stderr


def test_production_starts_when_everything_is_set(tmp_path):
    assert start(tmp_path, **COMPLETE).returncode == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODE", "debug"),
        ("HTTPS", "perhaps"),
        ("EMAIL_PORT", "smtp"),
        ("SITE_URL", "cases.example.org"),
        ("TRUSTED_PROXIES", "-1"),
        ("SECOND_FACTOR", "perhaps"),
        ("SECOND_FACTOR", "off"),
    ],
)
def test_a_variable_that_makes_no_sense_is_named(tmp_path, name, value):
    started = start(tmp_path, **COMPLETE | {name: value})
    assert started.returncode != 0
    assert f"{name} is" in started.stderr


def test_the_deployment_check_is_silent_in_production(tmp_path):
    key = {"SIGNING_KEY_FILE": str(tmp_path / "key.pem")}
    start(tmp_path, "make_signing_key", "--file-only", **COMPLETE | key)
    said = COMPLETE | key | {"TRUSTED_PROXIES": "1"}
    checked = start(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **said)
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_the_example_names_every_variable_and_no_other():
    settings = (ROOT / "peacesite" / "settings.py").read_text()
    read = set(re.findall(r'(?:environ\.get|_env|_flag|_number)\(\s*"([A-Z_]+)"', settings))
    example = (ROOT / ".env.example").read_text()
    assert read == set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))


def test_demo_accounts_are_refused_in_production(tmp_path):
    refused = start(tmp_path, "make_demo_accounts", **COMPLETE)
    assert refused.returncode != 0
    assert "not in production" in refused.stderr


@pytest.mark.parametrize(("name", "value"), [("SECRET_KEY", "replace-me-by-x"), ("DEBUG", "1")])
def test_production_refuses_the_published_secret_and_debugging(tmp_path, name, value):
    refused = start(tmp_path, **COMPLETE | {name: value})
    assert refused.returncode != 0
    assert name in refused.stderr
