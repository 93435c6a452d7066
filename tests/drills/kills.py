"""A process that dies at any step of a change: no page of old is left, and nothing half done."""

import subprocess

from .report import Report
from .site import PYTHON, ROOT, Site


def stale_after_a_kill(site: Site, server: int, report: Report) -> None:
    """Each kind of change, killed before each of its statements and after its last commit."""
    done = subprocess.run(
        [PYTHON, "-m", "tests.drills.killed_changes", site.base],
        **{"cwd": ROOT, "env": site.env, "capture_output": True, "text": True},
    )
    for line in done.stdout.splitlines():
        verdict, _space, what = line.partition(" ")
        report.check(what, verdict == "ok")
    if done.returncode:
        report.check("the changes could be made", False, done.stderr[-500:])
