"""The admin site: Django's own, with the desk's pages added."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class DeskSite(admin.AdminSite):
    """Django's admin under the collection's name."""

    site_header = _("Peacesite: the editors' desk")
    site_title = _("Peacesite desk")
    index_title = _("What needs attention")
