"""How the form of a case is laid out: the text in the order in which an article is written, and
beside it the facts in groups."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import flatten
from django.utils.translation import gettext_lazy as _

PLAIN = "plain"  # in an address: a form that needs no script
_FOLDED = ("collapse",)
TEXT = (  # beside these stand the facts
    (None, {"fields": ("title", "standfirst")}),
    (None, {"fields": ("body",), "classes": ("text-and-notes",)}),
    (_("After the text"), {"fields": ("critics", "not_known"), "classes": ("after-the-text",)}),
)
FACTS = (
    (_("Authors, address and licence"), {"fields": ("authors", "slug", "licence")}),
    (
        _("When and where"),
        {
            "fields": (
                ("start_year", "end_year", "ongoing"),
                *("location", "countries", "regional_groups", "regional_groups_note"),
            )
        },
    ),
    (_("What kind"), {"fields": (*("conflict", "aim", "conflict_types", "initiative_types"),)}),
    (
        _("What came of it"),
        {
            "fields": (
                *("impact", "impact_note", "impact_citation", "impact_criteria"),
                ("impact_horizon", "impact_judged"),
                *("impact_dissent", "impact_dissent_citation", "evidence_until"),
            )
        },
    ),
    (_("Who answers for it"), {"fields": ("orcids", "reviewers", "interests")}),
    (
        _("Where it appeared before"),
        {"fields": ("first_published", "first_published_address")},
    ),
    (_("More posts"), {"fields": ("related",)}),
)
FIELDSETS: Any = (*TEXT, *((name, options | {"classes": _FOLDED}) for name, options in FACTS))

_AFTER = {  # which rows follow which group of facts, by its number
    0: ("participations",),
    2: ("parties", "casualties", "events"),
    3: ("agreements", "places", "external_ids"),
    5: ("old_addresses",),
}


def laid_out(adminform: Iterable[Any], formsets: Iterable[Any]) -> dict[str, list[Any]]:
    """For the template: the fieldsets of the `text`, and the groups of `facts`, each a fieldset or,
    with its `formset`, rows."""
    fieldsets, rows = list(adminform), {inline.formset.prefix: inline for inline in formsets}
    for fieldset in fieldsets:  # Django opens none whose error is in a line of several fields
        if not fieldset.form.errors.keys().isdisjoint(flatten(fieldset.fields)):
            fieldset.is_collapsible = False
    facts = []
    for number, fieldset in enumerate(fieldsets[len(TEXT) :]):
        facts.append(fieldset)
        facts += [rows.pop(name) for name in _AFTER.get(number, ()) if name in rows]
    return {"text": fieldsets[: len(TEXT)], "facts": [*facts, *rows.values()]}
