"""What the doctor asks of the worker, its jobs, and the mails."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from outbox.models import OutgoingMail, PeriodicJob

from .findings import Question

Fault = tuple[str, str] | None
_SILENT = timedelta(minutes=15)  # some job is due each minute
_LINKS_SILENT = timedelta(hours=1)


def worker() -> Fault:
    """It has run some job not long ago."""
    ran = PeriodicJob.objects.exclude(ran_at=None).order_by("-ran_at").first()
    start = "Start it, and have it started: `systemctl enable --now peacesite-worker`."
    if ran is None or ran.ran_at is None:
        return "The worker has never run: no mail leaves.", start
    age = timezone.now() - ran.ran_at
    if age > _SILENT:
        return f"The worker has done nothing for {int(age.total_seconds() // 60)} minutes.", (
            f"`journalctl -u peacesite-worker` says why. {start}"
        )
    return None


def jobs() -> Fault:
    """None failed when it last ran."""
    failed = PeriodicJob.objects.exclude(error="").order_by("name")
    if not failed:
        return None
    said = "; ".join(f"{job.name}: {job.error}" for job in failed)
    return (
        f"Jobs of the worker fail: {said}",
        "Its log has the place: `journalctl -u peacesite-worker`.",
    )


def mails() -> Fault:
    """None needs a person."""
    stuck = OutgoingMail.objects.for_a_person()
    states = stuck.order_by().values_list("state", flat=True)
    failed = sum(state == OutgoingMail.State.FAILED for state in states)
    uncertain = len(states) - failed
    if not states:
        return None
    return f"{failed} mails failed, and of {uncertain} nobody knows whether they were sent.", (
        "Outgoing mail at the desk: mend the mail server (EMAIL_HOST), then Send again. What is "
        "uncertain is looked at one by one."
    )


def link_watch() -> Fault:
    """Where the worker is to ask addresses, it does."""
    if not settings.LINK_WATCH:
        return None
    job = PeriodicJob.objects.filter(name="ask cited addresses").first()
    if job and job.ran_at and timezone.now() - job.ran_at <= _LINKS_SILENT:
        return None
    said = "LINK_WATCH is on, and no cited address was asked for an hour."
    return said, "See “worker”; or `manage.py watch_links --minutes 30` by hand."


QUESTIONS = (
    Question("worker", worker),
    Question("jobs", jobs),
    Question("mails", mails),
    Question("link watch", link_watch),
)
