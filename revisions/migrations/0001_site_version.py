"""The version of the site as readers see it, in its one row."""

from django.db import migrations, models

import serving.models


def first_version(apps, schema_editor):
    apps.get_model("revisions", "SiteVersion").objects.create(pk=1)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SiteVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pages", models.CharField(default=serving.models.new_token, max_length=16)),
                ("holdings", models.CharField(default=serving.models.new_token, max_length=16)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)), name="site_version_is_one_row"
                    )
                ],
            },
        ),
        migrations.RunPython(first_version, migrations.RunPython.noop),
    ]
