"""What changed between two records: of two editions, or of an edition and the working copy."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cases.models import CaseContent, ExternalId
from cases.models.content import years_in_words
from editions.html_text import words_of
from revisions import differences as comparison
from revisions.differences import FieldDifference, Text, Value


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldDifference]:
    """The fields in which two records (or `publishing.content`) differ, named for readers. Two
    editions are compared as rendered; where one side is a working copy, as editors write."""
    old, new = _readable(before), _readable(after)
    if "notes" in before and "notes" in after:  # both are rendered: compare what readers saw
        for side, record in ((old, before), (new, after)):
            side[_("Text")] = Text(words_of(record["body_html"], between="\n\n"))
            side[_("Notes")] = tuple(f"{n['number']}. {n['text']}" for n in record["notes"])
    return comparison.differences(old, new)


def _readable(record: Mapping[str, Any]) -> dict[str, Value]:
    impacts = dict(CaseContent.Impact.choices)
    schemes = dict(ExternalId.Scheme.choices)
    ids = (f"{schemes.get(e['scheme'], e['scheme'])}: {e['value']}" for e in record["external_ids"])
    years = years_in_words(record["start_year"], record["end_year"], record["ongoing"])
    return {
        _("Title"): record["title"],
        _("Standfirst"): Text(record["standfirst"]),
        _("Text"): Text(record["body"]),
        _("Aim"): record["aim"]["label"] if record["aim"] else "",
        _("Conflict"): record["conflict"]["label"] if record.get("conflict") else "",
        _("Years"): years,
        _("Location"): record["location"],
        _("Countries"): frozenset(country["name"] for country in record["countries"]),
        _("UN regional groups"): _labels(record["regional_groups"]),
        _("Note on regional groups"): record["regional_groups_note"],
        _("Types of conflict"): _labels(record["conflict_types"]),
        _("Types of initiative"): _labels(record["initiative_types"]),
        _("Organisations"): tuple(body["name"] for body in record["organisations"]),
        _("Impact"): str(impacts.get(record["impact"], "")),
        _("Note on impact"): record["impact_note"],
        _("Authors"): tuple(record["authors"]),
        _("Licence"): record["licence"]["name"],
        _("External identifiers"): frozenset(ids),
    }


def _labels(terms: list[dict[str, str]]) -> frozenset[str]:
    return frozenset(term["label"] for term in terms)
