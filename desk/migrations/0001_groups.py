"""Makes the groups Editors and Moderators."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from desk.roles import make_groups

_APPS = ("organisations", "sources", "cases", "editions", "corrections", "reviews")


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Permissions are otherwise made after the last migration: too late for the groups."""
    using = schema_editor.connection.alias
    for label in (label for label in _APPS if label in apps.app_configs):  # a later one is not yet
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, verbosity=0, using=using, apps=apps)
        config.models_module = None
    make_groups(apps, using)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("organisations", "0001_initial"),
        ("sources", "0001_initial"),
        ("cases", "0001_initial"),
        ("editions", "0002_search"),
        ("corrections", "0001_initial"),
    ]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
