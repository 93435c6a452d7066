"""Who has been at the desk: asked of a request before what it sends is read."""

from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import close_old_connections


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
