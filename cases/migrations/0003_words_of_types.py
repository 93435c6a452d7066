"""What a type is called within a sentence becomes part of the term; shipped types get their words."""

from django.db import migrations, models

INITIATIVES = {  # slug: noun, what stands before who did it
    "mediation": ("mediation", "mediated by"),
    "peacekeeping": ("peacekeeping", "a peacekeeping mission of"),
    "diplomacy": ("diplomacy", "diplomacy by"),
    "monitoring": ("monitoring", "a monitoring mission of"),
    "peace-infrastructure": ("peace infrastructure", "peace infrastructure built by"),
    "transitional-administration": (
        "transitional administration",
        "a transitional administration by",
    ),
    "military-intervention": ("military intervention", "a military intervention by"),
    "local-action": ("local action", "local action by"),
    "territorial-dispute-resolution": (
        "resolving a territorial dispute",
        "a territorial dispute resolved by",
    ),
    "border-stabilisation": ("border stabilisation", "a border stabilised by"),
    "legal-prosecution": ("prosecution", "a prosecution by"),
}
CONFLICTS = {  # slug: what follows “also”
    "horizontal-intrastate": "a conflict between groups within one state",
    "vertical-intrastate": "a conflict within one state",
    "vertical-intrastate-foreign-involvement": "a conflict within one state in which other states fought",
    "interstate": "a conflict between states",
    "risk-of-relapse": "a risk of relapse into armed conflict",
    "risk-of-horizontal-intrastate": "a risk of armed conflict between groups within one state",
    "risk-of-vertical-intrastate": "a risk of armed conflict within one state",
    "risk-of-vertical-intrastate-foreign-involvement": "a risk of armed conflict within one state in which other states would fight",
    "risk-of-interstate": "a risk of armed conflict between states",
}


def fill_in(apps, schema_editor):
    using = schema_editor.connection.alias
    initiatives = apps.get_model("cases", "InitiativeType").objects.using(using)
    for slug, (noun, done_by) in INITIATIVES.items():
        initiatives.filter(slug=slug).update(noun=noun, done_by=done_by)
    conflicts = apps.get_model("cases", "ConflictType").objects.using(using)
    for slug, phrase in CONFLICTS.items():
        conflicts.filter(slug=slug).update(phrase=phrase, is_risk=slug.startswith("risk-"))


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_conflict")]

    operations = [
        migrations.AddField(
            model_name="conflicttype",
            name="phrase",
            field=models.CharField(
                blank=True,
                default="",
                help_text="What follows “also”: “a conflict within one state”. Blank: the label.",
                max_length=200,
                verbose_name="within a sentence",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="conflicttype",
            name="is_risk",
            field=models.BooleanField(
                default=False,
                help_text="Whether it is the risk of a conflict, and not one that was fought.",
                verbose_name="a risk",
            ),
        ),
        migrations.AddField(
            model_name="initiativetype",
            name="noun",
            field=models.CharField(
                blank=True,
                default="",
                help_text="What follows “a case of”: “mediation”. Blank: the label.",
                max_length=100,
                verbose_name="as a noun",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="initiativetype",
            name="done_by",
            field=models.CharField(
                blank=True,
                default="",
                help_text="What stands between “also” and an organisation: “mediated by”.",
                max_length=100,
                verbose_name="before who did it",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
