"""Why a case stands among another's “More posts”: the most telling fact they share, in words."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from editions.models import Neighbour

from .similarity import Facts, Rarity

Kind = Neighbour.Kind

_TAKE_ARTICLE = frozenset(  # nouns by which the names of bodies and countries take “the”
    "Action Administration Agency Alliance Army Assembly Association Authority Bank Bureau Center "
    "Centre Chambers Church Coalition Commission Commissioner Committee Commonwealth Community "
    "Conference Confederation Congress Convention Corps Council Court Dialogue Emirates Envoy "
    "Federation Force Forces Forum Foundation Friends Fund Government Group Initiative Institute "
    "Islands Isle Kingdom League Mechanism Ministry Mission Movement Nations Netherlands Network "
    "Observers Office Operation Organisation Organization Parliament Party Philippines Presidency "
    "Programme Quartet Republic Secretariat See Society States Synod Team Territories Territory "
    "Tribunal Troika Union University Bahamas Comoros Gambia Maldives Seychelles".split()
)
_NO_ARTICLE = frozenset({"Solomon Islands", "South Georgia and the South Sandwich Islands"})
_JOINTS = frozenset("of for to in on against".split())


@dataclass(frozen=True)
class Reason:
    """The fact that is shown, as `Neighbour` stores it: primary keys, and the decade that both
    began in."""

    kind: str = ""
    country: int | None = None
    organisation: int | None = None
    initiative_type: int | None = None
    conflict_type: int | None = None
    decade: int | None = None


def reason_for(mine: Facts, other: Facts, rarity: Rarity) -> Reason:
    """The most telling fact that the two share: a country; an organisation, if possible with a type
    of initiative; the types of initiative and conflict. Of several, the rarest. An empty reason
    where they share none."""
    first = {
        name: rarity.most_telling(name, shared)
        for name in ("countries", "organisations", "initiative_types", "conflict_types")
        if (shared := mine.shared(other, name))
    }
    decade = mine.decade if mine.decade == other.decade else None
    country, body = first.get("countries"), first.get("organisations")
    initiative, conflict = first.get("initiative_types"), first.get("conflict_types")
    if country:
        return Reason(Kind.COUNTRY, country=country)
    if body and initiative and body in mine.doers & other.doers:
        return Reason(Kind.DONE_BY, organisation=body, initiative_type=initiative, decade=decade)
    if body:
        return Reason(Kind.TOOK_PART, organisation=body, initiative_type=initiative, decade=decade)
    if initiative:
        return Reason(
            Kind.TYPES,
            initiative_type=initiative,
            conflict_type=conflict,
            decade=None if conflict else decade,
        )
    return Reason(Kind.TYPES, conflict_type=conflict) if conflict else Reason()


class InitiativeWords(NamedTuple):
    """What a type of initiative is called within a sentence; all but the label may be blank."""

    label: str
    noun: str = ""
    done_by: str = ""


class ConflictWords(NamedTuple):
    """What a type of conflict is called within a sentence; `phrase` may be blank."""

    label: str
    phrase: str = ""
    is_risk: bool = False


def sentence(
    kind: str,
    *,
    chosen: bool = False,
    country: str = "",
    body: str = "",
    initiative: InitiativeWords | None = None,
    conflict: ConflictWords | None = None,
    decade: int | None = None,
) -> str:
    """The reason for readers, with names as they are today: “Also mediated by the United Nations in
    the 1990s”. Blank where no reason is known."""
    words = ""
    if kind == Kind.COUNTRY:
        words = _("also in %(country)s") % {"country": with_article(country)}
    elif kind == Kind.DONE_BY and initiative is not None:
        words = _done_by(body, initiative, decade)
    elif kind == Kind.TOOK_PART:
        words = _("%(case)s in which %(body)s took part") % {
            "case": _also_a_case(initiative, decade),
            "body": with_article(body),
        }
    elif kind == Kind.TYPES:
        words = _of_types(initiative, conflict, decade)
    if chosen:
        words = (
            _("chosen by the editors; %(reason)s") % {"reason": words}
            if words
            else _("chosen by the editors")
        )
    return capfirst(words)


def _done_by(body: str, initiative: InitiativeWords, decade: int | None) -> str:
    names = {"body": with_article(body), "done_by": initiative.done_by}
    if initiative.done_by:
        words = _("also %(done_by)s %(body)s") % names
    else:
        names["type"] = _within(initiative.label)
        words = _("also %(type)s by %(body)s") % names
    if decade is None:
        return words
    return _("%(reason)s in the %(decade)ds") % {"reason": words, "decade": decade}


def _also_a_case(initiative: InitiativeWords | None, decade: int | None) -> str:
    names = {"decade": decade, "type": _noun(initiative) if initiative else ""}
    if initiative and decade is not None:
        return _("also a case of %(type)s from the %(decade)ds") % names
    if initiative:
        return _("also a case of %(type)s") % names
    return _("also a case from the %(decade)ds") % names if decade is not None else _("also a case")


def _of_types(
    initiative: InitiativeWords | None, conflict: ConflictWords | None, decade: int | None
) -> str:
    if conflict is None:
        return _also_a_case(initiative, decade)
    names = {"conflict": conflict.phrase or _within(conflict.label)}
    if initiative is None:
        return _("also %(conflict)s") % names
    names["case"] = _also_a_case(initiative, None)
    if not conflict.phrase:
        return _("%(case)s, the type of conflict the same: %(conflict)s") % names
    if conflict.is_risk:
        return _("%(case)s where there was %(conflict)s") % names
    return _("%(case)s in %(conflict)s") % names


def _noun(initiative: InitiativeWords) -> str:
    return initiative.noun or _within(initiative.label)


def _within(label: str) -> str:
    """A label as it stands within a sentence: “Election observation” is small there, “UN police”
    is not."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def with_article(name: str) -> str:
    """The name as it stands within a sentence: “the United Nations”, “Tajikistan”. Names are
    stored without “the”; those whose chief noun says what kind of body it is take it."""
    words = name.split()
    head = next((n for n, word in enumerate(words) if word in _JOINTS), len(words)) - 1
    if name in _NO_ARTICLE or head < 0 or words[head] not in _TAKE_ARTICLE:
        return name
    return pgettext("a name within a sentence", "the %(name)s") % {"name": name}
