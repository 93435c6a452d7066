"""Names of people and bodies: written for BibTeX and RIS, folded as we have them.

Ours is a family name, with its particle, and given names, with a suffix at their end; or a
literal name.
"""

import re
from collections.abc import Mapping
from typing import Any

from ..plain_text import plain
from .clean_values import clean, orcid
from .latex import escaped

_HYPHENS = "-‐’'"
_BREAKS_A_NAME = re.compile(r",|(?<!\S)and(?!\S)", re.I)


def bibtex_name(name: Mapping[str, str]) -> str:
    """As BibTeX reads names: “family, suffix, given”; a body in braces."""
    if name.get("literal"):
        return "{" + escaped(name["literal"]) + "}"
    parts = (_with_particle(name), name.get("suffix", ""), name.get("given", ""))
    said = [_one_part(part) for part in parts if part]
    return ", ".join(said if len(said) > 1 else [*said, "{}"])


def _one_part(part: str) -> str:
    text = escaped(part)
    return "{" + text + "}" if _BREAKS_A_NAME.search(text) else text


def inverted(name: Mapping[str, str]) -> str:
    """As RIS writes names: “family, given, suffix”. A body's own commas are doubled, as EndNote has
    them."""
    if name.get("literal"):
        return plain(name["literal"]).replace(", ", ",, ")
    return ", ".join(
        filter(None, (_with_particle(name), name.get("given", ""), name.get("suffix", "")))
    )


def uninverted(text: str) -> dict[str, str]:
    """The name that “family, given, suffix” says; a body where nothing follows a comma."""
    words = clean(text)
    if ",," in words:
        return {"literal": words.replace(",,", ",")}
    family, *others = (part.strip() for part in words.split(","))
    given = " ".join(filter(None, others))
    return folded({"family": family, "given": given} if given else {"literal": family})


def folded(name: Mapping[str, Any]) -> dict[str, str]:
    """A CSL name as we have it: the particles before the family name, the suffix after the given
    names; literal where there is no family name. Empty where there is no name."""
    words = {part: clean(text) for part, text in name.items() if isinstance(text, str)}
    given = " ".join(filter(None, (words.get("given"), words.get("suffix"))))
    if words.get("literal") or not words.get("family"):
        literal = words.get("literal") or words.get("name") or given
        return {"literal": literal} if literal else {}
    family = _with_particle(words)
    return {"family": family, "given": given} if given else {"family": family}


def _with_particle(name: Mapping[str, str]) -> str:
    family = name.get("family", "")
    for particle in (name.get("non-dropping-particle"), name.get("dropping-particle")):
        if particle:
            family = particle + ("" if particle[-1] in _HYPHENS else " ") + family
    return family


def orcids_of(item: Mapping[str, Any], role: str) -> list[str]:
    """The ORCIDs of a role's people in order, empty where one has none."""
    custom = item.get("custom")
    known = custom.get("orcid") if isinstance(custom, Mapping) else None
    found = known.get(role) if isinstance(known, Mapping) else None
    return [orcid(str(one or "")) for one in found] if isinstance(found, list) else []
