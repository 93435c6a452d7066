"""Gives moderators the permissions to erase senders and to decide about removals."""

from importlib import import_module

from django.db import migrations

make = import_module("desk.migrations.0001_groups").make


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0009_sign_in"),
        ("corrections", "0005_rules_of_senders_and_notices"),
        ("editions", "0010_removals"),
    ]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
