"""Keeps what somebody types into a form of the desk until it is saved: on the server, theirs alone.

A working copy is no revision. It is what the fields of one form held when the browser sent them
last, offered to whoever typed it when they open the form again; saving or discarding removes it.
"""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from .models import WorkingCopy

LONGEST_ADDRESS = 300
LARGEST = 2_000_000  # characters of all fields: an article of 100,000, and every fact of it
MOST_FIELDS = 5_000
POSTED_FOR = timedelta(hours=1)
JUST_NOW = timedelta(minutes=30)
LOOK = "_look"  # the field that says: show this form as it was typed, and store nothing
_NOT_KEPT = frozenset(("csrfmiddlewaretoken", "_address", "_discard", "password", LOOK))


class TooLarge(ValueError):
    """More was typed than a form of ours can hold."""


def keep(
    user: User, address: str, typed: QueryDict, kind: str = WorkingCopy.Kind.TYPED
) -> WorkingCopy:
    """Keep what the fields of a form hold in place of what they held before. Raises TooLarge."""
    pairs = [
        (name, value.replace("\0", ""))
        for name, values in typed.lists()
        for value in values
        if name not in _NOT_KEPT and "password" not in name and isinstance(value, str)
    ]
    size = sum(len(name) + len(value) for name, value in pairs)
    if len(address) > LONGEST_ADDRESS or size > LARGEST or len(pairs) > MOST_FIELDS:
        raise TooLarge
    copy, _new = WorkingCopy.objects.update_or_create(
        user=user,
        address=address,
        kind=kind,
        defaults={"content": pairs, "kept_at": timezone.now()},
    )
    return copy


def of(user: User, address: str) -> "QuerySet[WorkingCopy]":
    """What is kept of that form for that person, the newest first; what was posted, for an hour."""
    expired = timezone.now() - POSTED_FOR
    kept = WorkingCopy.objects.filter(user=user, address=address).order_by("-kept_at")
    return kept.exclude(kind=WorkingCopy.Kind.POSTED, kept_at__lt=expired)


def of_others(user: User, address: str) -> "QuerySet[WorkingCopy]":
    """What others are typing into that form just now, by who typed last."""
    kept = WorkingCopy.objects.filter(address=address, kind=WorkingCopy.Kind.TYPED)
    now = kept.filter(kept_at__gt=timezone.now() - JUST_NOW)
    return now.exclude(user=user).select_related("user").order_by("-kept_at")


def discard(user: User, address: str) -> None:
    """Forget what is kept of that form for that person, and what anybody posted too long ago."""
    WorkingCopy.objects.filter(user=user, address=address).delete()
    expired = timezone.now() - POSTED_FOR
    WorkingCopy.objects.filter(kind=WorkingCopy.Kind.POSTED, kept_at__lt=expired).delete()


def discard_of_others(user: User, address: str) -> None:
    """Forget what others posted to that form from this browser: somebody else sits before it."""
    posted = WorkingCopy.objects.filter(kind=WorkingCopy.Kind.POSTED, address=address)
    posted.exclude(user=user).delete()


def discard_that_name(people: list[str], *, under: str) -> None:
    """Forget what anybody typed into forms at addresses that begin with `under` and that holds one
    of these names: of somebody who is erased."""
    for copy in WorkingCopy.objects.filter(address__startswith=under):
        if any(person in value for _name, value in copy.content for person in people):
            copy.delete()


def typed_in(copy: WorkingCopy) -> QueryDict:
    """The fields as the browser sent them."""
    typed = QueryDict(mutable=True)
    for name, value in copy.content:
        typed.appendlist(name, value)
    return typed


def asked_for(request: HttpRequest) -> WorkingCopy | None:
    """The working copy that `?working-copy=typed` or `posted` asks for, of whoever asks."""
    kind = request.GET.get("working-copy", "")
    if kind not in WorkingCopy.Kind.values or request.method != "GET":
        return None
    return of(request.user, request.path).filter(kind=kind).first()  # type: ignore[arg-type]


def look(request: HttpRequest, copy: WorkingCopy) -> None:
    """Make of a request for a form one that sends it as it was typed, for which nothing is stored
    (`revisions.forms.RevisedForm`)."""
    typed = typed_in(copy)
    typed[LOOK] = copy.kind
    assert not request.FILES  # noqa: S101 - which reads the body, and would do so over what follows
    request.POST, request.method = typed, "POST"  # type: ignore[assignment]
