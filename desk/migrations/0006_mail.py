"""Gives moderators the permission to see the audit trail."""

from importlib import import_module

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

groups = import_module("desk.migrations.0001_groups")


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The app revisions is not among those of the first migration."""
    config = apps.get_app_config("revisions")
    config.models_module = True
    create_permissions(config, verbosity=0, using=schema_editor.connection.alias, apps=apps)
    config.models_module = None
    groups.make(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("desk", "0005_merging_sources"), ("revisions", "0005_untold_events")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
