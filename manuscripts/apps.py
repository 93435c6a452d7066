"""Names the app for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ManuscriptsConfig(AppConfig):
    name = "manuscripts"
    verbose_name = _("Manuscripts")
    default_auto_field = "django.db.models.BigAutoField"
