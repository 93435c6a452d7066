"""The documents say what is there."""

import pkgutil
import re
from pathlib import Path

from django.apps import apps
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[1]
OURS = {config.name for config in apps.get_app_configs() if Path(config.path).parent == ROOT}


def test_every_command_of_ours_is_in_the_operators_manual():
    manual = (ROOT / "docs" / "operating.md").read_text()
    commands = {name for name, app in get_commands().items() if app in OURS}
    assert commands == set(re.findall(r"^\| `manage.py (\w+)", manual, re.MULTILINE))


def test_every_document_that_is_named_is_there():
    for file in [ROOT / "README.md", *(ROOT / "docs").glob("**/*.md")]:
        for name in re.findall(r"`(docs/[\w./-]+)`", file.read_text()):
            assert (ROOT / name).exists(), f"{file.name} names {name}"


def test_every_goal_that_readme_names_is_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text()
    for goal in set(re.findall(r"^make ([\w-]+)", (ROOT / "README.md").read_text(), re.MULTILINE)):
        assert re.search(rf"^{goal}:", makefile, re.MULTILINE), goal


def test_no_committed_file_names_a_registry():
    for lock in ROOT.glob("requirements*.lock"):
        assert "://" not in lock.read_text()


def test_every_module_and_file_that_a_document_names_is_there():
    """But for the decisions in docs/adr/, which say what was true on their day."""
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    missing = []
    for document in documents:
        for name in re.findall(r"`([\w./]+)`", document.read_text()):
            first = re.split(r"[./]", name)[0]
            if first in OURS | {"tests", "templates", "static"} and not _is_there(name):
                missing.append(f"{document.name}: {name}")
    assert missing == []


def _is_there(name):
    if "/" in name:
        return (ROOT / name).exists()
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True
