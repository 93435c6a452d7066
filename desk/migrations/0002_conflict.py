"""Gives the groups their permissions for conflicts."""

from importlib import import_module

from django.db import migrations

make = import_module("desk.migrations.0001_groups").make


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_groups"), ("cases", "0002_conflict")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
