"""The log of what was published; a digest with what is rendered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0013_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogLine",
            fields=[
                (
                    "number",
                    models.PositiveBigIntegerField(
                        primary_key=True, serialize=False, verbose_name="number"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("beginning", "The log begins"),
                            ("publication", "Publication"),
                            ("withdrawal", "Withdrawal"),
                            ("removal", "Removal"),
                            ("notice", "Notice"),
                            ("key", "A signing key is announced"),
                        ],
                        max_length=20,
                        verbose_name="event",
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        blank=True, db_index=True, max_length=60, verbose_name="about"
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                ("key", models.CharField(blank=True, max_length=44, verbose_name="public key")),
                (
                    "signature",
                    models.CharField(blank=True, max_length=88, verbose_name="signature"),
                ),
                ("salts", models.JSONField(blank=True, default=dict, editable=False)),
            ],
            options={
                "verbose_name": "line of the log",
                "verbose_name_plural": "log",
                "ordering": ["number"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="rendering",
            name="digest",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
