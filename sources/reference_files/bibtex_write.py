"""References as BibTeX that BibLaTeX reads as well.

What BibTeX has no field for stands in BibLaTeX's; what neither has, in a field of a plain name,
which other programs leave alone.
"""

from collections.abc import Iterable
from typing import Any

from ..plain_text import plain
from .bibtex_types import BIBTEX_TYPES
from .dates import MONTHS, edtf, is_plain, parts_of
from .latex import escaped
from .names import bibtex_name, orcids_of
from .reading import ROLES
from .references import Item

_FIELD_OF_ROLE = {"interviewer": "editora"}
_BARE = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})  # in addresses and DOIs


def as_bibtex(items: Iterable[Item]) -> str:
    """The items as entries under their keys. Addresses stand as they are."""
    return "\n".join(_entry(item) for item in items)


def _entry(item: Item) -> str:
    kind = item.get("type", "document")
    entry, subtype = BIBTEX_TYPES.get(kind, BIBTEX_TYPES["document"])
    text = {name: plain(value) for name, value in item.items() if isinstance(value, str | int)}
    if kind == "thesis" and not text.get("genre"):
        subtype = "thesis"  # so that nobody says that it is a doctor's
    container = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
    publisher = {"techreport": "institution", "phdthesis": "school"}.get(entry, "publisher")
    values = {
        **_people(item),
        "title": "{" + escaped(text.get("title", "")) + "}",
        "shorttitle": escaped(text.get("title-short", "")),
        container.get(entry, "howpublished"): escaped(text.get("container-title", "")),
        _short_container(entry): escaped(text.get("container-title-short", "")),
        publisher: escaped(text.get("publisher", "")),
        "address": escaped(text.get("publisher-place", "")),
        **_dates(item),
        "volume": escaped(text.get("volume", "")),
        **_numbers(entry, text),
        "edition": escaped(text.get("edition", "")),
        "type": escaped(text.get("genre", "")),
        "entrysubtype": subtype,
        "pages": escaped(text.get("page", "")).replace("-", "--"),
        "doi": text.get("DOI", "").translate(_BARE),
        "isbn": text.get("ISBN", ""),
        "url": text.get("URL", "").translate(_BARE),
        "urldate": edtf(item.get("accessed")),
        "language": escaped(text.get("language", "")),
        "library": escaped(text.get("archive", "")),
        "archivelocation": escaped(text.get("archive_location", "")),
        "callnumber": escaped(text.get("call-number", "")),
        **_custom(item),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in values.items() if value]
    issued = parts_of(item.get("issued"))
    if len(issued) == 1 and len(issued[0]) > 1:
        lines.append(f"  month = {MONTHS[issued[0][1] - 1]},")
    return "\n".join([f"@{entry}{{{text.get('id', '')},", *lines, "}", ""])


def _people(item: Item) -> dict[str, str]:
    """The names of each role, with their ORCIDs as BibLaTeX's data annotations."""
    fields = {}
    for role in ROLES:
        field, names = _FIELD_OF_ROLE.get(role, role), item.get(role, [])
        known = enumerate(orcids_of(item, role), 1)
        fields[field] = " and ".join(bibtex_name(name) for name in names)
        fields[f"{field}+an:orcid"] = "; ".join(f'{n}="{orcid}"' for n, orcid in known if orcid)
    fields["editoratype"] = "interviewer" if fields["editora"] else ""
    return fields


def _short_container(entry: str) -> str:
    return "shortjournal" if entry == "article" else "shortbooktitle"


def _dates(item: Item) -> dict[str, str]:
    """The year for BibTeX, which the month follows; and the date as BibLaTeX reads it (EDTF) where
    these two do not say it."""
    issued = item.get("issued")
    known = parts_of(issued)
    year = known[0][0] if known else 0
    whole = is_plain(issued) and len(known[0]) < 3
    return {
        "year": f"{-year} BC" if year < 0 else str(year or ""),
        "date": "" if whole else edtf(issued),
        "origdate": edtf(item.get("original-date")),
    }


def _numbers(entry: str, text: dict[str, str]) -> dict[str, str]:
    """An article's number is that of its issue; of anything else its own."""
    issue, number = escaped(text.get("issue", "")), escaped(text.get("number", ""))
    if entry == "article":
        return {"number": issue, "documentnumber": number}
    return {"number": number, "issue": issue}


def _custom(item: Item) -> dict[str, Any]:
    custom = item.get("custom") or {}
    urls = custom.get("urls")
    return {
        "archiveurl": plain(custom.get("archive-url") or ""),
        "otherurls": " ".join(map(plain, urls)) if isinstance(urls, list) else "",
    }
