"""Kinds of which a record has one value: texts, numbers, days, choices, one term, the licence."""

from datetime import date
from typing import Any, cast

from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _

from cases.models import Case, CaseContent
from editions.models import Edition
from revisions.differences import Text, Value

from .kind import Kind
from .schema import STRING, objects

LICENCE_ADDRESSES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC-BY-ND-4.0": "https://creativecommons.org/licenses/by-nd/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


class Line(Kind):
    """A short text."""


class LongText(Kind):
    """A long text, which is compared word by word."""

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        return Text(value)


class Number(Kind):
    """A whole number, or None."""

    blank = None
    schema = {"type": ["integer", "null"]}

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        return "" if value is None else str(value)


class Flag(Kind):
    """Yes or no."""

    blank = False
    schema = {"type": "boolean"}

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        return _("Yes") if value else _("No")


class Day(Kind):
    """A day as YYYY-MM-DD, or blank."""

    schema = {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"}

    def from_case(self, case: Case, name: str) -> str:
        """As `Kind`."""
        return _iso(getattr(case, name))

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        return formats.date_format(date.fromisoformat(value), "DATE_FORMAT") if value else ""

    def stored(self, edition: Edition, name: str) -> str:
        """As `Kind`."""
        return _iso(getattr(edition, name))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


class Choice(Kind):
    """One of the choices of the column `name`, by its slug."""

    def __init__(self, name: str) -> None:
        self.name = name

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        field = cast(models.Field, CaseContent._meta.get_field(self.name))
        return str(dict(field.flatchoices).get(value, ""))


_TERM = objects(slug=STRING, label=STRING)


class OneTerm(Kind):
    """One term of a vocabulary, by slug and label, or None."""

    blank = None
    schema = {"anyOf": [_TERM, {"type": "null"}]}

    def from_case(self, case: Case, name: str) -> dict[str, str] | None:
        """As `Kind`."""
        term = getattr(case, name)
        return {"slug": term.slug, "label": term.label} if term else None

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        return value["label"] if value else ""

    def export(self, value: Any, part: str) -> str:
        """As `Kind`."""
        return value[part] if value else ""

    def stored(self, edition: Edition, name: str) -> str | None:
        """As `Kind`."""
        term = getattr(edition, name)
        return term.slug if term else None

    def frozen(self, value: Any) -> str | None:
        """As `Kind`."""
        return value["slug"] if value else None


class Licence(Kind):
    """The licence: its SPDX identifier or “reserved”, its name and its address."""

    blank = {"code": "reserved", "name": "", "url": ""}
    schema = objects(code=STRING, name=STRING, url=STRING)

    def from_case(self, case: Case, name: str) -> dict[str, str]:
        """As `Kind`."""
        licence = CaseContent.Licence(case.licence)
        return {
            "code": licence.value,
            "name": str(licence.label),
            "url": LICENCE_ADDRESSES.get(licence.value, ""),
        }

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        return value["name"]

    def export(self, value: Any, part: str) -> str:
        """As `Kind`."""
        return value[part]

    def frozen(self, value: Any) -> str:
        """As `Kind`."""
        return value["code"]
