"""Gives the groups their permissions for agreements."""

from importlib import import_module

from django.db import migrations

make = import_module("desk.migrations.0001_groups").make


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_conflict"), ("cases", "0004_agreements_and_evidence_until")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
