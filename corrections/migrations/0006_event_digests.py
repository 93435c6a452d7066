"""Events of corrections are chained: a digest each, and the last one with the correction."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corrections", "0005_rules_of_senders_and_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="events_digest",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="correctionevent",
            name="digest",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
    ]
