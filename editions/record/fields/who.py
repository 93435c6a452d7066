"""Who."""

from django.utils.translation import gettext_lazy as _

from editions.record.field import NOTHING, UNKNOWN, Export, Field
from editions.record.kinds import AuthorNames, Authors, Organisations

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
        Authors(),
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
)
