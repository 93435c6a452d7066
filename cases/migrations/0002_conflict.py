"""The conflicts, and the one that a case is about."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Conflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The term's name in addresses. It is cited: do not change it.",
                        max_length=80,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        help_text="As readers see it.",
                        max_length=200,
                        unique=True,
                        verbose_name="label",
                    ),
                ),
                (
                    "definition",
                    models.TextField(
                        help_text="What the term covers and what it does not, in one to three sentences.",
                        verbose_name="definition",
                    ),
                ),
                (
                    "other_spellings",
                    models.TextField(
                        blank=True,
                        help_text="What else the conflict is called, one name per line: The Troubles.",
                        verbose_name="other names",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        help_text="The number of the conflict in UCDP's encyclopedia. Blank: not looked up.",
                        max_length=40,
                        verbose_name="external code",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Lists show the terms in this order.",
                        verbose_name="position",
                    ),
                ),
            ],
            options={
                "verbose_name": "conflict",
                "verbose_name_plural": "conflicts",
                "ordering": ["position", "label"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="case",
            name="conflict",
            field=models.ForeignKey(
                blank=True,
                help_text="The conflict that this initiative was about; its cases are shown as a sequence.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="cases.conflict",
                verbose_name="conflict",
            ),
        ),
    ]
