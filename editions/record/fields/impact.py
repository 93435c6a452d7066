"""On what the judgement of impact rests, and who judges otherwise."""

from django.utils.translation import gettext_lazy as _

from editions.record.field import NOTHING, UNKNOWN, Export, Field
from editions.record.kinds import Day, Line, LongText, Number, Several

FIELDS = (
    Field(
        "impact_citation",
        _("Citation of the impact"),
        Line(),
        (
            Export(
                "impact_citation",
                _("Citation of the impact"),
                _("What the sentence on impact rests on, as editors write it: keys of sources."),
                "[@lynch2001, p. 52]",
                NOTHING,
            ),
        ),
        since=4,
        fact="impact",
    ),
    Field(
        "impact_criteria",
        _("Criteria of impact"),
        Several(),
        (
            Export(
                "impact_criteria",
                _("Criteria of impact"),
                _("By what the impact is judged, by the terms' names in addresses."),
                "non-recurrence",
                UNKNOWN,
                "list",
                "slug",
                "#impact-criteria",
            ),
            Export(
                "impact_criterion_labels",
                _("Labels of the criteria of impact"),
                _("The same terms in the same order, as readers see them."),
                "Non-recurrence",
                UNKNOWN,
                "list",
                "label",
            ),
        ),
        since=4,
        fact="impact",
    ),
    Field(
        "impact_horizon",
        _("Years looked at"),
        Number(),
        (
            Export(
                "impact_horizon",
                _("Years looked at"),
                _("How many years after the end of the initiative the judgement looks at."),
                "10",
                UNKNOWN,
                "number",
            ),
        ),
        since=4,
        fact="impact",
    ),
    Field(
        "impact_judged",
        _("Day of the judgement"),
        Day(),
        (
            Export(
                "impact_judged",
                _("Day of the judgement"),
                _("The day on which the impact was judged, as YYYY-MM-DD."),
                "2026-11-01",
                UNKNOWN,
            ),
        ),
        since=4,
        fact="impact",
    ),
    Field(
        "impact_dissent",
        _("Who disagrees"),
        Line(),
        (
            Export(
                "impact_dissent",
                _("Who disagrees"),
                _("A sentence that says who judges the impact otherwise, and why."),
                "",
                NOTHING,
            ),
        ),
        since=4,
        fact="impact",
    ),
    Field(
        "impact_dissent_citation",
        _("Citation of who disagrees"),
        Line(),
        (
            Export(
                "impact_dissent_citation",
                _("Citation of who disagrees"),
                _("Where it is said, as editors write it: keys of sources."),
                "",
                NOTHING,
            ),
        ),
        since=4,
        fact="impact",
    ),
    Field("critics", _("What critics say"), LongText(), since=4),
    Field("not_known", _("What is not known"), LongText(), since=4),
)
