"""The addresses that editions in print cite, as the desk lists them; and what the worker asks."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from editions.links.watching import Watch
from editions.models import AddressCitation, AddressPassage, Edition, WatchedAddress
from editions.models.editions import long_columns
from revisions import audit
from sources.links.passages import Looked
from sources.links.verdicts import FAILING, Outcome

SECONDS = 20  # of one turn of the worker, which has mails to send as well


def ask_some() -> int:
    """Ask some of the addresses that are due, where LINK_WATCH says so; returns how many."""
    return sum(1 for _address in Watch().run(seconds=SECONDS)) if settings.LINK_WATCH else 0


def _passage(looked: str) -> Q:
    rows = AddressPassage.objects.filter(citation=OuterRef("pk"), looked=looked)
    return Q(Exists(rows))


def _outcome(*outcomes: str) -> Q:
    return Q(address__outcome__in=outcomes)


_DEAD = Q(address__dead_since__isnull=False)
_FAILING = Q(address__dead_since=None, address__failures__gt=0) & _outcome(*FAILING)
_TROUBLES: dict[str, tuple[Promise, Q]] = {
    "dead": (_("dead"), _DEAD),
    "failing": (_("failing, not dead yet"), _FAILING),
    "redirected": (_("moved for good"), _outcome(Outcome.REDIRECTED)),
    "certificate": (_("bad certificate"), _outcome(Outcome.BAD_CERTIFICATE)),
    "not-asked": (_("no address we may ask"), _outcome(Outcome.NOT_ASKED)),
    "not-found": (_("passage not found"), _passage(Looked.NOT_FOUND)),
    "nearly": (_("passage found nearly"), _passage(Looked.NEARLY)),
}
STATES: dict[str, tuple[Promise, Q]] = {
    **_TROUBLES,
    "refused": (_("refused to us"), _outcome(Outcome.REFUSED, Outcome.ENDLESS)),
    "not-looked": (_("passage could not be looked for"), _passage(Looked.NOT_LOOKED)),
    "found": (_("passage found"), _passage(Looked.FOUND)),
    "unasked": (_("not asked yet"), Q(address__checked_at=None)),
    "there": (_("there"), _outcome(Outcome.OK)),
}


@dataclass(frozen=True)
class State:
    """A state that one may ask for, and how many citations are in it."""

    name: str
    label: str | Promise
    count: int


def citations(words: str = "") -> QuerySet[AddressCitation]:
    """What editions in print cite, by case; those with all `words` in title or address."""
    found = AddressCitation.objects.filter(edition__in=Edition.objects.listed().values("pk"))
    for word in words.split()[:8]:
        found = found.filter(
            Q(edition__title__icontains=word) | Q(address__address__icontains=word)
        )
    return found


def in_state(found: QuerySet[AddressCitation], state: str) -> QuerySet[AddressCitation]:
    """Those in that state, with what the list shows of them, ordered by case. Two queries."""
    asked = found.filter(STATES[state][1]) if state in STATES else found
    return (
        asked.select_related("edition__case", "address")
        .defer(*long_columns("edition"), "edition__case__body")
        .prefetch_related("passages")
        .order_by("edition__title", "edition", "address__address", "pk")
    )


def states(found: QuerySet[AddressCitation]) -> list[State]:
    """Every state with its count. One query."""
    counts = found.aggregate(
        **{name.replace("-", "_"): Count("pk", filter=test) for name, (_l, test) in STATES.items()},
        all=Count("pk"),
    )
    every = State("", _("all"), counts["all"])
    named = [State(n, label, counts[n.replace("-", "_")]) for n, (label, _t) in STATES.items()]
    return [*named, every]


def check_now(address: WatchedAddress, *, by: User) -> WatchedAddress:
    """Ask one address at once, at somebody's wish. Raises `editions.links.watching.HostBusy`."""
    stored = Watch().check_now(address)
    audit.record(stored, audit.Action.ADDRESS_ASKED, by=by, after=stored.outcome)
    return stored
