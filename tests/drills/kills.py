"""A process that dies at any step of a change, or of sending mail: no page of old is left, nothing
half done, nothing sent twice."""

import subprocess

from .report import Report
from .site import PYTHON, ROOT, Site


def stale_after_a_kill(site: Site, server: int, report: Report) -> None:
    """Each kind of change, killed before each of its statements and after its last commit."""
    _tell(site, report, "killed_changes", site.base)


def mail_after_a_kill(site: Site, server: int, report: Report) -> None:
    """Workers, killed with mails, events and jobs in their hands."""
    _tell(site, report, "killed_mails")


def _tell(site: Site, report: Report, *module: str) -> None:
    done = subprocess.run(
        [PYTHON, "-m", f"tests.drills.{module[0]}", *module[1:]],
        **{"cwd": ROOT, "env": site.env, "capture_output": True, "text": True},
    )
    for line in done.stdout.splitlines():
        verdict, _space, what = line.partition(" ")
        report.check(what, verdict == "ok")
    if done.returncode:
        report.check("the drill came to its end", False, done.stderr[-500:])
