"""Secret links to drafts: made, ended, opened."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from revisions import audit

from .models import DraftLink


class LinkEnded(RuntimeError):
    """The link has ended already."""


def make_link(case: Case, *, by: User, for_whom: str, ends_at: datetime) -> tuple[DraftLink, str]:
    """A new link, and its secret part, which is kept nowhere. Raises ValidationError for an end
    that has passed."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        link = DraftLink(
            case=case, digest=_digest(token), for_whom=for_whom, made_by=by, ends_at=ends_at
        )
        link.full_clean()
        link.save()
        until = ends_at.isoformat(timespec="minutes")
        audit.record(case, audit.Action.LINK_MADE, by=by, after=until)
    return link, token


def end_link(link: DraftLink, *, by: User) -> DraftLink:
    """From now on it leads nowhere. Raises LinkEnded where it does already."""
    with transaction.atomic():
        stored = DraftLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
        if not stored.is_alive:
            raise LinkEnded(_("This link has ended already."))
        stored.ended_at, stored.ended_by = timezone.now(), by
        stored.full_clean()
        stored.save()
        audit.record(stored.case, audit.Action.LINK_ENDED, by=by)
    return stored


def with_token(token: str) -> DraftLink | None:
    """The link of that secret part, ended or not."""
    links = DraftLink.objects.select_related("case__aim", "case__conflict")
    return links.filter(digest=_digest(token)).first()


def note_view(link: DraftLink) -> None:
    """It was opened once more. One query."""
    now = timezone.now()
    DraftLink.objects.filter(pk=link.pk).update(views=F("views") + 1, last_opened_at=now)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
