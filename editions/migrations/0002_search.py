"""The search index, in the form that each database has for it."""

import django.db.models.deletion
from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models

SQLITE = """
CREATE VIRTUAL TABLE editions_searchrow USING fts5(
    title, facts, standfirst, body, tokenize = 'porter unicode61 remove_diacritics 2'
)
"""

POSTGRESQL = [
    "CREATE TEXT SEARCH CONFIGURATION peacesite (COPY = english)",
    """
    ALTER TEXT SEARCH CONFIGURATION peacesite
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem
    """,
    """
    CREATE TABLE editions_searchrow (
        rowid bigint PRIMARY KEY,
        title text NOT NULL,
        facts text NOT NULL,
        standfirst text NOT NULL,
        body text NOT NULL,
        vector tsvector GENERATED ALWAYS AS (
            setweight(to_tsvector('peacesite', title), 'A') ||
            setweight(to_tsvector('peacesite', standfirst), 'B') ||
            setweight(to_tsvector('peacesite', facts), 'B') ||
            setweight(to_tsvector('peacesite', left(body, 500000)), 'D')
        ) STORED
    )
    """,
    "CREATE INDEX editions_searchrow_vector ON editions_searchrow USING gin (vector)",
]


def forwards(apps, schema_editor):
    statements = [SQLITE] if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    schema_editor.execute("DROP TABLE editions_searchrow")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TEXT SEARCH CONFIGURATION peacesite")


class Unaccent(UnaccentExtension):
    """Django looks for the extension on the way back whatever the database is."""

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    dependencies = [("editions", "0001_initial")]

    operations = [
        Unaccent(),
        migrations.RunPython(forwards, backwards),
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        db_column="rowid",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="search_row",
                        serialize=False,
                        to="editions.edition",
                    ),
                ),
                ("title", models.TextField()),
                ("facts", models.TextField()),
                ("standfirst", models.TextField()),
                ("body", models.TextField()),
            ],
            options={"db_table": "editions_searchrow", "managed": False},
        ),
    ]
