"""The codebook: every column of a case, and of what a file says of itself, explained."""

from datetime import UTC
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from editions.html_text import count_words, one_line
from editions.log.appending import head_line
from serving.addresses import absolute

from .columns import Column
from .export_set import ExportSet
from .fact_columns import fact_columns
from .query_in_words import order_in_words

COLUMNS = [
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
    *fact_columns("which"),
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
    *fact_columns("when"),
    *fact_columns("what"),
    *fact_columns("who"),
    Column(
        "edition",
        "edition_kind",
        _("Kind of edition"),
        _(
            "Why this edition was made: first, editorial, correction, clarification or update. "
            "Withdrawn cases are in no answer."
        ),
        "text",
        lambda e: e.kind,
        "correction",
    ),
    Column(
        "edition",
        "change_note",
        _("What changed"),
        _("What is different from the edition before, and why."),
        "text",
        lambda e: one_line(e.change_note),
        "A date was wrong.",
        _("It is the first edition."),
    ),
    Column(
        "edition",
        "published_at",
        _("Published"),
        _("When this edition was published."),
        "moment",
        lambda e: e.published_at.astimezone(UTC).replace(microsecond=0),
        "2026-03-12T09:30:00Z",
    ),
    Column(
        "edition",
        "words",
        _("Words"),
        _("How many words the text has, without title, standfirst and notes."),
        "number",
        lambda e: count_words(e.body_html),
        "612",
    ),
    Column(
        "edition",
        "number_of_notes",
        _("Number of notes"),
        _("How many numbered notes the text has."),
        "number",
        lambda e: e.number_of_notes,
        "10",
    ),
    Column(
        "edition",
        "number_of_sources",
        _("Number of sources"),
        _("How many different sources the notes cite."),
        "number",
        lambda e: e.number_of_sources,
        "7",
    ),
    *fact_columns("edition"),
    Column(
        "edition",
        "digest",
        _("Digest"),
        _(
            "SHA-256 over the record of the edition and the digest of the one before it: whoever "
            "holds both can prove that nothing was changed."
        ),
        "text",
        lambda e: e.digest,
        "9f2c…",
    ),
    Column(
        "edition",
        "concern",
        _("Expression of concern"),
        _("Where it is said that a claim in the case is being checked, and which."),
        "address",
        lambda e: absolute(reverse("notice", args=[e.concern])) if e.concern else "",
        "https://example.org/corrections/N-7KQ4-M2X/",
        _("No expression of concern stands."),
    ),
]

RIGHTS = _(
    "Each case may be shared under the licence that it names: give its authors, its edition and "
    "its permanent address."
)

ABOUT = [
    Column(
        "answer",
        "question",
        _("Question"),
        _("The question to which the file is the answer, in words."),
        "text",
        lambda a: a.query.words,
        "Country: Tajikistan; From year: 1993",
    ),
    Column(
        "answer",
        "address",
        _("Address of the question"),
        _("Where the same question is asked again."),
        "address",
        lambda a: a.query.address(),
        "https://example.org/cases/?country=tjk&from=1993",
    ),
    Column(
        "answer",
        "order",
        _("Order"),
        _("In which order the catalogue shows the cases, and the file has them."),
        "text",
        lambda a: order_in_words(a.query.order),
        "Newest edition",
    ),
    Column(
        "answer",
        "asked_at",
        _("Asked"),
        _("When it was asked: the file holds what was in print at that moment."),
        "moment",
        lambda a: a.at,
        "2026-11-26T10:30:00Z",
    ),
    Column(
        "answer",
        "number_of_cases",
        _("Number of cases"),
        _("How many cases the answer holds. A file with fewer was not taken to its end."),
        "number",
        len,
        "12",
    ),
    Column(
        "answer",
        "collection",
        _("Collection"),
        _("What the collection is called."),
        "text",
        lambda a: settings.SITE_NAME,
        "Peacesite",
    ),
    Column(
        "answer",
        "rights",
        _("Rights"),
        _("What the collection says of sharing; the licence of each case stands beside it."),
        "text",
        lambda a: str(RIGHTS),
        RIGHTS,
    ),
    Column(
        "answer",
        "codebook",
        _("Codebook"),
        _("Where each column is explained."),
        "address",
        lambda a: codebook_address(),
        "https://example.org/about/codebook/",
    ),
    Column(
        "answer",
        "log_head",
        _("Head of the log"),
        _(
            "How long the log of what was published was, the digest of its last line, when it was "
            "written, the public key and the signature: whoever keeps it can prove later that "
            "nothing was changed or dropped."
        ),
        "text",
        lambda a: head_line(),
        "412 9f2c…",
        _("The log has not begun."),
    ),
]


def codebook_address() -> str:
    """The whole address of the page that explains each column."""
    return absolute(reverse("codebook"))


def about(export_set: ExportSet) -> dict[str, Any]:
    """What a file says of itself: the question, when it was asked, how many cases, the rights."""
    return {column.name: column.value(export_set) for column in ABOUT}


CODEBOOK_HEADER = ["column", "label", "explanation", "type", "values", "example", "blank"]


def codebook() -> list[list[str]]:
    """Each column explained, for sheets and tables: rows under CODEBOOK_HEADER. Those of the
    answer, which stand in its own table, begin with “answer_”."""
    return [
        [
            *(
                column.name_in_codebook,
                str(column.label),
                str(column.explanation),
                column.type_in_words,
            ),
            *(column.vocabulary_address, str(column.example), str(column.blank)),
        ]
        for column in [*COLUMNS, *ABOUT]
    ]
