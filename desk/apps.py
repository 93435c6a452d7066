"""Names the app for Django, and puts the desk in the place of Django's own admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = _("Desk")
    default_auto_field = "django.db.models.BigAutoField"


class DeskAdminConfig(AdminConfig):
    default_site = "desk.site.DeskSite"
