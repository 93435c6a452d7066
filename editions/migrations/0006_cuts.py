"""The texts of the search index in a form that PostgreSQL gives out sooner: cut by the unit separator,
since it sends a private character in three bytes and there was one for each word, and stored as
they are, since a page of results unpacked forty of them."""

from django.db import migrations


def give_out_sooner(apps, schema_editor):
    """Put one cut in place of the other, and store the texts anew."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        for column in ("body", "text"):
            schema_editor.execute(
                f"ALTER TABLE editions_searchrow ALTER COLUMN {column} SET STORAGE EXTERNAL"
            )
    char = "chr" if postgresql else "char"
    before, cut = f"{char}({0xE003})", f"{char}({0x1F})"
    text = f"replace(replace(text, {cut}, ' '), {before}, {cut})"
    body = ", body = body || ''" if postgresql else ""
    schema_editor.execute(f"UPDATE editions_searchrow SET text = {text}{body}")  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [("editions", "0005_conflict")]

    operations = [migrations.RunPython(give_out_sooner, migrations.RunPython.noop)]
