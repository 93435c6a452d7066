"""The table of fields: everything that editors write of a case and its record keeps, each once.

From it are made the record of an edition and its JSON Schema, the comparison of two editions, the
verification of columns against records, the tables that readers take home with their codebook, and
the facts beside the text. docs/changing.md says how to add a field.
"""

from django.utils.translation import gettext_lazy as _

from . import edition, events, impact, what, when, which, who

FORMAT = 6
"""The format of new records; raise it when a field is added. 1 had no
`conflict`; 2 had no `agreements`, `evidence_until` and `author_names`; 3 had no ground of the
impact, no parties, casualties, events, places, sections after the text, reviewers and interests, no
`fact_refs`, and neither the names of external identifiers nor UN Peacemaker's addresses; 4 had
neither day nor passage with a citation, and the address of an archived copy as a source's
`archive`; 5 had neither the day nor the address of a first publication elsewhere."""

GROUPS = {  # by the names that tables and the codebook have for them
    "which": which.FIELDS,
    "when": when.FIELDS,
    "what": (*what.FIELDS, *impact.FIELDS, *events.FIELDS),
    "who": who.FIELDS,
    "edition": edition.FIELDS,
}
FIELDS = tuple(field for fields in GROUPS.values() for field in fields)
FACTS = {  # the rows of the facts beside the text, in order
    "impact": _("Impact"),
    "years": _("Years"),
    "place": _("Place"),
    "regional_groups": _("UN regional group"),
    "conflict": _("Conflict"),
    "conflict_types": _("Type of conflict"),
    "aim": _("Aim"),
    "initiative_types": _("Type of initiative"),
    "organisations": _("Main implementing organisations"),
    "parties": _("Parties"),
    "casualties": _("Casualties and displaced"),
    "agreements": _("Agreements"),
    "elsewhere": _("In other collections"),
    "evidence_until": _("Evidence until"),
    "first_published": _("First published"),
    "reviewers": _("Reviewed by"),
    "interests": _("Interests"),
}
