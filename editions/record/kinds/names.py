"""Names of those who are credited, as printed and as CSL-JSON has them, and their ORCID iDs."""

from collections.abc import Mapping
from typing import Any

from cases.models import Case
from cases.models.content import orcids_in
from editions.html_text import one_line
from editions.models import Edition
from organisations.models import names_in
from organisations.naming import csl_names
from revisions.differences import Value

from .kind import Kind
from .schema import STRING, lists
from .several import Several


class Names(Kind):
    """Names of people or bodies, one per line of a column, in order, as credited."""

    blank: list[str] = []
    schema = lists(STRING)

    def from_case(self, case: Case, name: str) -> list[str]:
        """As `Kind`."""
        return names_in(getattr(case, name))

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        return tuple(value)

    def export(self, value: Any, part: str) -> list[str]:
        """As `Kind`."""
        return [one_line(name) for name in value]

    def stored(self, edition: Edition, name: str) -> list[str]:
        """As `Kind`."""
        return names_in(getattr(edition, name))


class Orcids(Several):
    """ORCID iDs of authors and reviewers, by their names as credited."""

    is_relation = False

    def __init__(self) -> None:
        super().__init__(("name", "orcid"), key="orcid", label="name")

    def from_case(self, case: Case, name: str) -> list[dict[str, str]]:
        """As `Kind`."""
        return [{"name": n, "orcid": id_} for n, id_ in orcids_in(getattr(case, name)).items()]

    def in_words(self, entry: Mapping[str, Any]) -> str:
        """As `Several`."""
        return f"{entry['name']}: {entry['orcid']}"

    def export(self, value: Any, part: str) -> list[str]:
        """As `Kind`."""
        return [one_line(self.in_words(entry)) for entry in value]

    def stored(self, edition: Edition, name: str) -> set[str]:
        """As `Kind`."""
        return set(orcids_in(getattr(edition, name)).values())


class AuthorNames(Kind):
    """The credited authors as CSL-JSON has them: persons in parts, bodies whole. An organisation
    that we know by that name is a body, whatever its name looks like."""

    blank: list[dict[str, str]] = []
    schema = lists({"type": "object", "additionalProperties": STRING})
    is_verified = False

    def from_case(self, case: Case, name: str) -> list[dict[str, str]]:
        """As `Kind`."""
        return csl_names(case.author_names)
