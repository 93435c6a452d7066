"""The script that runs a server with the worker beside it: they start and end together."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def children(process):
    """The command lines of the processes that it has started and that still run."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return {pid: Path(f"/proc/{pid}/cmdline").read_text().split("\0") for pid in listed}


def until(true, seconds=15):
    """Wait until `true()` is, and return it."""
    for _ in range(seconds * 10):
        if answer := true():
            return answer
        time.sleep(0.1)
    raise AssertionError("It did not come about.")


@pytest.fixture
def beside(tmp_path):
    """`beside(*server)` is the script with that server, and the worker's number."""
    started = []

    def start(*server):
        database = f"sqlite:///{tmp_path}/none.sqlite3"
        process = subprocess.Popen(
            [sys.executable, ".ci/with-worker", *server],
            **{"cwd": ROOT, "env": os.environ | {"MODE": "test", "DATABASE_URL": database}},
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        return process, until(lambda: worker_of(process))

    yield start
    for process in started:
        process.terminate()  # killed, it would leave its worker behind
        process.wait(15)


def worker_of(process):
    """The number of the worker, if it runs."""
    return next((pid for pid, words in children(process).items() if "work" in words), None)


def gone(pid):
    return not Path(f"/proc/{pid}").exists()


def test_both_end_when_it_is_told_to_stop(beside):
    process, worker = beside("sleep", "60")
    server = next(pid for pid, words in children(process).items() if words[0] == "sleep")
    process.terminate()
    process.wait(15)
    assert gone(worker)
    assert gone(server)


def test_the_worker_ends_with_the_server_whose_code_it_has(beside):
    process, worker = beside("sh", "-c", "sleep 1; exit 7")
    assert process.wait(15) == 7
    assert gone(worker)


def test_a_worker_that_is_killed_is_started_again(beside):
    process, worker = beside("sleep", "60")
    os.kill(int(worker), 9)
    other = until(lambda: (found := worker_of(process)) != worker and found)
    assert other
    assert process.poll() is None
