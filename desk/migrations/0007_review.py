"""Gives moderators the permission to edit the checklist of reviews."""

from importlib import import_module

from django.db import migrations

make = import_module("desk.migrations.0001_groups").make


class Migration(migrations.Migration):
    dependencies = [("desk", "0006_mail"), ("reviews", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
