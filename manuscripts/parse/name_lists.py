"""Parses lists of people and bodies, in order or with their families first."""

import re

from organisations.credited_names import JOINING_WORDS, is_body, is_kind_of_body

from .manuscript import Name
from .names import (
    PARTICLES,
    STOPS,
    SUFFIXES,
    is_family_first,
    is_initials,
    is_small,
    is_uncased,
    person,
    plain,
)
from .subjects import begins_with_subject

_GENERATIONS = frozenset({"filho", "hijo", "júnior", "junior", "neto", "sobrinho"})
_AGENCIES = frozenset("afp ansa bloomberg dpa efe interfax reuters tass xinhua".split())
_GIVEN_NAMES = frozenset(
    """ana andré andrés antonio antônio beatriz carlos carmen césar cristina daniel david diego
    eduardo elena enrique eugenia federico felipe fernanda fernando francisco gabriel gonzalo
    guadalupe helena ignacio inés isabel jaime javier jesús joão joaquim joaquín jorge josé juan
    julia julio laura leonor lucía luis luisa luiz manuel marcos margarita maria maría mario marta
    mercedes miguel pablo paula paulo pedro pilar rafael ramón raúl ricardo roberto rosa santiago
    sofía teresa tomás""".split()
)  # two of which make one given name: Juan Carlos, Ana María
ROLES = (
    r"(?:eds?|editors?|éds?|hrsg|hgg?|dirs?|directores|coords?|coordinador(?:es|a)?|comps?|orgs?"
    r"|red|a cura di|curr?)\.?"
)  # of editors, in brackets after their names
_EDITORS = re.compile(
    rf",?\s*[(\[]\s*{ROLES}\s*[)\]]\.?\s*\Z"
    r"|,\s*(?:eds?\.|editors?\.?|dirs?\.|coords?\.|a cura di,?)\s*\Z",
    re.I,
)
_ET_AL = re.compile(
    r",?\s*\bet\.? al(?:ii)?\b\.?\s*\Z|,?\s*(?:&|and) others\s*\Z|,?\s*u\.\s?a\.\Z|\s+и др\.\s*\Z",
    re.I,
)
_NAMES_SUBJECTS = re.compile(r"\b(?:for|of|on)\b(?! the United)", re.I)
_AND = re.compile(r"\s*,?\s+(?:&|and|et|und|y|и|და|و|और|एवं|และ|እና|和|与|與)\s+")
_TWO_FAMILIES = re.compile(
    r"(?<=[\w’.]\s)([^\W\d_][\w’-]+)\s+y\s+(?=[^\W\d_][\w’-]+\s*(?:,|&|y\s|\Z))"
)  # Jorge del Valle y Ríos is one person
_TWO_FAMILIES_FIRST = re.compile(
    r"\A([^\W\d_][\w’-]+)\s+y\s+(?=[^\W\d_][\w’-]+, [^\W\d_][\w’.-]+(?: [^\W\d_][\w’.-]+)?\Z)"
)  # Valle y Ríos, Jorge
_JOINED = "\ue0ff"


def parse_names(text: str, *, short: bool = False) -> tuple[tuple[Name, ...], bool, bool]:
    """The names in a list (“A, B & C”), whether it has “(eds.)”, and whether it has “et al.”.

    In a short form a single word is a family name; in a full one it is a body (“Reuters”).
    """
    text = text.strip(" ,")
    if not re.search(r"\b(?:[A-Z]|[JS]r|al|eds?)\.\Z", text):
        text = text.rstrip(STOPS)
    edited = bool(_EDITORS.search(text))
    text = _EDITORS.sub("", text)
    others = bool(_ET_AL.search(text))
    if all(len(name.split()) > 1 for name in text.split("/")) and not is_body(text):
        text = text.replace("/", " & ")  # as German editors are printed
    text = _ET_AL.sub("", text).strip(" ,")
    if not text:
        return (), edited, others
    return tuple(_name(part, short) for part in _split_list(text, short)), edited, others


