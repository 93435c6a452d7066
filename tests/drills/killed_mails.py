"""python -m tests.drills.killed_mails, in the environment of a site: kills workers at one step
after the other, with a mail, an event or a job in their hands, and prints what is left."""

import os
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from secrets import token_hex

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacesite.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, connections

from cases.models import Case
from desk import staff_mail
from outbox import sending
from outbox.models import OutgoingMail, PeriodicJob
from outbox.services import post
from outbox.worker import Job, run
from revisions import audit
from revisions.models import UntoldEvent

from .mail_server import STEPS, MailServer

KILLED, FINISHED = 9, 8  # how a process ends
State = OutgoingMail.State


def forked(work: Callable[[], object], *, dies_at: int = 0) -> int:
    """The number of a process that does `work` and dies before its statement `dies_at`, if any."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    steps = count(1)

    def dying(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
        if next(steps) == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(dying):
            work()
        os._exit(FINISHED)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def finished(child: int) -> bool:
    """Whether the process came to its end, and was not killed."""
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in (-signal.SIGKILL, FINISHED):
        raise SystemExit(f"A worker ended with {code}.")
    return code == FINISHED


def say(good: bool, what: str) -> None:
    print(f"{'ok' if good else 'FAILED'} {what}", flush=True)


def what_became(mail: OutgoingMail, server: MailServer) -> str:
    """The next workers look at it; what it comes to, and whether that is true."""
    left = OutgoingMail.objects.get(pk=mail.pk).state
    sending.send_due()
    before_the_lease = OutgoingMail.objects.get(pk=mail.pk).state
    OutgoingMail.objects.filter(pk=mail.pk, state=State.SENDING).update(taken_until=mail.created_at)
    sending.send_due()
    found = OutgoingMail.objects.get(pk=mail.pk)
    times = server.taken.count(mail.message_id)
    right = {
        State.WAITING: found.state == State.SENT and times == 1,
        State.SENDING: before_the_lease == State.SENDING
        and found.state == State.UNCERTAIN
        and times <= 1,
        State.SENT: found.state == State.SENT and times == 1 and found.body == "",
    }
    return left if right.get(State(left)) else f"WRONG: {left}, {found.state}, {times} times"


def drill_sending(server: MailServer) -> None:
    """A worker killed before each of its statements, and at each step of its conversation."""
    came_to, steps, done = Counter[str](), 0, False
    while not done:
        steps += 1
        mail = post(f"drill:{token_hex(8)}", to="a@example.org", subject="Drill", body="Words")
        done = finished(forked(sending.send_due, dies_at=steps))
        came_to[what_became(mail, server)] += 1
    good = not any(state.startswith("WRONG") for state in came_to) and len(came_to) == 3
    say(good, f"a worker killed before each of {steps} statements of sending: {dict(came_to)}")
    for step in STEPS:
        mail = post(f"drill:{token_hex(8)}", to="a@example.org", subject="Drill", body="Words")
        came_to.clear()
        child = forked(lambda: time.sleep(0.5) or sending.send_due())
        server.kills = (step, child)
        finished(child)
        time.sleep(0.2)
        server.kills = None
        became = what_became(mail, server)
        expected = State.WAITING if step == "connect" else State.SENDING
        say(became == expected, f"a worker killed at {step} of its conversation: {became}")


def drill_telling() -> None:
    """A worker killed before each of the statements by which it tells an event."""
    case = Case.objects.filter(contributors=None).first()
    by = User.objects.get(username="moderator")
    case.contributors.set(User.objects.filter(username="editor"))

    def told(dies_at: int) -> tuple[bool, int]:
        event = audit.record(case, audit.Action.CLAIMED, by=by)
        done = finished(forked(staff_mail.tell, dies_at=dies_at))
        staff_mail.tell()
        untold = UntoldEvent.objects.filter(pk=event.pk).count()
        mails = OutgoingMail.objects.filter(key__startswith=f"event:{event.pk}:").count()
        return done, -1 if untold else mails

    _done, readers = told(0)
    steps, done, wrong = 0, False, []
    while not done:
        steps += 1
        done, mails = told(steps)
        if mails != readers or not readers:
            wrong.append((steps, mails))
    case.contributors.clear()
    OutgoingMail.objects.filter(key__startswith="event:").delete()
    say(not wrong, f"a worker killed before each of {steps} statements of telling: {wrong}")


def drill_job() -> None:
    """A worker killed in the middle of a job: another takes it up, once its lease is over."""
    hour, lease = timedelta(hours=1), timedelta(seconds=3)
    child = forked(lambda: run(Job("drill", hour, lambda: time.sleep(60), lease)))
    time.sleep(1)
    os.kill(child, signal.SIGKILL)
    finished(child)
    ran: list[int] = []
    job = Job("drill", hour, lambda: ran.append(1), lease)
    early = run(job)
    time.sleep(3)
    say(
        not early and run(job) and ran == [1],
        "a job killed in the middle: taken up after its lease",
    )
    PeriodicJob.objects.filter(name="drill").delete()


def main() -> None:
    """Drill each."""
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = False
    while staff_mail.tell():
        pass
    OutgoingMail.objects.all().delete()
    drill_sending(server)
    drill_telling()
    drill_job()


if __name__ == "__main__":
    main()
