"""Who is at the desk, where, and who has been: also asked before what a request sends is read."""

from datetime import timedelta
from http.cookies import CookieError, SimpleCookie
from time import time
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import close_old_connections, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import ngettext

from revisions import audit
from serving.client_address import of_request

from . import browsers
from .models import DeskSession

_STILL_KNOWN = timedelta(days=1)


def has_logged_in(environ: dict[str, Any]) -> bool:
    """Whether a WSGI environ carries the cookie of a session in which somebody logged in, be it
    over by now. One query."""
    try:
        cookie = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return False
    if cookie is None or not cookie.value.isalnum() or len(cookie.value) > 40:
        return False
    close_old_connections()
    session = Session.objects.filter(pk=cookie.value).first()
    return session is not None and SESSION_KEY in session.get_decoded()


def whose(request: HttpRequest) -> User | None:
    """Who is at the desk, or was until the session of this browser ended; None where that cannot be
    told, and where the password has changed since."""
    if request.user.is_authenticated:
        return request.user
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    session = Session.objects.filter(pk=key).first() if key.isalnum() else None
    known = session.get_decoded() if session else {}
    staff = User.objects.filter(is_active=True, is_staff=True)
    user = staff.filter(pk=known[SESSION_KEY]).first() if SESSION_KEY in known else None
    if user is None:
        return None
    same = constant_time_compare(known.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    return user if same else None


def slide(request: HttpRequest) -> None:
    """Let the session last on from now; written once in ten minutes at most."""
    now = int(time())
    if now - request.session.get("lasts_from", 0) > 600:
        request.session["lasts_from"] = now
        _note(request)


def begin(request: HttpRequest) -> None:
    """Write down where somebody has just logged in; also once the session got another key."""
    if request.session.session_key is None:
        request.session.save()
    request.session["lasts_from"] = int(time())
    _note(request)


def _note(request: HttpRequest) -> None:
    now, user = timezone.now(), cast(User, request.user)
    seen = {
        "user": user,
        "last_seen_at": now,
        "place": browsers.network(of_request(request)),
        "browser": browsers.in_words(request.META.get("HTTP_USER_AGENT", "")),
    }
    with transaction.atomic():
        # Whoever ends this session at the same moment waits, or has done so already.
        stored = Session.objects.select_for_update().filter(pk=request.session.session_key).first()
        if stored is not None:
            DeskSession.objects.update_or_create(
                session=stored, defaults=seen, create_defaults={**seen, "began_at": now}
            )


def of_person(user: User) -> "QuerySet[DeskSession]":
    """Where that person is logged in, the last seen first."""
    return user.desk_sessions.filter(session__expire_date__gt=timezone.now())


def end(session: DeskSession, *, by: User) -> None:
    """Log its browser out: with its next request it is nobody's. What it posts then is not kept, as
    after a session that has run out."""
    with transaction.atomic():
        note = f"{session.browser}, {session.place}"
        audit.record(session.user, audit.Action.SESSION_ENDED, by=by, note=note)
        Session.objects.filter(pk=session.session_id).delete()


def end_all(user: User, *, by: User | None, but: str | None = "") -> int:
    """Log somebody out everywhere, but in the session of that key. Returns in how many."""
    with transaction.atomic():
        ended = user.desk_sessions.exclude(session_id=but or "")
        keys = list(ended.values_list("session_id", flat=True))
        if keys:
            note = ngettext("%d session", "%d sessions", len(keys)) % len(keys)
            audit.record(user, audit.Action.SESSION_ENDED, by=by, note=note)
            Session.objects.filter(pk__in=keys).delete()
    return len(keys)


def clear() -> int:
    """Delete sessions that ran out more than a day ago, and return how many rows went. Until then
    it is known from them whose the text is that somebody sends too late (`desk.keeping`)."""
    return Session.objects.filter(expire_date__lt=timezone.now() - _STILL_KNOWN).delete()[0]
