"""The parts of pages that an edition in print makes up alone, as they were rendered."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0002_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rendering",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="rendering",
                        serialize=False,
                        to="editions.edition",
                    ),
                ),
                ("stamp", models.CharField(max_length=32)),
                ("links", models.TextField()),
                ("row", models.TextField()),
                ("head", models.TextField()),
                ("opening", models.TextField()),
                ("text", models.TextField()),
            ],
        ),
    ]
