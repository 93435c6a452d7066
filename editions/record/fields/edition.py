"""Until when evidence was looked at, where it stood before, identifiers elsewhere, the licence."""

from django.utils.translation import gettext_lazy as _

from editions.record.field import NOTHING, UNKNOWN, Export, Field
from editions.record.kinds import Day, ExternalIds, Licence, Line

_ELSEWHERE = _("It first appeared here, or that is not recorded.")

FIELDS = (
    Field(
        "evidence_until",
        _("Evidence until"),
        Day(),
        (
            Export(
                "evidence_until",
                _("Evidence until"),
                _("The day until which evidence was looked at, as YYYY-MM-DD."),
                "2025-12-31",
                UNKNOWN,
            ),
        ),
        since=3,
        fact="evidence_until",
    ),
    Field(
        "first_published",
        _("First published"),
        Day(),
        (
            Export(
                "first_published",
                _("First published"),
                _("The day on which the article first appeared elsewhere, as YYYY-MM-DD."),
                "2019-05-03",
                _ELSEWHERE,
            ),
        ),
        since=6,
        fact="first_published",
    ),
    Field(
        "first_published_address",
        _("First published at"),
        Line(),
        (
            Export(
                "first_published_address",
                _("First published at"),
                _("The address at which it appeared then; it may lead nowhere by now."),
                "https://example.org/2019/05/a-case/",
                _ELSEWHERE,
                "address",
            ),
        ),
        since=6,
        fact="first_published",
    ),
    Field(
        "external_ids",
        _("External identifiers"),
        ExternalIds(),
        (
            Export(
                "external_ids",
                _("Identifiers elsewhere"),
                _("What other collections call the conflict or the agreement, as scheme:value."),
                "ucdp-conflict:395",
                NOTHING,
                "list",
            ),
        ),
        fact="elsewhere",
    ),
    Field(
        "licence",
        _("Licence"),
        Licence(),
        (
            Export(
                "licence",
                _("Licence"),
                _("Under which licence the case may be shared: an SPDX identifier, or “reserved”."),
                "CC-BY-4.0",
                part="code",
            ),
            Export(
                "licence_name",
                _("Name of the licence"),
                _("The same licence in words."),
                "Creative Commons Attribution 4.0",
                part="name",
            ),
            Export(
                "licence_url",
                _("Address of the licence"),
                _("Where the same licence is read."),
                "https://creativecommons.org/licenses/by/4.0/",
                _("All rights are reserved."),
                "address",
                "url",
            ),
        ),
    ),
)
