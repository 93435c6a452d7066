"""Somebody who leaves: their drafts and claims go to a colleague, the account is closed, and its
sessions end. What they wrote stays theirs in every history."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import services as cases
from cases.models import Case
from corrections import services as corrections
from corrections.models import Correction
from reviews import claims
from reviews.models import ReviewFile
from revisions import audit

from . import sessions


class NotPossible(ValueError):
    """That colleague cannot take it over, or that account cannot be closed; the words say why."""


@dataclass(frozen=True)
class Kind:
    """A kind of thing that would be stranded: its name, which of them are a person's, who may have
    them, and how one is handed over."""

    name: Any
    of_person: Callable[[User], QuerySet[Any]]
    permission: str
    hand_over: Callable[..., Any]  # (thing, *, by, to)


def _assign(case: Case, *, by: User, to: User) -> None:
    cases.assign(case, to=to, by=by, reason=_("Handed over."))


KINDS = (
    Kind(
        gettext_lazy("drafts and cases in review"),
        Case.objects.held_by,
        "cases.change_case",
        _assign,
    ),
    Kind(
        gettext_lazy("corrections taken and not decided"),
        Correction.objects.claimed_by,
        "corrections.decide_correction",
        corrections.hand_over,
    ),
    Kind(
        gettext_lazy("reviews claimed"),
        ReviewFile.objects.held_by,
        "cases.publish_case",
        claims.hand_over,
    ),
)


@dataclass(frozen=True)
class Held:
    """What somebody has of one kind."""

    kind: Kind
    things: list[Any]


def held_by(person: User) -> list[Held]:
    """What would be stranded; a query for each kind."""
    found = (Held(kind, list(kind.of_person(person))) for kind in KINDS)
    return [held for held in found if held.things]


def hand_over(person: User, *, by: User, to: User | None) -> None:
    """Give all that `person` has to `to`, or leave it where it is for None; close the account and
    end its sessions. Nobody becomes one of those who changed a case by this: who may publish stays
    as it was. Raises NotPossible."""
    with transaction.atomic():
        locked = {user.pk: user for user in _locked(person, to)}
        stored, taker = locked[person.pk], locked[to.pk] if to else None
        if stored == by:
            raise NotPossible(_("Nobody closes their own account: ask another administrator."))
        if taker is not None:
            _refuse_who_cannot(stored, taker)
        for held in held_by(stored):
            if taker is not None:
                _hand_over(held, by=by, to=taker)
            told = _("left behind") if taker is None else str(taker)
            note = f"{held.kind.name}: {', '.join(str(thing) for thing in held.things)}"
            audit.record(stored, audit.Action.HANDED_OVER, by=by, after=told[:60], note=note)
        close(stored, by=by)


def close(person: User, *, by: User) -> None:
    """Make an account inactive, and end its sessions."""
    with transaction.atomic():
        person.is_active = False
        person.save(update_fields=["is_active"])
        audit.record(person, audit.Action.CHANGED, by=by, before=_("active"), after=_("inactive"))
        sessions.end_all(person, by=by)


def successors(person: User) -> "QuerySet[User]":
    """Who may take something over."""
    there = User.objects.filter(is_active=True, is_staff=True).exclude(pk=person.pk)
    return there.order_by("last_name", "first_name", "username")


def _locked(person: User, to: User | None) -> "Iterator[User]":
    keys = {person.pk} | ({to.pk} if to else set())
    yield from User.objects.select_for_update().filter(pk__in=keys).order_by("pk")


def _refuse_who_cannot(person: User, to: User) -> None:
    if to == person or not to.is_active or not to.is_staff:
        raise NotPossible(_("%s cannot take anything over.") % to)
    for held in held_by(person):
        if not to.has_perm(held.kind.permission):
            facts = {"who": to, "what": held.kind.name}
            raise NotPossible(_("%(who)s cannot take these over: %(what)s.") % facts)


def _hand_over(held: Held, *, by: User, to: User) -> None:
    for thing in held.things:
        held.kind.hand_over(thing, by=by, to=to)
