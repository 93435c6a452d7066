"""The site version moves here from `revisions`: the model only, the table stays as it is."""

from django.db import migrations, models

import serving.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("revisions", "0001_site_version")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="SiteVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "pages",
                            models.CharField(default=serving.models.new_token, max_length=16),
                        ),
                        (
                            "facet_index",
                            models.CharField(
                                db_column="holdings",
                                default=serving.models.new_token,
                                max_length=16,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "revisions_siteversion",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pk", 1)), name="site_version_is_one_row"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
