"""Who is at the desk, and who has been: also asked of a request before what it sends is read."""

from http.cookies import CookieError, SimpleCookie
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import close_old_connections
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare


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
