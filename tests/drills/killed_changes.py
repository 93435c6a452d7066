"""python -m tests.drills.killed_changes BASE, in the environment of the site that answers at BASE:
makes changes in processes that die at one statement after the other, and prints what is left."""

import os
import sys
import traceback
import urllib.request
from collections.abc import Callable
from itertools import count
from secrets import token_hex

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacesite.settings")

import django

django.setup()

from django.conf import settings
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

READS = 20
KILLED, FINISHED = 9, 8  # how a process that makes a change ends


class Changes:
    """Changes of one case, one of its organisations and one of its terms, each given the words
    that pages must then show."""

    def __init__(self) -> None:
        self.editor = User.objects.get(username="editor")
        self.moderator = User.objects.get(username="moderator")
        listed = Edition.objects.listed().filter(case__slug__startswith="making-peace")
        self.edition = listed.select_related("case").get()
        took_part = Participation.objects.filter(edition=self.edition)
        self.body = Organisation.objects.filter(pk__in=took_part.values("organisation")).first()
        self.term = InitiativeType.objects.filter(editions=self.edition).first()

    def organisation(self, words: str) -> None:
        """Through the form of the admin, by an editor."""
        lock = Organisation.objects.get(pk=self.body.pk).lock
        changed = {"lock": lock, "reason": "A drill.", "website": f"https://{words}.example/"}
        self._send(f"organisations/organisation/{self.body.pk}", "editor", changed)

    def term_(self, words: str) -> None:
        """Through the form of the admin, by an administrator."""
        self._send(f"cases/initiativetype/{self.term.pk}", "administrator", {"label": words})

    def submit(self, words: str) -> None:
        """Get the case ready for `publish`."""
        case = Case.objects.get(pk=self.edition.case_id)
        case = cases.change_case(case, by=self.editor, reason="A drill.", title=words)
        cases.submit(case, by=self.editor, reason="A drill.")

    def publish(self, words: str) -> None:
        case = Case.objects.get(pk=self.edition.case_id)
        kind = Edition.Kind.UPDATE
        desk.publish(case, by=self.moderator, kind=kind, change_note="A drill.")

    def withdraw(self, words: str) -> None:
        case = Case.objects.get(pk=self.edition.case_id)
        desk.withdraw(case, by=self.moderator, reason=words)

    def state(self) -> list[tuple]:
        """All that these changes change."""
        editions = Edition.objects.filter(case=self.edition.case_id).order_by("pk")
        return [
            *editions.values_list("pk", "is_current", "kind", "title"),
            *Organisation.objects.filter(pk=self.body.pk).values_list("name", "website"),
            *InitiativeType.objects.filter(pk=self.term.pk).values_list("label"),
        ]

    @staticmethod
    def _send(record: str, username: str, changed: dict[str, object]) -> None:
        settings.SECOND_FACTOR = "off"  # what posts here has no device that shows codes
        client, address = Client(), f"/admin/{record}/change/"
        client.force_login(User.objects.get(username=username))
        form = client.get(address).context["adminform"].form
        sent = {name: "" if value is None else value for name, value in form.initial.items()}
        if client.post(address, sent | changed).status_code != 302:
            raise SystemExit(f"{record} could not be changed.")


def killed_at(step: int, change: Callable[[str], None], words: str) -> bool:
    """Make the change in a process that dies before its statement of that number, or after its
    last commit where it has no more; whether it was that."""
    connections.close_all()
    child = os.fork()
    if not child:
        _make(step, change, words)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in (KILLED, FINISHED):
        raise SystemExit(f"{change.__name__} ended with {code} at step {step}.")
    return code == FINISHED


def _make(step: int, change: Callable[[str], None], words: str) -> None:
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


def drill(changes: Changes, change: Callable[[str], None], page: str) -> None:
    """Make one change at the price of as many processes as it has statements."""
    words = f"drill-{token_hex(4)}"
    if change == changes.publish:
        changes.submit(words)
    for _ in range(6):
        _read(page)  # every worker keeps it
    stale = steps = 0
    finished = False
    while not finished:
        before, token = changes.state(), version()
        steps += 1
        finished = killed_at(steps, change, words)
        stale += changes.state() != before and version() == token
    fresh = sum(words in _read(page) for _ in range(READS))
    verdict = "ok" if not stale and fresh == READS else "FAILED"
    print(
        f"{verdict} {change.__name__.strip('_')}, killed "
        f"at each of {steps} statements: {stale} times changed under the old site version; "
        f"{fresh} of {READS} pages show it"
    )


def _read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read().decode()


def main(base: str) -> None:
    """Drill each change."""
    setup_test_environment()
    changes = Changes()
    case = base + changes.edition.get_absolute_url()
    drill(changes, changes.organisation, base + changes.body.get_absolute_url())
    drill(changes, changes.term_, base + changes.term.get_absolute_url())
    drill(changes, changes.publish, case)
    drill(changes, changes.withdraw, case)


if __name__ == "__main__":
    main(sys.argv[1])
