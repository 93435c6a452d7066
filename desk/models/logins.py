"""Where people are logged in."""

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DeskSession(models.Model):
    """One browser in which somebody is logged in: Django's session, which knows no user column,
    with what its owner knows it by. It goes with that session (`desk.sessions.clear`, logging out).

    `place` is the address, shortened to its network; `browser` is in words."""

    session = models.OneToOneField(
        Session, on_delete=models.CASCADE, related_name="desk_session", verbose_name=_("session")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="desk_sessions",
        verbose_name=_("user"),
    )
    began_at = models.DateTimeField(_("began"), default=timezone.now)
    last_seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
    place = models.CharField(_("from about"), max_length=60, blank=True)
    browser = models.CharField(_("browser"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("session at the desk")
        verbose_name_plural = _("sessions at the desk")
        ordering = ["-last_seen_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.browser}, {self.place}"
