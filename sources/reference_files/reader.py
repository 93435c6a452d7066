"""Reads a file of references, whichever of the three formats it is in."""

import codecs
import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from .bibtex_read import read_bibtex
from .clean_values import shortened
from .csl_json import read_csl_json
from .references import LARGEST_FILE, LONGEST_LINE, NotReadable, ReadReference
from .ris_read import read_ris

_BEGINS_RECORD = re.compile(r"^[ \t]*(?:(TY)[ \t]{1,2}-|@[a-z_-]+[ \t]*[{(])", re.M | re.I)


def read(file: str | bytes, *, name: str = "") -> list[ReadReference]:
    """The references of a file in CSL-JSON, BibTeX or RIS, in their order; which of them it is, the
    file itself says, never its name. Raises NotReadable where it is broken or too large; then
    nothing of it is taken."""
    if len(file) > LARGEST_FILE:
        raise NotReadable(_("The file is larger than %s MB; divide it.") % (LARGEST_FILE // 10**6))
    text, remark = _text(file)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise NotReadable(_("The file is empty."))
    if (nul := text.find("\0")) >= 0:
        line = 1 + text.count("\n", 0, nul)
        raise NotReadable(_("This is no text; save it as UTF-8 from its program."), line)
    found = _format(text, name)(text)
    if remark:
        found[0].unread.insert(0, (1, remark))
    return found


def _text(file: str | bytes) -> tuple[str, str]:
    """The file as text, and what there is to be said about its encoding."""
    if isinstance(file, str):
        return file, ""
    wide = file.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return file.decode("utf-16" if wide else "utf-8"), ""
    except UnicodeDecodeError as error:
        line = 1 + file.count(b"\n", 0, error.start)
    try:
        if not wide:
            return file.decode("cp1252"), _(
                "The file is not in UTF-8; it was read as Windows-1252."
            )
    except UnicodeDecodeError:
        pass
    raise NotReadable(_("The signs here are in no known encoding; save the file as UTF-8."), line)


def _format(text: str, name: str) -> Callable[[str], list[ReadReference]]:
    """What reads this text. Raises NotReadable."""
    if text.lstrip()[0] in "[{":
        return read_csl_json
    if not (begin := _BEGINS_RECORD.search(text)):
        raise NotReadable(
            _("%s is neither CSL-JSON nor BibTeX nor RIS; export it as one of these.")
            % (shortened(name, 60) or _("This file"))
        )
    for line, words in enumerate(text.split("\n"), 1):
        if len(words) > LONGEST_LINE:
            reason = _("This line is longer than %s characters; no reference is.") % LONGEST_LINE
            raise NotReadable(reason, line)
    return read_ris if begin[1] else read_bibtex
