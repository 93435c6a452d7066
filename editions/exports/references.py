"""An answer for reference managers: RIS and BibTeX, an entry for each edition."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from .answers import Answer, in_pieces
from .codebook import ABOUT, about
from .columns import as_text
from .one import as_bibtex, as_ris, one_line


def as_ris_entries(answer: Answer) -> Iterator[str]:
    """RIS has no place for what concerns the whole file, so each entry says it in a note."""
    told = _told(answer)
    asked_on = f"{answer.at:%Y/%m/%d}/"
    return in_pieces(
        as_ris(
            edition,
            name_of_database=one_line(settings.SITE_NAME),
            access_date=asked_on,
            notes=["; ".join([_licence(edition.record["licence"]), *told])],
        )
        for edition in answer.editions()
    )


def as_bibtex_entries(answer: Answer) -> Iterator[str]:
    """What concerns the whole file stands before the entries, where BibTeX reads over it: up to the
    first “@”, so that none may stand there."""
    yield "".join(f"% {line}\n".replace("@", "(at)") for line in _told(answer))
    yield from in_pieces("\n" + as_bibtex(edition) for edition in answer.editions())


def _told(answer: Answer) -> list[str]:
    values = about(answer)
    return [f"{column.label}: {one_line(as_text(values[column.name]))}" for column in ABOUT]


def _licence(licence: dict[str, str]) -> str:
    return one_line(f"{_('Licence')}: {licence['name']} {licence['url']}")
