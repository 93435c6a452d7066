"""Gives the groups their permissions for the facts that have rows of their own, and for impact."""

from importlib import import_module

from django.db import migrations

make = import_module("desk.migrations.0001_groups").make


class Migration(migrations.Migration):
    dependencies = [("desk", "0003_agreements"), ("cases", "0005_impact_parties_and_events")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
