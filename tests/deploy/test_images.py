"""The image and the compose file: linted where there is a linter, their commands are ours."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE, IMAGE = (DEPLOY / "compose.yaml").read_text(), (DEPLOY / "Dockerfile").read_text()


def test_the_image_runs_as_nobody_and_installs_by_hash():
    last = IMAGE.rpartition("\nFROM ")[2]
    assert "\nUSER peacesite\n" in last
    assert last.index("USER peacesite") < last.index("HEALTHCHECK") < last.index('CMD ["granian"')
    assert "--require-hashes" in IMAGE
    assert IMAGE.count("\nFROM ") == 2


def test_what_the_image_is_made_from_is_there():
    for name in re.findall(r"^COPY (\w[\w.]*) ", IMAGE, re.MULTILINE):
        assert (ROOT / name).exists()


def test_nothing_secret_can_get_into_the_image():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".env", ".git", "data", "*.pem", "*.sqlite3*", "deploy"} <= set(ignored)


def test_the_image_serves_as_the_unit_does():
    unit = (DEPLOY / "systemd" / "peacesite-site.service").read_text()
    served = re.search(r"ExecStart=\S+/granian (.*)", unit)[1].split()
    words = re.findall(r'"([^"]*)"', IMAGE.rpartition("\nCMD ")[2])
    assert [w.replace("0.0.0.0", "127.0.0.1") for w in words] == ["granian", *served]


def test_commands_of_compose_are_ours():
    named = re.findall(r"manage\.py,? (\w+)", COMPOSE)
    assert {"work", "backup", "migrate"} <= set(named)
    assert set(named) <= set(get_commands())


@pytest.mark.skipif(not shutil.which("docker"), reason="no docker here")
def test_docker_reads_the_compose_file(tmp_path):
    if subprocess.run(["docker", "compose", "version"], capture_output=True).returncode:
        pytest.skip("docker has no compose here")
    for name in ("site.env", "signing-key.pem", "postgres-password"):
        (tmp_path / name).touch()
    file = shutil.copy(DEPLOY / "compose.yaml", tmp_path)
    command = ["docker", "compose", "-f", str(file), "config", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not shutil.which("hadolint"), reason="no hadolint here")
def test_hadolint_finds_nothing():
    done = subprocess.run(["hadolint", DEPLOY / "Dockerfile"], capture_output=True, text=True)
    assert done.stdout == ""
