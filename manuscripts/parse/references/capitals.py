"""Puts authors whose surnames are printed in capitals in the order and letters of all others:
“DUPONT, Jean, Titre”, “DUPONT (Jean), Titre” and “Jean DUPONT, Titre” are “Jean Dupont, Titre”."""

import re

from organisations.credited_names import is_kind_of_body

from ..names import JOINED
from ..note_patterns import NO_NAME
from .imprints import is_place

_BODIES = frozenset(
    """acled agence amnesty asean brics caricom cedeao ceeac cemac cicr comesa csce dfid echo
    ecomog ecowas eufor eulex fao farc fmln frelimo hcr icg icrc idmc igad iom isaf jica
    kfor mercosur minuad minuar minujusth minurcat minurso minusca minusma minustah monua
    monuc monusco nasa nato nepad norad nupi oas oau ocha odihr oecd oiac oif oim omc oms
    onu onub onuca onuci onudi onusal opanal osce ossrea osze otan oua oxfam pnud prio
    renamo sadc safer saferworld sipri swapo ua ue uemoa unama unamid unamir unamsil unavem
    undof undp unesco unficyp unfpa unhcr unicef unidir unifil unisfa unita unitaf unitar
    unmee unmik unmil unmin unmis unmiss unocha unoci unogbis unomig unomil unomoz unops
    unosom unotil unprofor unrwa unsmil untac untaet untag usaid usip""".split()
)
_NO_GIVEN_NAME = re.compile(
    r"rapport|report|informe|bericht|opération|operation|operación|projet|project|proyecto|plan"
    r"|programme|program|mission|accords?|dossier|annuaire|bulletin|cahiers",
    re.I,
)
_WORD = r"[^\W\d_](?:[\w’'-]*[\w’'])?"
_CAPITALS = rf"(?P<family>{_WORD}(?: {_WORD}){{0,3}}?)"
_GIVEN = rf"(?P<given>(?:[^\W\d_]\.[ -]?){{1,4}}(?<! )|{_WORD}(?: {_WORD}){{0,2}}?)"
_END = r"(?=\s*[,.:;(]|\s+(?:et|and|y|und|e|&|in|op|art)\b|\s*\Z)"
_FAMILY_FIRST = re.compile(
    rf"{_CAPITALS}(?:, {_GIVEN}| \({_GIVEN.replace('given', 'inside')}\)){_END}"
)
_GIVEN_FIRST = re.compile(rf"{_GIVEN} {_CAPITALS}{_END}")
_NEXT = re.compile(r"\s*,?\s+(?:et|and|y|und|e|&)\s+|\s*/\s*|(?P<comma>,\s+)")
_INSIDE = re.compile(r"(?<=[\s,.])(?:in|dans|en|em)\s*:?\s+(?=[^\W\d_])", re.I)
_UNSURE = re.compile(r"MA?C[A-Z]|.* ")


def small_surnames(text: str) -> tuple[str, list[str]]:
    """The text with its authors and the editors of its book in order and in small letters, and the
    names of which the letters or the order are not sure, as printed."""
    unsure: list[str] = []
    starts = [0, *(found.end() for found in _INSIDE.finditer(text))]
    for start in reversed(starts):
        names, end = _names_at(text, start, unsure)
        text = text[:start] + names + text[end:]
    return text, unsure


def _names_at(text: str, start: int, unsure: list[str]) -> tuple[str, int]:
    """The names in capitals that stand at a place of the text, in order, and where they end."""
    names, at = "", start
    between = ""
    while found := _name_at(text, at):
        family, given = found["family"], found["given"] or found.groupdict().get("inside", "")
        is_word_first = found.re is _FAMILY_FIRST and found["given"] and "." not in given
        if is_word_first or _UNSURE.match(family):
            unsure.append(found.group())
        names += f"{between}{given} {_small(family)}"
        start = at = found.end()
        following = _NEXT.match(text, at)
        if following is None:
            break
        between, at = following["comma"] or " & ", following.end()
    return names, start


def _name_at(text: str, at: int) -> re.Match[str] | None:
    for pattern in (_FAMILY_FIRST, _GIVEN_FIRST):
        if (found := pattern.match(text, at)) and _is_person(found, text):
            return found
    return None


def _is_person(found: re.Match[str], text: str) -> bool:
    family, given = found["family"], found["given"] or found.groupdict().get("inside", "")
    if not all(word.isupper() and len(word) > 1 for word in family.split()):
        return False
    if len(family) < 3 or not re.search(r"[AEIOUYÀ-ÖØ-ÝĄĘĖŌŪ]", family):
        return False  # Dor Bahadur KC
    if any(word.casefold() in _BODIES or is_kind_of_body(word) for word in family.split()):
        return False
    if "." in given:
        return True
    if any(
        not re.match(r"[^\W\d_]", w) or w.isupper() or not w[0].isupper() for w in given.split()
    ):
        return False
    named = given.split()[0].casefold()
    is_none = _NO_GIVEN_NAME.fullmatch(given) or named in NO_NAME or is_place(given)
    if is_none or any(map(is_kind_of_body, given.split())):
        return False
    after = text[found.end() :].strip(" .,:")
    return bool(after) and not re.match(r"(?:1[5-9]|20)\d\d\b", after)


def _small(family: str) -> str:
    """LE GALL as Le Gall, O’DOWD as O’Dowd, MCALEESE as McAleese; one word to whoever reads on."""
    words = re.sub(r"[^\W\d_]+", lambda found: found.group().capitalize(), family)
    words = re.sub(r"\bMc([a-z])", lambda found: f"Mc{found[1].upper()}", words)
    return words.replace(" ", JOINED)
