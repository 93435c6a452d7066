"""Gives moderators the permission to merge sources."""

from importlib import import_module

from django.db import migrations

make = import_module("desk.migrations.0001_groups").make


class Migration(migrations.Migration):
    dependencies = [("desk", "0004_impact_parties_and_events"), ("sources", "0002_source_fields")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
