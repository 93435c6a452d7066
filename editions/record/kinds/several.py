"""Kinds of which a record has several, each with a key: terms, organisations, agreements."""

from collections.abc import Iterable, Mapping
from typing import Any

from cases.models import Case, ExternalId
from cases.models.content import partial_date_in_words
from editions.html_text import one_line
from editions.models import Edition
from revisions.differences import Value

from .kind import Kind
from .schema import STRING, lists, objects


class Several(Kind):
    """Several things, each an object with the keys of `parts`: `key` tells one from another,
    `label` is what readers call it. They are compared without regard to order unless they are
    `ordered`. Records from before there were the parts that are `younger` lack them."""

    is_relation = True  # whether it is a many-to-many one

    def __init__(
        self,
        parts: tuple[str, ...] = ("slug", "label"),
        *,
        key: str = "slug",
        label: str = "label",
        ordered: bool = False,
        younger: tuple[str, ...] = (),
    ) -> None:
        self.parts, self.key, self.label, self.ordered = parts, key, label, ordered
        self.younger = younger
        self.blank = []
        self.schema = lists(objects(younger, **dict.fromkeys(parts, STRING)))

    def completed(self, value: Any) -> Any:
        """As `Kind`."""
        return [dict.fromkeys(self.younger, "") | entry for entry in value]

    def rows(self, case: Case, name: str) -> Iterable[Any]:
        """The things, in order."""
        return getattr(case, name).all()

    def from_case(self, case: Case, name: str) -> list[dict[str, Any]]:
        """As `Kind`."""
        return [{part: getattr(row, part) for part in self.parts} for row in self.rows(case, name)]

    def in_words(self, entry: Mapping[str, Any]) -> str:
        """One of them as readers see it."""
        return entry[self.label]

    def shown(self, value: Any) -> Value:
        """As `Kind`."""
        labels = [self.in_words(entry) for entry in value]
        return tuple(labels) if self.ordered else frozenset(labels)

    def export(self, value: Any, part: str) -> list[str]:
        """As `Kind`."""
        return [one_line(str(entry[part])) for entry in value]

    def stored(self, edition: Edition, name: str) -> set[str]:
        """As `Kind`."""
        return {getattr(row, self.key) for row in getattr(edition, name).all()}

    def frozen(self, value: Any) -> set[str]:
        """As `Kind`."""
        return {entry[self.key] for entry in value}


class Organisations(Several):
    """The main implementing organisations, in order, under their names of that day. They are not
    verified: a merge moves the rows, and the record keeps the names as they stood."""

    is_verified = False

    def __init__(self) -> None:
        super().__init__(("slug", "name", "short_name", "kind"), label="name", ordered=True)

    def from_case(self, case: Case, name: str) -> list[dict[str, str]]:
        """As `Kind`."""
        return [
            {"slug": o.slug, "name": o.name, "short_name": o.short_name, "kind": o.kind.slug}
            for o in case.organisation_list
        ]


class Agreements(Several):
    """Texts that the initiative brought about, by date; an edition has no rows of them."""

    is_verified = False

    def __init__(self) -> None:
        parts = ("title", "date", "address", "pa_x", "peacemaker")
        super().__init__(parts, key="title", ordered=True, younger=("peacemaker",))

    def in_words(self, entry: Mapping[str, Any]) -> str:
        """As `Several`."""
        date_ = partial_date_in_words(entry["date"])
        words = f"{entry['title']} ({date_})" if date_ else entry["title"]
        pa_x = entry["pa_x"] and f"PA-X {entry['pa_x']}"
        return ", ".join(filter(None, (words, entry["address"], pa_x, entry["peacemaker"])))


class ExternalIds(Several):
    """What other databases call the case; an edition has no rows of them."""

    is_verified = False

    def __init__(self) -> None:
        super().__init__(("scheme", "value", "name"), key="value", younger=("name",))

    def in_words(self, entry: Mapping[str, Any]) -> str:
        """As `Several`."""
        schemes = dict(ExternalId.Scheme.choices)
        named = f" ({entry['name']})" if entry["name"] else ""
        return f"{schemes.get(entry['scheme'], entry['scheme'])}: {entry['value']}{named}"

    def export(self, value: Any, part: str) -> list[str]:
        """As `Kind`."""
        return [one_line(f"{entry['scheme']}:{entry['value']}") for entry in value]
