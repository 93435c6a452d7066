"""Rules about names in the text: organisations, acronyms, capitals of bodies."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from organisations.naming import folded

from .finding import Found
from .reading import GAP, Reading

_ACRONYM = re.compile(r"(?<![\w-])[A-Z]{3,8}(?![\w-])")
_ROMAN = re.compile(r"[IVXLCDM]+")
_KNOWN = frozenset(
    "UN EU US USA UK NATO NGO USSR AIDS HIV BBC CNN AFP CIA PDF OK AM PM GDP".split()
)
_MOST = 12  # acronyms that are named
_OF_A_STATE = re.compile(
    r"^(?:governments?|parliament|president|republic|army|kingdom) of (?:the )?"
)
_PLACE_OF_WORK = re.compile(r" (?:in|on|for|to) ")
_ALSO = {
    "united kingdom": ("british", "britain"),
    "united states": ("american", "us"),
    "united states of america": ("american", "us"),
    "netherlands": ("dutch",),
    "soviet union": ("soviet",),
    "france": ("french",),
    "spain": ("spanish",),
    "greece": ("greek",),
    "turkey": ("turkish",),
    "turkiye": ("turkish", "turkey"),
    "denmark": ("danish",),
    "myanmar": ("burmese", "burma"),
    "china": ("chinese",),
}
_SMALL = r"(?:\W+(?:of|the|in|for|and|to|on|on the|de|la|du|des|pour|da|do)){0,3}\W+"
_BODIES = (
    *("Security Council", "General Assembly", "Secretary-General", "Special Representative"),
    *("Constitutional Court", "Supreme Court"),
)


def unexpanded_acronyms(reading: Reading) -> Iterator[Found]:
    """Acronyms that the text never spells out: “… Mission (UNMOT)”, or the words of which it has
    the initials."""
    if not reading.is_readable:
        return
    prose = reading.prose
    names = " ".join(body.name for body in reading.organisations)
    found = dict.fromkeys(_ACRONYM.findall("\n".join(t.bare for t in reading.texts.values())))
    for acronym in [a for a in found if a not in _KNOWN and not _ROMAN.fullmatch(a)][:_MOST]:
        is_named = acronym in names or _initials(acronym, prose)
        if not is_named and not re.search(rf"[(“]{acronym}\b|\b{acronym}[”]? \(", prose):
            field, text = next((n, t) for n, t in reading.texts.items() if acronym in t.bare)
            line = text.line_at(text.bare.index(acronym))
            message = _("“%s” is never spelled out.")
            yield Found(message % acronym, field, line, acronym)


def _initials(acronym: str, prose: str) -> bool:
    """Whether words with these initials stand together."""
    words = _SMALL.join(rf"{letter}[\w’'-]*" for letter in acronym)
    return re.search(rf"\b{words}", prose) is not None


def mixed_capitals(reading: Reading) -> Iterator[Found]:
    """A body or an office with and without its capitals in one text."""
    if not reading.is_readable:
        return
    prose = "\n".join(text.bare for text in reading.texts.values())
    for name in _BODIES:
        if name in prose and re.search(rf"\b{name.lower()}s?\b", prose):
            message = _("“%(name)s” stands also without its capitals.")
            yield Found(message % {"name": name}, "body", place=name)
    if re.search(r"(?<=\bthe )Government\b(?! of)", prose) and re.search(
        r"(?<=\bthe )government\b(?! of)", prose
    ):
        message = _("“the Government” and “the government” both stand in the text.")
        yield Found(message, "body", place="Government")


def unnamed_organisations(reading: Reading) -> Iterator[Found]:
    """Listed organisations that no text names: by any of their names, by the words of one in a
    sentence, a government also by its country."""
    if not reading.case.body.strip() or not reading.is_readable:
        return
    sentences = [reading.case.title, reading.case.standfirst]
    sentences += [one.bare for text in reading.texts.values() for one in text.sentences]
    prose = [f" {folded(sentence.replace(GAP, ' '))} " for sentence in sentences]
    for body in reading.organisations:
        names = [folded(name) for name in body.names]
        whole = "\n".join(prose)
        if any(_stands_in(name, whole) for name in names if name) or any(
            _is_meant(name, sentence) for name in names for sentence in prose
        ):
            continue
        message = _("“%s” is listed among the organisations; the text never names it.")
        yield Found(message % body.name, "organisations", place=body.name)


def out_of_their_years(reading: Reading) -> Iterator[Found]:
    """Listed organisations that were founded after the initiative, or had ended before it."""
    case = reading.case
    first = case.start_year if case.start_year is not None else case.end_year
    last = case.end_year if case.end_year is not None else case.start_year
    for body in reading.organisations:
        if None not in (body.founded, last) and body.founded > last and not case.ongoing:
            message = _("“%(body)s” was founded in %(year)s, after the initiative.")
            words = {"body": body.name, "year": body.founded}
            yield Found(message % words, "organisations", place=body.name)
        if None not in (body.ended, first) and body.ended < first:
            message = _("“%(body)s” ended in %(year)s, before the initiative.")
            words = {"body": body.name, "year": body.ended}
            yield Found(message % words, "organisations", place=body.name)


def _stands_in(name: str, prose: str) -> bool:
    at = prose.find(name)
    while at >= 0:
        end = at + len(name)
        if not prose[at - 1].isalnum() and not prose[end : end + 1].isalnum():
            return True
        at = prose.find(name, at + 1)
    return False


def _is_meant(name: str, sentence: str) -> bool:
    """Whether a sentence has all telling words of a name, or of what stands before “for”, “in” and
    the like: “Algerian” is Algeria, “the Special Court” that of Sierra Leone."""
    state = _OF_A_STATE.sub("", name)
    if state != name:
        return any(f" {word[:5]}" in sentence for word in (state, *_ALSO.get(state, ())))
    words = [word[:5] for word in _PLACE_OF_WORK.split(name)[0].split() if len(word) > 3]
    return len(words) > 1 and all(f" {word}" in sentence for word in words)
