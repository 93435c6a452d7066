"""Expand, then contract: no migration takes away what the code of the release before still uses.

While a release is rolled out old and new code use one database. So a column, its name, its being
optional stay until a release that uses them no longer has been out (docs/changing.md).
"""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations import operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED, CharField, Field

ROOT = Path(__file__).resolve().parents[2]
OURS = {c.label for c in apps.get_app_configs() if Path(c.path).parent == ROOT}

CONTRACTED: dict[str, str] = {}
"""What a migration takes away on purpose, and the release that stopped using it: as
`"editions.0042_without_old: RemoveField edition.old": "0.2.0"`."""

BEFORE_THE_RULE = set(
    """
    cases.0003_words_of_types
    cases.0005_impact_parties_and_events
    cases.0008_first_published
    cases.0010_proofreading
    corrections.0003_senders_and_notices
    corrections.0005_rules_of_senders_and_notices
    corrections.0006_event_digests
    editions.0005_conflict
    editions.0008_impact_parties_and_events
    editions.0009_passages
    editions.0011_first_published
    editions.0014_log
    sources.0002_source_fields
    """.split()
)
"""Migrations of the time before: nothing may be added."""


def taken_away(migration, state):
    """What old code would miss, a phrase each. `state` is what the migration finds."""
    made = {o.name.lower() for o in migration.operations if isinstance(o, operations.CreateModel)}
    for operation in migration.operations:
        of = getattr(operation, "model_name", getattr(operation, "name", "")).lower()
        if not isinstance(operation, operations.SeparateDatabaseAndState) and of not in made:
            phrase = _phrase(operation, state, migration.app_label)
            if phrase:
                yield f"{migration.app_label}.{migration.name}: {phrase}"


def _phrase(operation, state, app):
    kind = type(operation).__name__
    if isinstance(operation, operations.RemoveField):
        return f"{kind} {operation.model_name}.{operation.name}"
    if isinstance(operation, operations.RenameField):
        return f"{kind} {operation.model_name}.{operation.old_name}"
    if isinstance(operation, operations.DeleteModel):
        return f"{kind} {operation.name}"
    if isinstance(operation, operations.RenameModel):
        return f"{kind} {operation.old_name}"
    if isinstance(operation, operations.AddField) and _must_be_said(operation.field):
        return f"{kind} {operation.model_name}.{operation.name}, which old code does not fill"
    if isinstance(operation, operations.AlterField) and _must_be_said(operation.field):
        before = state.models[app, operation.model_name.lower()].fields[operation.name]
        if before.null:
            return f"{kind} {operation.model_name}.{operation.name}, which old code leaves empty"
    return ""


def _must_be_said(field: Field) -> bool:
    return not (field.many_to_many or field.null or field.db_default is not NOT_PROVIDED)


def found():
    """All that any migration of ours takes away."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for key in sorted(loader.disk_migrations):
        if key[0] in OURS:
            state = loader.project_state([key], at_end=False)
            yield from taken_away(loader.disk_migrations[key], state)


def test_nothing_is_taken_away_that_the_release_before_uses():
    known = {each for each in found() if each.partition(":")[0] in BEFORE_THE_RULE}
    assert set(found()) - known == set(CONTRACTED)


def test_what_is_taken_away_was_unused_in_a_release_before_this_one():
    with (ROOT / "pyproject.toml").open("rb") as file:
        present = _number(tomllib.load(file)["project"]["version"])
    assert all(_number(release) < present for release in CONTRACTED.values())


def test_the_list_of_before_names_only_what_is_there():
    assert {each.partition(":")[0] for each in found()} >= BEFORE_THE_RULE


def _number(release):
    return tuple(map(int, release.split(".")))


def _operation(name: str) -> Operation:
    text = CharField(max_length=9)
    return {
        "remove": operations.RemoveField("edition", "title"),
        "rename": operations.RenameField("edition", "title", "name"),
        "delete": operations.DeleteModel("Edition"),
        "rename model": operations.RenameModel("Edition", "Issue"),
        "add": operations.AddField("edition", "shelf", text),
        "must": operations.AlterField("edition", "start_year", CharField(max_length=9)),
        "add optional": operations.AddField("edition", "shelf", CharField(max_length=9, null=True)),
        "add filled": operations.AddField(
            "edition", "shelf", CharField(max_length=9, db_default="a")
        ),
        "longer": operations.AlterField("edition", "title", CharField(max_length=999)),
    }[name]


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("remove", True),
        ("rename", True),
        ("delete", True),
        ("rename model", True),
        ("add", True),
        ("must", True),
        ("add optional", False),
        ("add filled", False),
        ("longer", False),
    ],
)
def test_what_the_rule_refuses(name, refused):
    loader = MigrationLoader(None, ignore_no_migrations=True)
    last = loader.graph.leaf_nodes("editions")[0]
    migration = type(loader.disk_migrations[last])("9999_tomorrow", "editions")
    migration.operations = [_operation(name)]
    assert bool(list(taken_away(migration, loader.project_state([last])))) is refused
