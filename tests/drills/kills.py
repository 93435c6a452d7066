"""A process that dies at any step of a change: no page of old is left, and nothing half done.

`python -m tests.drills.kills BASE` runs in the environment of the site that answers at BASE.
"""

import os
import subprocess
import sys
import traceback
import urllib.request
from collections.abc import Callable
from itertools import count
from secrets import token_hex

from .report import Report
from .site import PYTHON, ROOT, Site

READS = 20
KILLED, FINISHED = 9, 8  # how a process that makes a change ends


def stale_after_a_kill(site: Site, server: int, report: Report) -> None:
    """Each kind of change, killed before each of its statements and after its commit."""
    done = subprocess.run(
        [PYTHON, "-m", "tests.drills.kills", site.base],
        **{"cwd": ROOT, "env": site.env, "capture_output": True, "text": True},
    )
    for line in done.stdout.splitlines():
        verdict, _space, what = line.partition(" ")
        report.check(what, verdict == "ok")
    if done.returncode:
        report.check("the changes could be made", False, done.stderr[-500:])


def _drill(base: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacesite.settings")
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.db import connection, connections
    from django.test import Client
    from django.test.utils import setup_test_environment

    from cases import services as cases
    from cases.models import Case, InitiativeType
    from desk import services as desk
    from editions.models import Edition, Participation
    from organisations.models import Organisation
    from serving.site_version import version

    setup_test_environment()
    editor = User.objects.get(username="editor")
    moderator = User.objects.get(username="moderator")
    edition = Edition.objects.listed().filter(case__slug__startswith="making-peace").first()
    body = Organisation.objects.filter(
        pk__in=Participation.objects.filter(edition=edition).values("organisation")
    ).first()
    term = InitiativeType.objects.filter(editions=edition).first()
    case = edition.case

    def rename_body(words: str) -> None:
        stored = Organisation.objects.get(pk=body.pk)
        client = Client()
        client.force_login(editor)
        address = f"/admin/organisations/organisation/{body.pk}/change/"
        form = client.get(address).context["adminform"].form
        sent = {name: value for name, value in form.initial.items() if value is not None}
        sent |= {"lock": stored.lock, "reason": "A drill.", "website": f"https://{words}.example/"}
        if client.post(address, sent).status_code != 302:
            raise SystemExit("The organisation could not be changed.")

    def rename_term(words: str) -> None:
        client = Client()
        client.force_login(User.objects.get(username="administrator"))
        address = f"/admin/cases/initiativetype/{term.pk}/change/"
        form = client.get(address).context["adminform"].form
        sent = {name: "" if v is None else v for name, v in form.initial.items()}
        if client.post(address, sent | {"label": words}).status_code != 302:
            raise SystemExit("The term could not be changed.")

    def submit(words: str) -> None:
        stored = cases.change_case(case, by=editor, reason="A drill.", title=words)
        cases.submit(stored, by=editor, reason="A drill.")

    def publish(words: str) -> None:
        stored = Case.objects.get(pk=case.pk)
        desk.publish(stored, by=moderator, kind=Edition.Kind.UPDATE, change_note="A drill.")

    def withdraw(words: str) -> None:
        desk.withdraw(Case.objects.get(pk=case.pk), by=moderator, reason=words)

    def state() -> str:
        """What the changes change, as one word."""
        rows = [
            *Edition.objects.filter(case=case).values_list("pk", "is_current", "kind", "title"),
            *Organisation.objects.filter(pk=body.pk).values_list("name", "website"),
            *InitiativeType.objects.filter(pk=term.pk).values_list("label"),
        ]
        return str(hash(tuple(rows)))

    def killed_at(step: int, change: Callable[[str], None], words: str) -> bool:
        """Make the change in a process that dies before its statement of that number, or after its
        last commit where it has no more; whether it was that."""
        connections.close_all()
        child = os.fork()
        if child:
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            if code not in (KILLED, FINISHED):
                raise SystemExit(f"{change.__name__} ended with {code} at step {step}.")
            return code == FINISHED
        steps = count(1)

        def dying(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
            if next(steps) == step:
                os._exit(KILLED)
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(dying):
                change(words)
            os._exit(FINISHED)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)

    def read(path: str) -> str:
        with urllib.request.urlopen(base + path, timeout=30) as answer:
            return answer.read().decode()

    for change, path in (
        (rename_body, body.get_absolute_url()),
        (rename_term, term.get_absolute_url()),
        (publish, edition.get_absolute_url()),
        (withdraw, edition.get_absolute_url()),
    ):
        name, words = change.__name__, f"drill-{token_hex(4)}"
        wrong, steps, finished = 0, 0, False
        if change is publish:
            submit(words)
        for _ in range(6):
            read(path)  # every worker keeps it
        while not finished:
            before, token = state(), version()
            steps += 1
            finished = killed_at(steps, change, words)
            wrong += state() != before and version() == token
        fresh = sum(words in read(path) for _ in range(READS))
        verdict = "ok" if not wrong and fresh == READS else "FAILED"
        print(
            f"{verdict} {name}, killed at each of {steps} statements: {wrong} times changed under "
            f"the old site version; {fresh} of {READS} pages show it"
        )


if __name__ == "__main__":
    _drill(sys.argv[1])
