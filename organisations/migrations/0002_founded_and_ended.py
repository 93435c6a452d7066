"""When an organisation was founded and when it ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="ended",
            field=models.IntegerField(
                blank=True,
                help_text="The year in which it ended or another took its place; blank: it is there.",
                null=True,
                verbose_name="ended",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="founded",
            field=models.IntegerField(
                blank=True,
                help_text="The year since which it has been there; below 0 is BCE.",
                null=True,
                verbose_name="founded",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("founded", None),
                    ("ended", None),
                    ("ended__gte", models.F("founded")),
                    _connector="OR",
                ),
                name="organisation_ends_after_it_was_founded",
                violation_error_message="An organisation ends after it was founded.",
            ),
        ),
    ]
