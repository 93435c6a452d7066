"""Identifiers that prove themselves by their last sign, and symbols of the United Nations."""

import re

UN_SYMBOL = re.compile(r"[A-Z]{1,4}(?:/[A-Za-z0-9.()-]+)+(?: ?\([0-9]{4}\))?")
_ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?((?:\d{4}-){3}\d{3}[\dX])/?", re.ASCII)


def orcid(text: str) -> str:
    """The ORCID iD in the form 0000-0002-1825-0097; "" where it is none, or its last sign is wrong
    (ISO 7064 11,2)."""
    found = _ORCID.fullmatch(text.strip())
    if not found:
        return ""
    total = 0
    for digit in found[1].replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return found[1] if "0123456789X"[(12 - total % 11) % 11] == found[1][-1] else ""


def is_isbn(text: str) -> bool:
    """Whether the last sign of an ISBN, of 10 or 13 digits with hyphens or blanks, is right
    (ISO 2108)."""
    signs = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"97[89][0-9]{10}", signs):
        return sum(int(sign) * (3 if n % 2 else 1) for n, sign in enumerate(signs)) % 10 == 0
    if re.fullmatch(r"[0-9]{9}[0-9X]", signs):
        values = [10 if sign == "X" else int(sign) for sign in signs]
        return sum(value * (10 - n) for n, value in enumerate(values)) % 11 == 0
    return False