def _split_list(text: str, short: bool) -> list[str]:
    whole = _TWO_FAMILIES.sub(lambda found: f"{found[1]}{_JOINED}", text)
    if not short:
        whole = _TWO_FAMILIES_FIRST.sub(lambda found: f"{found[1]}{_JOINED}", whole)
    pieces = [piece.replace(_JOINED, " y ") for piece in _AND.split(whole) if piece]
    if len(pieces) > 1 and _is_one_body(pieces, joined_by_and=" & " not in text):
        return [text]
    several = len(pieces) > 1 or text.count(",") > 1
    parts: list[str] = []
    for piece in pieces:
        commas = [p.strip() for p in piece.split(",") if p.strip()]
        if len(commas) > 1 and (
            (is_body(piece) and len(pieces) == 1) or _is_inverted(commas, pieces, short)
        ):
            parts.append(piece)
        elif len(commas) > 2 and several and _in_pairs(commas):
            parts += [f"{a}, {b}" for a, b in zip(commas[::2], commas[1::2], strict=True)]
        else:
            parts += commas
    return parts


def _in_pairs(commas: list[str]) -> bool:
    """Whether “Alpha, A., Beta, B.” names each family before its initials."""
    return len(commas) % 2 == 0 and all(is_initials(w) for c in commas[1::2] for w in c.split())


def _is_inverted(commas: list[str], pieces: list[str], short: bool) -> bool:
    """Whether a piece of two parts is one name: “Alpha, Ann”, “Alpha, A.”, “Smith, Jr.”, “Paz Ruiz,
    Ana”."""
    if len(commas) != 2:
        return False
    family, given = commas
    if plain(given) in SUFFIXES or all(is_initials(word) for word in given.split()):
        return True
    if len([w for w in family.split() if w not in PARTICLES]) > 1 and (
        short or not _has_two_families(family.split(), given.split())
    ):
        return False
    return len(pieces) == 1 or (" " in pieces[-1] and pieces[0].count(",") == 1)


def _has_two_families(families: list[str], given: list[str]) -> bool:
    """Whether the words before a comma are the family names of who is named after it, and not two
    people: one given name follows (but no agency), two that make one, one with an initial; or a
    particle or a generation shows that they are family names."""
    if len(families) > 5 or families[0].casefold() in _GIVEN_NAMES:
        return False
    if len(given) == 1:
        is_agency = given[0].casefold() in _AGENCIES or is_kind_of_body(given[0])
        return not is_small(given[0]) and not is_agency
    return len(given) == 2 and (
        all(word.casefold() in _GIVEN_NAMES for word in given)
        or is_initials(given[-1])
        or families[0] in PARTICLES
        or families[-1].casefold() in _GENERATIONS
    )


def _is_one_body(pieces: list[str], *, joined_by_and: bool) -> bool:
    """Whether the “and” is part of a name: “Truth and Reconciliation Commission”."""
    first, last = pieces[0], pieces[-1]
    if all(piece.isupper() for piece in pieces):
        return False  # “LE GALL et D’HARCOURT” are two, whoever they are
    if _NAMES_SUBJECTS.search(first) and begins_with_subject(last):
        return True
    if last.rstrip(".") in ("Co", "Sons", "Associates", "Partners", "Company", "Cie"):
        return True
    if " " in first and is_body(first) and " " not in last and not is_body(last):
        return True
    if not joined_by_and:
        return False
    return any(word in JOINING_WORDS for word in first.split()) or (
        is_body(last) and not is_body(first)
    )


def _name(text: str, short: bool) -> Name:
    text = text.strip()
    if is_family_first(text) or (" " not in text and is_uncased(text)):
        return Name(family=text)  # 李明: nothing shows which part of it is the family name
    if is_body(text) or (" " not in text and not short):
        return Name(literal=text)
    words = text.split()
    if short and len(words) > 1 and words[0].casefold() in PARTICLES:
        return Name(family=text)
    return person(text)
