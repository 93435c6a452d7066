"""Who."""

from django.utils.translation import gettext_lazy as _

from editions.record.field import NOTHING, UNKNOWN, Export, Field
from editions.record.kinds import AuthorNames, Line, Names, Orcids, Organisations, Parties

FIELDS = (
    Field(
        "organisations",
        _("Organisations"),
        Organisations(),
        (
            Export(
                "organisations",
                _("Main implementing organisations"),
                _(
                    "Who carried the initiative out, under the names that the edition gives, in "
                    "its order."
                ),
                "United Nations; Organization for Security and Co-operation in Europe",
                UNKNOWN,
                "list",
                "name",
            ),
            Export(
                "organisation_slugs",
                _("Names of organisations in addresses"),
                _(
                    "The same organisations in the same order, by their names in addresses on the "
                    "day of publication. One that was merged since leads on to what it became."
                ),
                "united-nations; osce",
                UNKNOWN,
                "list",
                "slug",
            ),
            Export(
                "organisation_kinds",
                _("Kinds of organisation"),
                _("The kind of each of them, in the same order: one may come several times."),
                "united-nations; regional-organisation",
                UNKNOWN,
                "list",
                "kind",
                "#organisation-kinds",
            ),
        ),
        fact="organisations",
        facet="organisation",
    ),
    Field(
        "authors",
        _("Authors"),
        Names(),
        (
            Export(
                "authors",
                _("Authors"),
                _("Who wrote the case, as credited and in order."),
                "Ann Author; Ben Writer",
                NOTHING,
                "list",
            ),
        ),
    ),
    Field("author_names", _("Names of authors"), AuthorNames(), since=3, is_compared=False),
    Field(
        "orcids",
        _("ORCID iDs"),
        Orcids(),
        (
            Export(
                "orcids",
                _("ORCID iDs"),
                _("Of authors and reviewers, each after the name."),
                "Ann Author: 0000-0002-1825-0097",
                NOTHING,
                "list",
            ),
        ),
        since=4,
    ),
    Field(
        "reviewers",
        _("Reviewed by"),
        Names(),
        (
            Export(
                "reviewers",
                _("Reviewed by"),
                _("Who reviewed the text for the collection and agrees to be named."),
                "",
                NOTHING,
                "list",
            ),
        ),
        since=4,
        fact="reviewers",
    ),
    Field(
        "interests",
        _("Interests"),
        Line(),
        (
            Export(
                "interests",
                _("Interests"),
                _("What authors and reviewers have to do with what the case is about."),
                "",
                NOTHING,
            ),
        ),
        since=4,
        fact="interests",
    ),
    Field(
        "parties",
        _("Parties"),
        Parties(),
        (
            Export(
                "parties",
                _("Parties"),
                _("Who fought, signed, mediated, vouched, watched, carried out or paid."),
                "Government of Tajikistan; United Tajik Opposition",
                UNKNOWN,
                "list",
                "name",
            ),
            Export(
                "party_roles",
                _("Roles of parties"),
                _(
                    "The role of each of them, in the same order: belligerent, signatory, "
                    "mediator, guarantor, monitor, implementer or funder."
                ),
                "signatory; signatory",
                UNKNOWN,
                "list",
                "role",
            ),
            Export(
                "party_slugs",
                _("Names of parties in addresses"),
                _("Of those that have a page among the organisations, in the same order."),
                "",
                UNKNOWN,
                "list",
                "slug",
            ),
        ),
        since=4,
        fact="parties",
    ),
)
