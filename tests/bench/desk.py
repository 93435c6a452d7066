"""python -m tests.bench.desk: what the pages of the desk cost where much has been done.

Fills the scratch database that DATABASE_URL names with 500 cases in print, 100,000 revisions (2,000
of one case), 10,000 corrections and 100,000 lines of the audit trail, and asks for each page as an
administrator: queries and milliseconds, the median of five. Nothing fails here.
"""

import os
import statistics
import sys
import time
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacesite.settings")

import django

django.setup()

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from reversion.models import Revision, Version

from cases import services as cases
from cases.models import Case
from cases.shipped import load_vocabularies
from corrections.models import Correction, CorrectionEvent
from corrections.references import new_reference
from editions.models import Edition
from revisions.models import AuditEvent
from tests.factories import make_case, make_user
from tests.synthetic import make_editions

CASES, REVISIONS, OF_ONE, CORRECTIONS, LINES = 500, 100_000, 2_000, 10_000, 100_000
_AT_ONCE = 2_000


def fill() -> None:
    """Make the tables and the rows, unless they are there."""
    call_command("migrate", verbosity=0)
    if Correction.objects.count() >= CORRECTIONS:
        return
    load_vocabularies()
    make_editions(CASES)
    editor = make_user("edith", is_staff=True)
    case = make_case(by=editor, title="Ending the conflict of two thousand revisions")
    cases.submit(case, by=editor, reason="Ready.")
    _revise(case, editor)
    _correct(editor)
    _audit(editor)


def _revise(case: Case, editor: object) -> None:
    """Revisions of every case, OF_ONE of them of `case`, like the one that it has."""
    pattern = Version.objects.get_for_object(case).order_by("-pk").first()
    others = list(Case.objects.exclude(pk=case.pk).values_list("pk", flat=True))
    keys = [case.pk] * OF_ONE + [others[n % len(others)] for n in range(REVISIONS - OF_ONE)]
    began = timezone.now() - timedelta(days=3000)
    for start in range(0, REVISIONS, _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        revisions = Revision.objects.bulk_create(
            Revision(
                date_created=began + timedelta(minutes=start + n),
                user=editor,
                comment=f"Change number {start + n}.",
            )
            for n in range(len(some))
        )
        Version.objects.bulk_create(
            Version(
                revision=revision,
                object_id=str(key),
                content_type=pattern.content_type,
                db="default",
                format=pattern.format,
                serialized_data=pattern.serialized_data.replace(
                    f'"pk": {case.pk},', f'"pk": {key},', 1
                ),
                object_repr=pattern.object_repr,
            )
            for key, revision in zip(some, revisions, strict=True)
        )


def _correct(editor: object) -> None:
    """Corrections in every state: one in ten is to decide."""
    editions = list(Edition.objects.current().only("pk"))
    now = timezone.now()
    decided = {"taken_by": editor, "taken_at": now, "decided_by": editor, "decided_at": now}
    rows = []
    for n in range(CORRECTIONS):
        state = {} if n % 10 == 0 else {"status": "declined", "reason": "It stands.", **decided}
        rows.append(
            Correction(
                reference=new_reference(),
                edition=editions[n % len(editions)],
                message=f"The number {n} is wrong.",
                passage="accord agreement border",
                created_at=now - timedelta(minutes=n),
                form_token=f"{n:064d}",
                status_digest=f"{n:064d}",
                **state,
            )
        )
    made = Correction.objects.bulk_create(rows, batch_size=_AT_ONCE)
    CorrectionEvent.objects.bulk_create(
        [CorrectionEvent(correction=one, action="sent") for one in made], batch_size=_AT_ONCE
    )


def _audit(editor: object) -> None:
    kind = ContentType.objects.get_for_model(Case)
    keys = list(Case.objects.values_list("pk", flat=True))
    now = timezone.now()
    AuditEvent.objects.bulk_create(
        [
            AuditEvent(
                at=now - timedelta(minutes=n),
                by=editor,
                action="changed",
                about_type=kind,
                about_id=str(keys[n % len(keys)]),
                label=f"Case {n}",
                note="A word.",
            )
            for n in range(LINES)
        ],
        batch_size=_AT_ONCE,
    )


def addresses() -> list[str]:
    """The pages that people live in."""
    case = Case.objects.get(title__endswith="two thousand revisions")
    published = Edition.objects.current().first().case_id
    versions = list(Version.objects.get_for_object(case).order_by("-pk")[:2])
    correction = Correction.objects.filter(status="new").first()
    one = f"/admin/cases/case/{case.pk}"
    compare = reverse("admin:cases_case_compare", args=[case.pk])
    return [
        "/admin/",
        "/admin/cases/case/",
        "/admin/cases/case/?q=synthetic",
        f"{one}/change/",
        f"{one}/history/",
        f"{compare}?from={versions[1].pk}&to={versions[0].pk}",
        "/admin/review/",
        f"/admin/review/{case.pk}/",
        f"/admin/review/{published}/",
        "/admin/corrections-desk/",
        "/admin/corrections-desk/?show=decided",
        f"/admin/corrections-desk/{correction.reference}/",
        "/admin/corrections/correction/",
        *sys.argv[1:],
    ]


def measure() -> None:
    """Print a line for each page."""
    client = Client(raise_request_exception=False)
    client.force_login(make_user("ada", is_staff=True, is_superuser=True))
    print(f"{'page':58} {'status':>6} {'queries':>7} {'ms':>6}")
    for address in addresses():
        client.get(address)
        took = []
        for _ in range(5):
            with CaptureQueriesContext(connection) as captured:
                before = time.perf_counter()
                response = client.get(address)
                took.append(1000 * (time.perf_counter() - before))
        ms = statistics.median(took)
        print(f"{address:58} {response.status_code:6} {len(captured):7} {ms:6.0f}", flush=True)


if __name__ == "__main__":
    fill()
    measure()
