"""Looks at everything: what /readyz asks, and what takes longer than a request may."""

from website import readiness

from . import machine, stored, work
from .findings import Finding, answer

_ADVICE = {
    "database": "Is its server up, and DATABASE_URL right? SQLite: is the file there, and may this "
    "user write to it and its folder? `journalctl -u postgresql` says more.",
    "cache": "Start Redis, or leave REDIS_URL blank on one machine; the site goes on without.",
    "disk": "That folder takes nothing: make room, or mount it for writing.",
    "kept files": "Make room where KEPT_FILES_FOLDER lies, and give it to the user of the site.",
    "proxies": "Say in TRUSTED_PROXIES how many proxies of yours stand before the site.",
    "mail": "Start the worker: `systemctl enable --now peacesite-worker`. If it runs, its log says "
    "why the mail server does not take them.",
    "key": "Give the file back from its copy, to the user of the site, mode 600. If it is lost: "
    "docs/operating.md, “The log, its key”.",
    "mirror": "`manage.py write_mirror` by hand says why; is peacesite-mirror.timer enabled?",
}


def look() -> list[Finding]:
    """A finding for each thing that was looked at; those that ask the database only where it
    answers."""
    ready = readiness.checks()
    found = [
        Finding(check.name, check.fault, _ADVICE.get(check.name, "") if check.fault else "")
        for check in ready
    ]
    database_answers = not any(c.name == "database" and c.fault for c in ready)
    questions = (*machine.QUESTIONS, *stored.QUESTIONS, *work.QUESTIONS)
    return found + [answer(q) for q in questions if database_answers or not q.asks_database]
