"""Accounts, for administrators, and the texts of the site: people are never deleted."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from revisions.admin import ShownToReaders
from website.models import SiteText

admin.site.unregister([User, Group])


@admin.register(SiteText)
class SiteTextAdmin(ShownToReaders):
    """The texts that whoever runs the site writes; which there are is in the code."""

    list_display = ("name", "is_stated")
    readonly_fields = ("name",)
    fields = ("name", "text")

    @admin.display(boolean=True, description=_("stated"))
    def is_stated(self, text: SiteText) -> bool:
        """A column of the list."""
        return bool(text.text.strip())

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody's."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SiteText | None = None) -> bool:
        """Nobody's."""
        return False


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Django's own, without deletion: the two shipped groups are what the roles rest on."""

    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Refused to everybody: the history names people for ever."""
        return False


@admin.register(User)
class PeopleAdmin(UserAdmin):
    """Django's own, without deletion: the history names people for ever."""

    list_display = ("username", "first_name", "last_name", "in_groups", "is_active", "last_login")
    list_filter = ("is_active", "groups", "is_superuser")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With the groups, for the list."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("groups"))
    def in_groups(self, user: User) -> str:
        """A column of the list."""
        if user.is_superuser:
            return str(_("administrator"))
        return ", ".join(group.name for group in user.groups.all()) or "–"

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refused to everybody: clear “active” instead."""
        return False
