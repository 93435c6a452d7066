"""References as RIS, the format of Research Information Systems, as rispy writes it."""

from collections.abc import Iterable
from typing import Any

import rispy

from ..plain_text import plain
from .clean_values import ISSN, isbn
from .dates import edtf, parts_of
from .names import inverted
from .references import Item
from .ris_tags import LIST_TAGS, MAPPING, OF_NO_CONTAINER, RIS_TYPES


class RisWriter(rispy.RisWriter):
    """rispy numbers the references; RIS files have nothing before TY."""

    def set_header(self, count: int) -> str:
        """Nothing."""
        return ""


def as_ris(items: Iterable[Item]) -> str:
    """The items as a file in RIS. See NOT_SAID for what it has no place for."""
    return rispy.dumps(
        [_entry(item) for item in items],
        implementation=RisWriter,
        mapping=MAPPING,
        list_tags=LIST_TAGS,
    )


def _entry(item: Item) -> dict[str, Any]:
    """The item under rispy's names, without what is empty."""
    text = {name: plain(value) for name, value in item.items() if isinstance(value, str | int)}
    kind = text.get("type", "document")
    entry: dict[str, Any] = {
        "type_of_reference": RIS_TYPES.get(kind, "GEN"),
        "id": text.get("id"),
        "authors": _names(item, "author"),
        **_editors(item, kind),
        "subsidiary_authors": _names(item, "translator"),
        "title": text.get("title"),
        "short_title": text.get("title-short"),
        _container(kind): text.get("container-title"),
        "alternate_title1": text.get("container-title-short"),
        "publisher": text.get("publisher"),
        "place_published": text.get("publisher-place"),
        **_dates(item),
        "volume": text.get("volume"),
        "number": text.get("issue"),
        **_numbers(text, kind),
        **_pages(text.get("page", "")),
        "edition": text.get("edition"),
        "type_of_work": text.get("genre"),
        "doi": text.get("DOI"),
        "urls": [url for url in [text.get("URL"), *_other_addresses(item)] if url],
        "language": text.get("language"),
        **_archive(text),
    }
    return {name: value for name, value in entry.items() if value}


def _names(item: Item, role: str) -> list[str]:
    return [inverted(name) for name in item.get(role, [])]


def _editors(item: Item, kind: str) -> dict[str, list[str]]:
    """Reference managers take A2 for the editor; of a whole book for that of its series, and of
    what was said in person for who asked."""
    editors = _names(item, "editor")
    if kind == "interview":
        return {"secondary_authors": _names(item, "interviewer"), "editors": editors}
    return {"editors" if kind == "book" else "secondary_authors": editors}


def _container(kind: str) -> str:
    return "alternate_title3" if kind in OF_NO_CONTAINER else "secondary_title"


def _dates(item: Item) -> dict[str, str]:
    """A year, and the date where it says more: YYYY/MM/DD/other, the other being EDTF for what
    numbers do not say."""
    issued, dates = item.get("issued"), {"year": "", "date": ""}
    if known := parts_of(issued):
        year, *rest = known[0]
        said = [f"{year:04d}" if year > 0 else "", *(f"{part:02d}" for part in rest)]
        exact = len(known) == 1 and year > 0 and not (issued or {}).get("circa")
        other = "" if exact else edtf(issued)
        dates["date"] = "/".join([*[*said, "", ""][:3], other]) if rest or other else ""
        dates["year"] = said[0]
    accessed = edtf(item.get("accessed")).replace("-", "/")
    return dates | {
        "access_date": accessed and f"{accessed}/",
        "original_publication": edtf(item.get("original-date")),
    }


def _numbers(text: dict[str, str], kind: str) -> dict[str, str]:
    """Reference managers take SN for the number of a report, else for an ISBN."""
    number, book = text.get("number", ""), text.get("ISBN", "")
    if kind == "report" and number and not book and not isbn(number) and not ISSN.fullmatch(number):
        return {"issn": number}
    return {"issn": book, "note": number}


def _pages(page: str) -> dict[str, str]:
    first, _hyphen, last = page.partition("-")
    if first and last and first != last:
        return {"start_page": first, "end_page": last}
    return {"start_page": page}


def _other_addresses(item: Item) -> list[str]:
    urls = (item.get("custom") or {}).get("urls")
    return [plain(url) for url in urls] if isinstance(urls, list) else []


def _archive(text: dict[str, str]) -> dict[str, str]:
    """DB is an archive only beside AV; alone it is some database. A place in no archive says
    nothing."""
    archive, place = text.get("archive", ""), text.get("archive_location", "")
    known = {"call_number": text.get("call-number", "")}
    if archive and place:
        return known | {"name_of_database": archive, "location_in_archives": place}
    return known | {"location_in_archives": archive}
