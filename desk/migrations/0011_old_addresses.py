"""Gives the groups their permissions for the old addresses of cases."""

from importlib import import_module

from django.db import migrations

make = import_module("desk.migrations.0001_groups").make


class Migration(migrations.Migration):
    dependencies = [("desk", "0010_notices"), ("cases", "0009_old_addresses")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
