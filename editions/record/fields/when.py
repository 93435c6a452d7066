"""When and where."""

from django.utils.translation import gettext_lazy as _

from cases.models.content import years_in_words
from editions.record.field import UNKNOWN, Export, Field, Record
from editions.record.kinds import Flag, Line, Number, Several

_NO_GROUP = _("The countries sat in no group, or no country is named.")
_NO_COUNTRY = _("No country is named.")
_ISO = "https://www.iso.org/iso-3166-country-codes.html"


def _years(record: Record) -> str:
    return years_in_words(record["start_year"], record["end_year"], record["ongoing"])


FIELDS = (
    Field(
        "start_year",
        _("Start year"),
        Number(),
        (
            Export(
                "start_year",
                _("Start year"),
                _("When the initiative began. Years are astronomical: 0 is 1 BCE, -1 is 2 BCE."),
                "1993",
                UNKNOWN,
                "number",
            ),
        ),
        heading=_("Years"),
        compared=_years,
        fact="years",
    ),
    Field(
        "end_year",
        _("End year"),
        Number(),
        (
            Export(
                "end_year",
                _("End year"),
                _("The last year of the initiative, astronomical too."),
                "1997",
                _("Not known, or the initiative goes on: see “ongoing”."),
                "number",
            ),
        ),
        is_compared=False,
        fact="years",
    ),
    Field(
        "ongoing",
        _("Ongoing"),
        Flag(),
        (
            Export(
                "ongoing",
                _("Ongoing"),
                _("Whether the initiative was still going on when the edition was published."),
                "FALSE",
                type="flag",
            ),
        ),
        is_compared=False,
        fact="years",
    ),
    Field(
        "location",
        _("Location"),
        Line(),
        (Export("location", _("Location"), _("The place in words."), "Aceh, Indonesia", UNKNOWN),),
        fact="place",
    ),
    Field(
        "countries",
        _("Countries"),
        Several(("alpha3", "alpha2", "name"), key="alpha3", label="name"),
        (
            Export(
                "countries",
                _("Countries"),
                _(
                    "Those whose conflict it is, not those of the organisations: ISO 3166-1 "
                    "alpha-3 codes."
                ),
                "CMR; NGA",
                _NO_COUNTRY,
                "list",
                "alpha3",
                _ISO,
            ),
            Export(
                "country_names",
                _("Names of countries"),
                _("The same countries in the same order, as the collection names them."),
                "Cameroon; Nigeria",
                _NO_COUNTRY,
                "list",
                "name",
            ),
        ),
        fact="place",
        facet="country",
    ),
    Field(
        "regional_groups",
        _("UN regional groups"),
        Several(),
        (
            Export(
                "regional_groups",
                _("UN regional groups"),
                _(
                    "The groups in which those countries sat at the time, by their names in "
                    "addresses."
                ),
                "african",
                _NO_GROUP,
                "list",
                "slug",
                "#regional-groups",
            ),
            Export(
                "regional_group_labels",
                _("Labels of regional groups"),
                _("The same groups in the same order, as readers see them."),
                "African",
                _NO_GROUP,
                "list",
                "label",
            ),
        ),
        fact="regional_groups",
        facet="region",
    ),
    Field(
        "regional_groups_note",
        _("Note on regional groups"),
        Line(),
        (
            Export(
                "regional_groups_note",
                _("Note on regional groups"),
                _("Why the groups are other than the countries' own."),
                "",
                _("The groups follow from the countries."),
            ),
        ),
        fact="regional_groups",
    ),
)
