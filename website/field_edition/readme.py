"""What stands beside the SQLite file, and within it: what it holds, and questions to ask it."""

from datetime import date

from django.template.loader import render_to_string

from .contents import Contents, contents


def readme(*, on: date) -> str:
    """The text of README.md."""
    return readme_of(contents(on))


def readme_of(found: Contents) -> str:
    """The same of a collection that was looked at already."""
    return render_to_string("website/field_edition/README.md", {"found": found})
