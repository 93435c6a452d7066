"""The units of deploy/ start: their commands are known, and are run on a scratch database."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.db import connection

from desk.backups.sqlite import SQLite

ROOT = Path(__file__).resolve().parents[2]
UNITS = ROOT / "deploy" / "systemd"
BIN = "/srv/peacesite/.venv/bin/"
ALL = sorted(UNITS.glob("*.service"))
ONCE = [each.stem for each in ALL if "Type=oneshot" in each.read_text()]


def command_of(unit):
    """What the unit starts, as words."""
    (line,) = re.findall("^ExecStart=(.*)$", (UNITS / f"{unit}.service").read_text(), re.MULTILINE)
    return line.split()


@pytest.mark.parametrize("unit", [each.stem for each in ALL])
def test_each_command_is_one_of_ours(unit):
    program, *arguments = command_of(unit)
    assert (Path(sys.executable).parent / program.removeprefix(BIN)).exists()
    if arguments[0] == "manage.py":
        assert arguments[1] in get_commands()


def test_each_timer_has_its_service_and_each_oneshot_its_timer():
    assert {timer.stem for timer in UNITS.glob("*.timer")} == set(ONCE)


def test_the_hardening_holds_for_all():
    assert all(each.name.startswith("peacesite-") for each in UNITS.iterdir())
    hardening = (UNITS / "peacesite-.service.d" / "hardening.conf").read_text()
    for line in (
        "ProtectSystem=strict",
        "NoNewPrivileges=yes",
        "PrivateTmp=yes",
        "CapabilityBoundingSet=",
        "SystemCallFilter=@system-service",
        "MemoryMax=1G",
    ):
        assert f"\n{line}\n" in hardening + "\n"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
def test_systemd_understands_the_units(tmp_path):
    """On a copy that names programs which are there."""
    folder = tmp_path / "units"
    shutil.copytree(UNITS, folder)
    for unit in folder.glob("*.service"):
        unit.write_text(unit.read_text().replace(BIN, f"{Path(sys.executable).parent}/"))
    files = [str(each) for each in folder.iterdir() if each.is_file()]
    env = {**os.environ, "SYSTEMD_UNIT_PATH": f"{folder}:"}
    done = subprocess.run(
        ["systemd-analyze", "verify", *files], env=env, capture_output=True, text=True
    )
    said = [line for line in done.stderr.splitlines() if "peacesite" in line]
    assert (done.returncode, said) == (0, [])


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
def test_what_the_site_is_exposed_to_is_little():
    """By systemd's own reckoning: 10 is all, 1.5 is what was reached."""
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20"]
    env = {**os.environ, "SYSTEMD_UNIT_PATH": f"{UNITS}:"}
    unit = str(UNITS / "peacesite-site.service")
    done = subprocess.run([*command, unit], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-200:]


@pytest.fixture
def scratch(db, tmp_path):
    """The environment of a scratch database, and a way to start the command of a unit there."""
    if connection.vendor != "sqlite":
        pytest.skip("Their commands are the same on PostgreSQL; started on SQLite only.")
    file = tmp_path / "scratch.sqlite3"
    SQLite(Path(connection.settings_dict["NAME"])).dump(file)
    env = {**os.environ, "MODE": "local", "DATABASE_URL": f"sqlite:///{file}"}
    env |= {"SIGNING_KEY_FILE": "", "LINK_WATCH": "0", "DEBUG": "1"}

    def start(unit, **changed):
        program, *words = command_of(unit)
        words = [changed.get(word, word) for word in words]
        program = str(Path(sys.executable).parent / program.removeprefix(BIN))
        return subprocess.Popen(
            [program, *words], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    return start


@pytest.mark.parametrize("unit", ONCE)
def test_what_runs_once_runs(scratch, unit, tmp_path):
    folders = {"/var/backups/peacesite": tmp_path / "backups", "/srv/mirror": tmp_path / "mirror"}
    process = scratch(unit, **{name: str(folder) for name, folder in folders.items()})
    said, _nothing = process.communicate(timeout=300)
    assert process.returncode == 0, said.decode()


def test_the_worker_runs_until_it_is_told_to_stop(scratch):
    process = scratch("peacesite-worker")
    while process.poll() is None and not _has_loaded(process.pid):
        time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    said, _nothing = process.communicate(timeout=120)
    assert process.returncode == 0, said.decode()


def _has_loaded(pid):
    """Whether the process waits for SIGTERM (bit 14) by a handler of its own."""
    status = Path(f"/proc/{pid}/status").read_text()
    caught = int(re.search(r"SigCgt:\s*([0-9a-f]+)", status)[1], 16)
    return bool(caught >> (signal.SIGTERM - 1) & 1)


def test_the_site_answers(scratch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with scratch("peacesite-site", **{"8000": port}) as process:
        try:
            assert _health(process, port) == b"ok\n"
        finally:
            process.terminate()


def _health(process, port):
    """What it answers once it does."""
    for _ in range(240):
        assert process.poll() is None, process.stdout.read().decode()
        with (
            suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer,
        ):
            return answer.read()
        time.sleep(0.5)
    raise AssertionError("It never answered.")
