"""What happens to a published case, and what it is called: which edition and which notice.

The words of notices are Crossref's types of update and NISO CREC's (RP-45-2024). A test holds
the table of docs/corrections.md to it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from editions.models import Edition

from .models import Notice

Kind = Notice.Kind


@dataclass(frozen=True)
class Event:
    """What happens: `edition` is the kind of the new edition, None where none is made; `notice`
    its notice. ALWAYS has it one, WANTED where readers must know, REPORTED where a reader had
    reported it. `crossref` is Crossref's type of update, blank where it knows none."""

    name: Promise
    edition: Edition.Kind | None
    notice: Notice.Kind
    when: str
    crossref: str


ALWAYS, WANTED, REPORTED = "always", "wanted", "reported"

EVENTS = (
    Event(
        _("spelling or style is mended"), Edition.Kind.EDITORIAL, Kind.ERRATUM, REPORTED, "erratum"
    ),
    Event(
        *(_("an error of fact is mended"), Edition.Kind.CORRECTION, Kind.CORRECTION),
        *(ALWAYS, "correction"),
    ),
    Event(
        *(_("what was right is made clearer"), Edition.Kind.CLARIFICATION, Kind.CLARIFICATION),
        *(ALWAYS, "clarification"),
    ),
    Event(
        _("new evidence or events are added"),
        Edition.Kind.UPDATE,
        Kind.ADDENDUM,
        WANTED,
        "addendum",
    ),
    Event(
        *(_("a claim is being checked"), None, Kind.CONCERN),
        *(ALWAYS, "expression_of_concern"),
    ),
    Event(_("the check is done"), None, Kind.CONCERN_LIFTED, ALWAYS, ""),
    Event(
        *(_("the case no longer stands"), Edition.Kind.WITHDRAWAL, Kind.WITHDRAWAL),
        *(ALWAYS, "withdrawal"),
    ),
    Event(_("the law demands it"), None, Kind.REMOVAL, ALWAYS, "removal"),
)
_BY_EDITION = {event.edition: event for event in EVENTS if event.edition}


def event_of(edition_kind: str) -> Event:
    """What has happened where an edition of that kind is published. Raises KeyError for a first
    edition, which nothing happened to."""
    return _BY_EDITION[Edition.Kind(edition_kind)]
