"""Moves names and addresses into rows of their own; says erratum and addendum of notices."""

import secrets

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Q, Subquery

from corrections.models import commitment

WORDS = {"editorial": "erratum", "update": "addendum"}


def move(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each with salts of its own; a notice that names its sender is committed to the same."""
    using = schema_editor.connection.alias
    correction, notice = (apps.get_model("corrections", n) for n in ("Correction", "Notice"))
    sender = apps.get_model("corrections", "SenderDetails")
    known = correction.objects.using(using).exclude(name="", email="")
    for row in known.only("name", "email").iterator(chunk_size=500):
        salts = {name: secrets.token_hex(32) for name in ("name", "email") if getattr(row, name)}
        sender.objects.using(using).create(
            correction_id=row.pk,
            name=row.name,
            name_salt=salts.get("name", ""),
            email=row.email,
            email_salt=salts.get("email", ""),
        )
        correction.objects.using(using).filter(pk=row.pk).update(
            **{f"{name}_commitment": commitment(getattr(row, name), salts[name]) for name in salts}
        )
    committed = correction.objects.filter(pk=OuterRef("correction")).values("name_commitment")
    credited = notice.objects.using(using).exclude(Q(credit="") | Q(correction=None))
    credited.update(credit_commitment=Subquery(committed))
    for before, after in WORDS.items():
        notice.objects.using(using).filter(kind=before).update(kind=after)


def move_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What is erased stays erased."""
    using = schema_editor.connection.alias
    correction, notice = (apps.get_model("corrections", n) for n in ("Correction", "Notice"))
    for row in apps.get_model("corrections", "SenderDetails").objects.using(using).iterator():
        of_sender = correction.objects.using(using).filter(pk=row.correction_id)
        of_sender.update(name=row.name, email=row.email)
        credited = notice.objects.using(using).filter(correction=row.correction_id)
        credited.exclude(credit_commitment="").update(credit=row.name)
    correction.objects.using(using).filter(name="").update(credit_wanted=False)
    for before, after in WORDS.items():
        notice.objects.using(using).filter(kind=after).update(kind=before)


class Migration(migrations.Migration):
    dependencies = [("corrections", "0003_senders_and_notices")]
    operations = [migrations.RunPython(move, move_back)]
