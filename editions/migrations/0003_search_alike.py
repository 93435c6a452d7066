"""The search index again: what it holds is made by us, alike on both databases.

Empty until `manage.py rebuild_search` has run.
"""

from importlib import import_module

from django.db import migrations, models

before = import_module("editions.migrations.0002_search")

SQLITE = """
CREATE VIRTUAL TABLE editions_searchrow USING fts5(
    title, facts, standfirst, often UNINDEXED, body, text UNINDEXED, words UNINDEXED,
    tokenize = 'ascii'
)
"""

POSTGRESQL = [
    """
    CREATE TABLE editions_searchrow (
        rowid bigint PRIMARY KEY,
        title text NOT NULL,
        facts text NOT NULL,
        standfirst text NOT NULL,
        often text NOT NULL,
        body text NOT NULL,
        text text NOT NULL,
        words text NOT NULL,
        vector tsvector GENERATED ALWAYS AS (
            to_tsvector(
                'pg_catalog.simple',
                title || '0x' || facts || '0x' || standfirst || '0x' || left(body, 500000)
            )
        ) STORED
    )
    """,
    "CREATE INDEX editions_searchrow_vector ON editions_searchrow USING gin (vector)",
]


def forwards(apps, schema_editor):
    schema_editor.execute("DROP TABLE editions_searchrow")
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in [SQLITE] if sqlite else POSTGRESQL:
        schema_editor.execute(statement)
    if not sqlite:
        schema_editor.execute("DROP TEXT SEARCH CONFIGURATION peacesite")


def backwards(apps, schema_editor):
    schema_editor.execute("DROP TABLE editions_searchrow")
    before.forwards(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("editions", "0002_search")]

    operations = [
        migrations.RunPython(forwards, backwards),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "word",
                    models.CharField(
                        max_length=80, primary_key=True, serialize=False, verbose_name="word"
                    ),
                ),
                ("form", models.CharField(max_length=80, verbose_name="as it is written")),
                ("token", models.CharField(db_index=True, max_length=400, verbose_name="token")),
                ("sound", models.CharField(db_index=True, max_length=80, verbose_name="sound")),
                (
                    "head",
                    models.CharField(db_index=True, max_length=8, verbose_name="first letters"),
                ),
                (
                    "tail",
                    models.CharField(db_index=True, max_length=8, verbose_name="last letters"),
                ),
                ("editions", models.PositiveIntegerField(verbose_name="editions that hold it")),
            ],
            options={"verbose_name": "word", "verbose_name_plural": "words"},
        ),
    ]
