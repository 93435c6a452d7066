"""A table on PostgreSQL that holds what a search looks through and nothing else, as SQLite has one:
its rows are so short that those of a word stand on few pages, where 8,000 of 100,000 search rows,
each with its texts, took 8 ms to look at.

The column `vector` of the search row goes in a release after the one that stopped reading it.
"""

from django.db import migrations

_COLUMNS = {  # what a question may be about, from most telling to least
    "title": "{row}title",
    "short": "{row}title || '0x' || {row}facts || '0x' || {row}standfirst",
    "everything": "{row}title || '0x' || {row}facts || '0x' || {row}standfirst || '0x' || "
    "left({row}body, 500000)",
}


def _vectors(row: str) -> str:
    texts = (text.format(row=row) for text in _COLUMNS.values())
    return ", ".join(f"to_tsvector('pg_catalog.simple', {text})" for text in texts)


_NAMES = ", ".join(_COLUMNS)
_ANEW = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)
FORWARDS = [
    f"""
    CREATE TABLE editions_searchindex (
        edition_id bigint PRIMARY KEY, {", ".join(f"{name} tsvector NOT NULL" for name in _COLUMNS)}
    ) WITH (toast_tuple_target = 128)
    """,
    *(
        f"ALTER TABLE editions_searchindex ALTER COLUMN {name} SET STORAGE EXTERNAL"
        for name in _COLUMNS
    ),
    *(
        f"CREATE INDEX editions_searchindex_{name} ON editions_searchindex USING gin ({name})"
        for name in _COLUMNS
    ),
    f"""
    CREATE FUNCTION editions_searchindex_write() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            TRUNCATE editions_searchindex;
            RETURN NULL;
        END IF;
        IF TG_OP <> 'INSERT' THEN
            DELETE FROM editions_searchindex WHERE edition_id = old.edition_id;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            INSERT INTO editions_searchindex (edition_id, {_NAMES})
            VALUES (new.edition_id, {_vectors("new.")})
            ON CONFLICT (edition_id) DO UPDATE SET {_ANEW};
        END IF;
        RETURN NULL;
    END $$
    """,  # noqa: S608
    """
    CREATE TRIGGER editions_searchindex_row AFTER INSERT OR UPDATE OR DELETE
    ON editions_searchrow FOR EACH ROW EXECUTE FUNCTION editions_searchindex_write()
    """,
    """
    CREATE TRIGGER editions_searchindex_all AFTER TRUNCATE
    ON editions_searchrow FOR EACH STATEMENT EXECUTE FUNCTION editions_searchindex_write()
    """,
    f"""
    INSERT INTO editions_searchindex (edition_id, {_NAMES})
    SELECT edition_id, {_vectors("")} FROM editions_searchrow
    """,  # noqa: S608
]
BACKWARDS = [
    "DROP TRIGGER editions_searchindex_row ON editions_searchrow",
    "DROP TRIGGER editions_searchindex_all ON editions_searchrow",
    "DROP FUNCTION editions_searchindex_write",
    "DROP TABLE editions_searchindex",
]


def _each(statements):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement, params=None)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("editions", "0014_log")]

    operations = [migrations.RunPython(_each(FORWARDS), _each(BACKWARDS))]
