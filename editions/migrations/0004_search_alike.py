"""The search index again: what it holds is made by us, alike on both databases.

Empty until `manage.py rebuild_search` has run.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

before = import_module("editions.migrations.0002_search")

TABLE = """
CREATE TABLE editions_searchrow (
    edition_id {key} PRIMARY KEY REFERENCES editions_edition (id) DEFERRABLE INITIALLY DEFERRED,
    title text NOT NULL,
    facts text NOT NULL,
    standfirst text NOT NULL,
    often text NOT NULL,
    body text NOT NULL,
    text text NOT NULL,
    words text NOT NULL{more}
)
"""

_ADD = """
INSERT INTO editions_searchindex (rowid, title, facts, standfirst, body)
VALUES (new.edition_id, new.title, new.facts, new.standfirst, new.body);
"""
_TAKE_AWAY = """
INSERT INTO editions_searchindex (editions_searchindex, rowid, title, facts, standfirst, body)
VALUES ('delete', old.edition_id, old.title, old.facts, old.standfirst, old.body);
"""
_ON = "CREATE TRIGGER editions_searchrow_{0} AFTER {0} ON editions_searchrow BEGIN {1} END"
SQLITE = [
    TABLE.format(key="integer", more=""),  # and not bigint, so that it is the row's own number
    """
    CREATE VIRTUAL TABLE editions_searchindex USING fts5(
        title, facts, standfirst, body,
        content = 'editions_searchrow', content_rowid = 'edition_id',
        columnsize = 0, tokenize = 'ascii'
    )
    """,
    _ON.format("insert", _ADD),
    _ON.format("delete", _TAKE_AWAY),
    _ON.format("update", _TAKE_AWAY + _ADD),
]

_VECTOR = """,
    vector tsvector GENERATED ALWAYS AS (
        to_tsvector(
            'pg_catalog.simple',
            title || '0x' || facts || '0x' || standfirst || '0x' || left(body, 500000)
        )
    ) STORED"""
POSTGRESQL = [
    TABLE.format(key="bigint", more=_VECTOR),
    "CREATE INDEX editions_searchrow_vector ON editions_searchrow USING gin (vector)",
    "DROP TEXT SEARCH CONFIGURATION peacesite",
]


def forwards(apps, schema_editor):
    schema_editor.execute("DROP TABLE editions_searchrow")
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE editions_searchindex")
    schema_editor.execute("DROP TABLE editions_searchrow")
    before.forwards(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("editions", "0003_rendering")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(forwards, backwards)],
            [
                migrations.DeleteModel("SearchRow"),
                migrations.CreateModel(
                    name="SearchRow",
                    fields=[
                        (
                            "edition",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="search_row",
                                serialize=False,
                                to="editions.edition",
                                verbose_name="edition",
                            ),
                        ),
                        ("title", models.TextField(verbose_name="title")),
                        ("facts", models.TextField(verbose_name="facts")),
                        ("standfirst", models.TextField(verbose_name="standfirst")),
                        ("often", models.TextField(verbose_name="most frequent tokens")),
                        ("body", models.TextField(verbose_name="text")),
                        ("text", models.TextField(verbose_name="as it is written")),
                        ("words", models.TextField(verbose_name="words")),
                    ],
                    options={"verbose_name": "search row", "verbose_name_plural": "search rows"},
                ),
            ],
        ),
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
        migrations.CreateModel(
            name="SearchName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("case", "case"),
                            ("organisation", "organisation"),
                            ("country", "country"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("thing", models.BigIntegerField(verbose_name="number of the thing")),
                ("words", models.TextField(verbose_name="words")),
            ],
            options={
                "verbose_name": "name",
                "verbose_name_plural": "names",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "thing"), name="search_name_once")
                ],
            },
        ),
    ]
