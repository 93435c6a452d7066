"""An answer for reference managers: RIS and BibTeX, an entry for each edition."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from editions.html_text import one_line
from editions.record.read import record_of

from .codebook import ABOUT, about
from .columns import as_text
from .edition_formats import as_bibtex, as_ris
from .export_set import ExportSet, in_pieces


def as_ris_entries(export_set: ExportSet) -> Iterator[str]:
    """Each entry names its licence in a note, the collection as database, and the day."""
    asked_on = f"{export_set.at:%Y/%m/%d}/"
    return in_pieces(
        as_ris(
            edition,
            name_of_database=one_line(settings.SITE_NAME),
            access_date=asked_on,
            notes=[_licence(record_of(edition)["licence"])],
        )
        for edition in export_set.editions()
    )


def as_bibtex_entries(export_set: ExportSet) -> Iterator[str]:
    """What concerns the whole file stands before the entries, where BibTeX reads over it: up to the
    first “@”, so that none may stand there."""
    asked_on = export_set.at.date()
    yield "".join(f"% {line}\n".replace("@", "(at)") for line in _told(export_set))
    yield from in_pieces(
        "\n" + as_bibtex(edition, asked_on=asked_on) for edition in export_set.editions()
    )


def _told(export_set: ExportSet) -> list[str]:
    values = about(export_set)
    return [f"{column.label}: {one_line(as_text(values[column.name]))}" for column in ABOUT]


def _licence(licence: dict[str, str]) -> str:
    return one_line(f"{_('Licence')}: {licence['name']} {licence['url']}")
