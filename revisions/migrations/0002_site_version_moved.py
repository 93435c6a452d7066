"""The site version belongs to `serving` now; its table is left alone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("revisions", "0001_site_version"), ("serving", "0001_site_version")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="SiteVersion")]
        ),
    ]
