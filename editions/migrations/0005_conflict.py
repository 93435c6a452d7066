"""The conflict that an edition is about; and why each of “More posts” stands where it stands."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def remember_choices(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Which of the neighbours that are stored were chosen by hand; the other reasons are left
    blank, and no reason is shown, until `manage.py rebuild_neighbours`."""
    neighbours = apps.get_model("editions", "Neighbour").objects
    chosen = neighbours.using(schema_editor.connection.alias).filter(
        case__related=models.F("other")
    )
    chosen.update(chosen=True)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_conflict"),
        ("editions", "0004_search_alike"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
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
        migrations.AddField(
            model_name="neighbour",
            name="chosen",
            field=models.BooleanField(default=False, verbose_name="chosen by the editors"),
        ),
        migrations.AddField(
            model_name="neighbour",
            name="conflict_type",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.conflicttype",
                verbose_name="type of conflict",
            ),
        ),
        migrations.AddField(
            model_name="neighbour",
            name="country",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.country",
                verbose_name="country",
            ),
        ),
        migrations.AddField(
            model_name="neighbour",
            name="decade",
            field=models.SmallIntegerField(
                help_text="In which both initiatives began: 1990.", null=True, verbose_name="decade"
            ),
        ),
        migrations.AddField(
            model_name="neighbour",
            name="initiative_type",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.initiativetype",
                verbose_name="type of initiative",
            ),
        ),
        migrations.AddField(
            model_name="neighbour",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("country", "in the same country"),
                    ("done-by", "the same type of initiative by the same organisation"),
                    ("took-part", "the same organisation took part"),
                    ("types", "the same type of initiative or of conflict"),
                ],
                max_length=10,
                verbose_name="kind of reason",
            ),
        ),
        migrations.AddField(
            model_name="neighbour",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="neighbour",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", ""),
                    models.Q(("country__isnull", False), ("kind", "country")),
                    models.Q(
                        ("initiative_type__isnull", False),
                        ("kind", "done-by"),
                        ("organisation__isnull", False),
                    ),
                    models.Q(("kind", "took-part"), ("organisation__isnull", False)),
                    models.Q(("initiative_type__isnull", False), ("kind", "types")),
                    models.Q(("conflict_type__isnull", False), ("kind", "types")),
                    _connector="OR",
                ),
                name="neighbour_reason_names_its_fact",
                violation_error_message="A reason names the fact that two cases share.",
            ),
        ),
        migrations.RunPython(remember_choices, migrations.RunPython.noop),
    ]
