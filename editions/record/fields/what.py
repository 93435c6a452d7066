"""What, and what came of it."""

from django.utils.translation import gettext_lazy as _

from editions.record.field import NOTHING, UNKNOWN, Export, Field
from editions.record.kinds import Agreements, Choice, Line, OneTerm, Several

_NO_CONFLICT = _("It is about no single conflict, or none was recorded.")

FIELDS = (
    Field(
        "conflict",
        _("Conflict"),
        OneTerm(),
        (
            Export(
                "conflict",
                _("Conflict"),
                _("The one conflict that the case is about, by the term's name in addresses."),
                "tajikistan",
                _NO_CONFLICT,
                part="slug",
                vocabulary="#conflicts",
            ),
            Export(
                "conflict_label",
                _("Name of the conflict"),
                _("The same conflict, as readers see it."),
                "Tajik civil war",
                _NO_CONFLICT,
                part="label",
            ),
        ),
        since=2,
        fact="conflict",
    ),
    Field(
        "aim",
        _("Aim"),
        OneTerm(),
        (
            Export(
                "aim",
                _("Aim"),
                _(
                    "What the initiative set out to do about the conflict, by the term's name in "
                    "addresses."
                ),
                "ending",
                UNKNOWN,
                part="slug",
                vocabulary="#aims",
            ),
            Export(
                "aim_label",
                _("Label of the aim"),
                _("The same term, as readers see it."),
                "Ending an armed conflict",
                UNKNOWN,
                part="label",
            ),
        ),
        fact="aim",
        facet="aim",
    ),
    Field(
        "conflict_types",
        _("Types of conflict"),
        Several(),
        (
            Export(
                "conflict_types",
                _("Types of conflict"),
                _("Who fought whom, or who might have, by the terms' names in addresses."),
                "vertical-intrastate",
                UNKNOWN,
                "list",
                "slug",
                "#conflict-types",
            ),
            Export(
                "conflict_type_labels",
                _("Labels of the types of conflict"),
                _("The same terms in the same order, as readers see them."),
                "Vertical (state-based) intrastate conflict",
                UNKNOWN,
                "list",
                "label",
            ),
        ),
        fact="conflict_types",
        facet="conflict",
    ),
    Field(
        "initiative_types",
        _("Types of initiative"),
        Several(),
        (
            Export(
                "initiative_types",
                _("Types of initiative"),
                _("What was done for peace, by the terms' names in addresses."),
                "mediation; monitoring",
                UNKNOWN,
                "list",
                "slug",
                "#initiative-types",
            ),
            Export(
                "initiative_type_labels",
                _("Labels of the types of initiative"),
                _("The same terms in the same order, as readers see them."),
                "Mediation of a peace agreement; Monitoring mission",
                UNKNOWN,
                "list",
                "label",
            ),
        ),
        fact="initiative_types",
        facet="initiative",
    ),
    Field(
        "impact",
        _("Impact"),
        Choice("impact"),
        (
            Export(
                "impact",
                _("Impact"),
                _(
                    "What came of it: lasting, limited, contested, failed or too-early. A "
                    "judgement; the columns after it say on what it rests."
                ),
                "lasting",
                _("No judgement is made."),
                vocabulary="#impacts",
            ),
        ),
        fact="impact",
        facet="impact",
    ),
    Field(
        "impact_note",
        _("Note on impact"),
        Line(),
        (
            Export(
                "impact_note",
                _("Note on impact"),
                _("A sentence that explains the judgement."),
                "The agreement has held since.",
                NOTHING,
            ),
        ),
        fact="impact",
    ),
    Field(
        "agreements",
        _("Agreements"),
        Agreements(),
        (
            Export(
                "agreements",
                _("Agreements"),
                _("Texts that the initiative brought about, by date."),
                "General Agreement on the Establishment of Peace and National Accord in Tajikistan",
                NOTHING,
                "list",
                "title",
            ),
            Export(
                "agreement_dates",
                _("Dates of agreements"),
                _("When each of them was signed, in the same order: a day, a month or a year."),
                "1997-06-27",
                NOTHING,
                "list",
                "date",
            ),
            Export(
                "agreement_addresses",
                _("Addresses of agreements"),
                _("Where the text of each of them is read, in the same order."),
                "",
                NOTHING,
                "list",
                "address",
            ),
            Export(
                "agreement_pa_x_ids",
                _("PA-X identifiers"),
                _("The number of each of them in PA-X, in the same order."),
                "",
                NOTHING,
                "list",
                "pa_x",
                "https://www.peaceagreements.org/",
            ),
            Export(
                "agreement_peacemaker_addresses",
                _("Agreements at UN Peacemaker"),
                _("The page of each of them at UN Peacemaker, in the same order."),
                "",
                NOTHING,
                "list",
                "peacemaker",
            ),
        ),
        since=3,
        fact="agreements",
    ),
)
