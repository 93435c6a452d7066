"""The columns that tell the facts of a case: which it is, when and where, what, and who."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from editions.html_text import one_line
from editions.models import Edition
from serving.addresses import absolute

from .columns import Column


def _fact(name: str) -> Callable[[Edition], Any]:
    def value(edition: Edition) -> Any:
        found = edition.record[name]
        return one_line(found) if isinstance(found, str) else found

    return value


def _each(name: str, part: str) -> Callable[[Edition], list[str]]:
    return lambda edition: [one_line(entry[part]) for entry in edition.record[name]]


def _term(name: str, part: str) -> Callable[[Edition], str]:
    """A part of the one term that a record may hold under `name`; older records lack some names."""
    return lambda edition: (edition.record.get(name) or {}).get(part, "")


_UNKNOWN = _("Not known, or not recorded.")
_NOTHING = _("There is none.")

FACTS = [
    Column(
        "which",
        "case",
        _("Case"),
        _("The case's name in addresses. With the number of the edition it identifies a row."),
        "text",
        lambda e: e.case.slug,
        "ending-the-armed-conflict-in-tajikistan",
    ),
    Column(
        "which",
        "edition",
        _("Edition"),
        _("The number of the edition in print on the day of the question: 1, 2, 3 and so on."),
        "number",
        lambda e: e.number,
        "2",
    ),
    Column(
        "which",
        "title",
        _("Title"),
        _("The title of the case."),
        "text",
        lambda e: one_line(e.title),
        "Ending the armed conflict in Tajikistan",
    ),
    Column(
        "which",
        "standfirst",
        _("Standfirst"),
        _("One or two sentences that say who did what, and how it ended."),
        "text",
        lambda e: one_line(e.standfirst),
        "Eight rounds of talks ended five years of civil war.",
        _NOTHING,
    ),
    Column(
        "which",
        "address",
        _("Address"),
        _("Where the edition in print is read. Newer editions will stand at the same address."),
        "address",
        lambda e: absolute(e.get_absolute_url()),
        "https://example.org/cases/ending-the-armed-conflict-in-tajikistan/",
    ),
    Column(
        "which",
        "permanent_address",
        _("Permanent address"),
        _("Where this very edition is read, for ever: the address to cite."),
        "address",
        lambda e: absolute(e.permanent_path),
        "https://example.org/cases/ending-the-armed-conflict-in-tajikistan/editions/2/",
    ),
    Column(
        "when",
        "start_year",
        _("Start year"),
        _("When the initiative began. Years are astronomical: 0 is 1 BCE, -1 is 2 BCE."),
        "number",
        _fact("start_year"),
        "1993",
        _UNKNOWN,
    ),
    Column(
        "when",
        "end_year",
        _("End year"),
        _("The last year of the initiative, astronomical too."),
        "number",
        _fact("end_year"),
        "1997",
        _("Not known, or the initiative goes on: see “ongoing”."),
    ),
    Column(
        "when",
        "ongoing",
        _("Ongoing"),
        _("Whether the initiative was still going on when the edition was published."),
        "flag",
        _fact("ongoing"),
        "FALSE",
    ),
    Column(
        "when",
        "location",
        _("Location"),
        _("The place in words."),
        "text",
        _fact("location"),
        "Aceh, Indonesia",
        _UNKNOWN,
    ),
    Column(
        "when",
        "countries",
        _("Countries"),
        _("Those whose conflict it is, not those of the organisations: ISO 3166-1 alpha-3 codes."),
        "list",
        _each("countries", "alpha3"),
        "CMR; NGA",
        _("No country is named."),
        "https://www.iso.org/iso-3166-country-codes.html",
    ),
    Column(
        "when",
        "country_names",
        _("Names of countries"),
        _("The same countries in the same order, as the collection names them."),
        "list",
        _each("countries", "name"),
        "Cameroon; Nigeria",
        _("No country is named."),
    ),
    Column(
        "when",
        "regional_groups",
        _("UN regional groups"),
        _("The groups in which those countries sat at the time, by their names in addresses."),
        "list",
        _each("regional_groups", "slug"),
        "african",
        _("The countries sat in no group, or no country is named."),
        "#regional-groups",
    ),
    Column(
        "when",
        "regional_group_labels",
        _("Labels of regional groups"),
        _("The same groups in the same order, as readers see them."),
        "list",
        _each("regional_groups", "label"),
        "African",
        _("The countries sat in no group, or no country is named."),
    ),
    Column(
        "when",
        "regional_groups_note",
        _("Note on regional groups"),
        _("Why the groups are other than the countries' own."),
        "text",
        _fact("regional_groups_note"),
        "",
        _("The groups follow from the countries."),
    ),
    Column(
        "what",
        "conflict",
        _("Conflict"),
        _("The one conflict that the case is about, by the term's name in addresses."),
        "text",
        _term("conflict", "slug"),
        "tajikistan",
        _("It is about no single conflict, or none was recorded."),
        "#conflicts",
    ),
    Column(
        "what",
        "conflict_label",
        _("Name of the conflict"),
        _("The same conflict, as readers see it."),
        "text",
        _term("conflict", "label"),
        "Tajik civil war",
        _("It is about no single conflict, or none was recorded."),
    ),
    Column(
        "what",
        "aim",
        _("Aim"),
        _("What the initiative set out to do about the conflict, by the term's name in addresses."),
        "text",
        _term("aim", "slug"),
        "ending",
        _UNKNOWN,
        "#aims",
    ),
    Column(
        "what",
        "aim_label",
        _("Label of the aim"),
        _("The same term, as readers see it."),
        "text",
        _term("aim", "label"),
        "Ending an armed conflict",
        _UNKNOWN,
    ),
    Column(
        "what",
        "conflict_types",
        _("Types of conflict"),
        _("Who fought whom, or who might have, by the terms' names in addresses."),
        "list",
        _each("conflict_types", "slug"),
        "vertical-intrastate",
        _UNKNOWN,
        "#conflict-types",
    ),
    Column(
        "what",
        "conflict_type_labels",
        _("Labels of the types of conflict"),
        _("The same terms in the same order, as readers see them."),
        "list",
        _each("conflict_types", "label"),
        "Vertical (state-based) intrastate conflict",
        _UNKNOWN,
    ),
    Column(
        "what",
        "initiative_types",
        _("Types of initiative"),
        _("What was done for peace, by the terms' names in addresses."),
        "list",
        _each("initiative_types", "slug"),
        "mediation; monitoring",
        _UNKNOWN,
        "#initiative-types",
    ),
    Column(
        "what",
        "initiative_type_labels",
        _("Labels of the types of initiative"),
        _("The same terms in the same order, as readers see them."),
        "list",
        _each("initiative_types", "label"),
        "Mediation of a peace agreement; Monitoring mission",
        _UNKNOWN,
    ),
    Column(
        "what",
        "impact",
        _("Impact"),
        _("What came of it: lasting, limited or contested. A judgement; the text says on what."),
        "text",
        _fact("impact"),
        "lasting",
        _("No judgement is made."),
    ),
    Column(
        "what",
        "impact_note",
        _("Note on impact"),
        _("A sentence that explains the judgement."),
        "text",
        _fact("impact_note"),
        "The agreement has held since.",
        _NOTHING,
    ),
    Column(
        "who",
        "organisations",
        _("Main implementing organisations"),
        _("Who carried the initiative out, under the names that the edition gives, in its order."),
        "list",
        _each("organisations", "name"),
        "United Nations; Organization for Security and Co-operation in Europe",
        _UNKNOWN,
    ),
    Column(
        "who",
        "organisation_slugs",
        _("Names of organisations in addresses"),
        _(
            "The same organisations in the same order, by their names in addresses on the day of "
            "publication. One that was merged since leads on to what it became."
        ),
        "list",
        _each("organisations", "slug"),
        "united-nations; osce",
        _UNKNOWN,
    ),
    Column(
        "who",
        "organisation_kinds",
        _("Kinds of organisation"),
        _("The kind of each of them, in the same order: one may come several times."),
        "list",
        _each("organisations", "kind"),
        "united-nations; regional-organisation",
        _UNKNOWN,
        "#organisation-kinds",
    ),
    Column(
        "who",
        "authors",
        _("Authors"),
        _("Who wrote the case, as credited and in order."),
        "list",
        lambda e: [one_line(name) for name in e.record["authors"]],
        "Ann Author; Ben Writer",
        _NOTHING,
    ),
]
