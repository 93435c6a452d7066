"""The entries of a file of BibTeX, with their abbreviations and cross-references resolved.

bibtexparser finds entries and fields; LaTeX is still in their values.
"""

import logging
import re
from collections.abc import Iterable
from typing import NoReturn

from bibtexparser.library import Library
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter
from django.utils.translation import gettext as _

from .bibtex_inheritance import BibtexEntry, Field, resolved
from .bibtex_types import SAME_FIELD
from .bibtex_values import Abbreviations
from .clean_values import shortened
from .references import DEEPEST, MOST_FIELDS, MOST_RECORDS, NotReadable

# What is wrong with a file is said to whoever sent it, not to the log.
logging.getLogger("bibtexparser.splitter").setLevel(logging.CRITICAL)

_MOST_BLOCKS = 2 * MOST_RECORDS  # entries, abbreviations and comments
_BLOCK = re.compile(r"@[\w]*[ \t]*[{(]")
_BRACE = re.compile(r"\\.|([{}])", re.S)


def bibtex_entries(text: str) -> list[BibtexEntry]:
    """The entries of a file that are sources, in their order. Raises NotReadable."""
    too_many = _("A file may have %s references at most; divide it.") % MOST_RECORDS
    if sum(1 for _block in _BLOCK.finditer(text)) > _MOST_BLOCKS:
        _refuse(too_many, 1)
    library = Splitter(text).split()
    abbreviations = Abbreviations()
    entries: list[BibtexEntry] = []
    seen: set[str] = set()
    for block in _blocks(library):
        if isinstance(block, String):
            abbreviations.define(block.key, block.value, (block.start_line or 0) + 1)
        elif isinstance(block, Entry):
            _check_depth(block)
            entry = _entry(block, abbreviations)
            if entry.key.casefold() in seen and entry.key:
                entry.unread.append((entry.line, _("key that is in the file before"), entry.key))
            seen.add(entry.key.casefold())
            entries.append(entry)
    entries = resolved(entries)
    if len(entries) > MOST_RECORDS:
        _refuse(too_many, entries[MOST_RECORDS].line)
    if not entries:
        _refuse(_("No reference of BibTeX is in the file."), 1)
    return entries


def _refuse(reason: str, line: int) -> NoReturn:
    raise NotReadable(reason, line)


def _blocks(library: Library) -> Iterable[object]:
    """The blocks of a file; what is there twice is so. Raises NotReadable at the first that is
    broken."""
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
            yield block.ignore_error_block
        elif isinstance(block, ParsingFailedBlock):
            _broken(block, line)
        elif isinstance(block, ImplicitComment):
            _check_between(block.comment, line)
        else:
            yield block


def _broken(block: ParsingFailedBlock, line: int) -> NoReturn:
    """In words of people, of the two ways in which blocks are broken."""
    begin = shortened((block.raw or "").partition("\n")[0], 40)
    said = getattr(block.error, "abort_reason", "")
    if "end of file" in said or "Unexpected block start" in said:
        reason = _("“%s” has no end: a brace or quotation mark is missing after it.")
    else:
        reason = _("“%s” cannot be read: look for a missing comma, brace or “=” in it.")
    _refuse(reason % begin, line)


def _check_between(comment: str, line: int) -> None:
    """Text between entries is a comment; a brace that closes nothing is the rest of an entry that
    was closed too early."""
    depth = 0
    for brace in _BRACE.finditer(comment):
        depth += {"{": 1, "}": -1}.get(brace[1] or "", 0)
        if depth < 0:
            line += comment.count("\n", 0, brace.start())
            _refuse(_("There is a closing brace too many here, or before it."), line)


def _check_depth(entry: Entry) -> None:
    depth = 0
    for brace in _BRACE.finditer(entry.raw or ""):
        depth += {"{": 1, "}": -1}.get(brace[1] or "", 0)
        if depth > DEEPEST:
            line = (entry.start_line or 0) + 1
            _refuse(_("This reference has braces within braces without end."), line)


def _entry(block: Entry, abbreviations: Abbreviations) -> BibtexEntry:
    """The entry; of a field that is there twice the first counts, as for BibTeX."""
    entry = BibtexEntry(block.entry_type.lower(), block.key, (block.start_line or 0) + 1, {}, [])
    if not entry.type:
        _refuse(_("An entry needs a type: @book{…"), entry.line)
    if len(block.fields) > MOST_FIELDS:
        reason = _("This reference has more than %s fields; none has.")
        _refuse(reason % MOST_FIELDS, entry.line)
    for field in block.fields:
        line = (field.start_line or 0) + 1
        name = SAME_FIELD.get(field.key.lower(), field.key.lower())
        latex = abbreviations.value(field.value, line, months=name == "month")
        if not latex.strip():
            continue
        if entry.fields.setdefault(name, Field(latex, line)).latex != latex:
            entry.unread.append((line, field.key, latex))
    return entry
