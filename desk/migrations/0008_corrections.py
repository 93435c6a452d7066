"""Lets editors read corrections of cases."""

from importlib import import_module

from django.db import migrations

make = import_module("desk.migrations.0001_groups").make


class Migration(migrations.Migration):
    dependencies = [("desk", "0007_review"), ("corrections", "0002_desk_of_corrections")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
