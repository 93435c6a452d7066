"""The log begins with a line that states all editions, removals and notices as they are found;
events of corrections are chained."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from corrections.statements import digest_of_event, of_notice
from editions.log.appending import begin
from editions.log.statements import Statement, of_edition, of_removal

_LONG = ("record", "body", "body_html", "notes", "critics", "not_known")


def begin_log(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was published until now was not witnessed, and the line says so."""
    line = apps.get_model("editions", "LogLine")
    if not line.objects.exists():
        begin(_editions(apps), _removals(apps), _notices(apps), model=line)


def _editions(apps: Apps) -> Iterator[Statement]:
    editions = apps.get_model("editions", "Edition").objects.order_by("case_id", "number")
    return map(of_edition, editions.defer(*_LONG).iterator(chunk_size=500))


def _removals(apps: Apps) -> Iterator[Statement]:
    removals = apps.get_model("editions", "Removal").objects.exclude(confirmed_at=None)
    return map(of_removal, removals.select_related("edition").order_by("pk"))


def _notices(apps: Apps) -> Iterator[Statement]:
    notices = apps.get_model("corrections", "Notice").objects.order_by("pk")
    for notice in notices.select_related("found_in", "mended_in", "lifts"):
        statement = of_notice(notice)
        for part in _withheld(notice):  # whose words are gone: nothing is proved of them
            statement.salts.pop(part)
        yield statement


def _withheld(notice: Any) -> Iterator[str]:
    if notice.found_in.removed_at:
        yield "before"
    if notice.mended_in and notice.mended_in.removed_at:
        yield "after"


def chain_events(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each event to the one before of its correction, and the last to the correction."""
    event_model = apps.get_model("corrections", "CorrectionEvent")
    correction_model = apps.get_model("corrections", "Correction")
    events = event_model.objects.select_related("correction").order_by("correction_id", "pk")
    for pk, chain in groupby(events.iterator(chunk_size=500), key=lambda e: e.correction_id):
        digest = ""
        for event in chain:
            digest = digest_of_event(event, digest)
            event_model.objects.filter(pk=event.pk).update(digest=digest)
        correction_model.objects.filter(pk=pk).update(events_digest=digest)


class Migration(migrations.Migration):
    dependencies = [("corrections", "0006_event_digests"), ("editions", "0014_log")]
    operations = [
        migrations.RunPython(begin_log, migrations.RunPython.noop),
        migrations.RunPython(chain_events, migrations.RunPython.noop),
    ]
