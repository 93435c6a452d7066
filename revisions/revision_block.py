"""Records who changed what, and why: one transaction, one revision, one reason."""

from collections.abc import Iterator
from contextlib import contextmanager

import reversion
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from serving.site_version import bump


class ReasonMissing(ValueError):
    """A revision was asked for without a reason."""


class StaleLock(RuntimeError):
    """The thing was saved by somebody else since the caller read it."""


@contextmanager
def recorded(*, by: Model | None, reason: str) -> Iterator[None]:
    """Everything saved inside is one revision by `by`, kept with `reason`.

    The site version turns over with it, since organisations and sources are read as they stand.
    Raises ReasonMissing when the reason is blank; on any error nothing is stored.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say in a few words why: the reason is kept with the revision."))
    with transaction.atomic(), reversion.create_revision():
        if by is not None:
            reversion.set_user(by)
        reversion.set_comment(reason.strip())
        yield
        bump()


def save(obj: Model) -> None:
    """Validate and store `obj` as its next revision (inside `recorded`); raises ValidationError."""
    obj.lock += 1
    obj.full_clean()
    obj.save()
