"""Accounts, for administrators, and the texts of the site: people are never deleted."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, User
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from revisions.admin import Audited, ShownToReaders
from website.models import SiteText

admin.site.unregister([User, Group])


class Role(models.TextChoices):
    """What somebody does here; the first two are the names of groups (`desk.roles`)."""

    EDITOR = "Editors", _("editor: writes cases, organisations and sources")
    MODERATOR = "Moderators", _("moderator: also reviews, publishes and decides corrections")
    ADMINISTRATOR = "administrator", _("administrator: may do everything, accounts too")
    NONE = "", _("none: cannot come to the desk")


class _WithRole(forms.ModelForm):
    role = forms.ChoiceField(
        label=_("Role"), choices=Role, required=False, widget=forms.RadioSelect, initial=Role.EDITOR
    )


class PersonForm(_WithRole):
    """Who somebody is, and what they do here."""

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["role"] = _role_of(self.instance)


class NewPersonForm(_WithRole, UserCreationForm):
    """The same for somebody new, with a first password."""

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email")


def _role_of(user: User) -> str:
    if user.is_superuser:
        return Role.ADMINISTRATOR
    groups = set(user.groups.values_list("name", flat=True)) if user.pk and user.is_staff else set()
    return next((role for role in (Role.MODERATOR, Role.EDITOR) if role in groups), Role.NONE)


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
class RoleAdmin(Audited, GroupAdmin):
    """Django's own, without deletion: the two shipped groups are what the roles rest on."""

    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Refused to everybody: the history names people for ever."""
        return False


@admin.register(User)
class PeopleAdmin(Audited, UserAdmin):
    """Name, address and role in one form, without deletion: the history names people for ever."""

    form = PersonForm
    add_form = NewPersonForm
    add_form_template = "admin/change_form.html"
    readonly_fields = ("last_login", "change_password")
    fieldsets = (
        (None, {"fields": ("username", ("first_name", "last_name"), "email", "role")}),
        (_("Coming in"), {"fields": ("is_active", "change_password", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", ("first_name", "last_name"), "email", "role")}),
        (_("Coming in"), {"fields": ("password1", "password2")}),
    )
    filter_horizontal = ()
    list_display = ("username", "first_name", "last_name", "in_groups", "is_active", "last_login")
    list_filter = ("is_active", "groups", "is_superuser")

    @admin.display(description=_("password"))
    def change_password(self, user: User) -> str:
        """The way to the page that sets another."""
        address = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('<a href="{}">{}</a>', address, _("Set another password"))

    def save_model(
        self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool
    ) -> None:
        """The role decides who may come to the desk, and who may do everything there."""
        role = form.cleaned_data.get("role")
        if role is not None:
            obj.is_staff, obj.is_superuser = bool(role), role == Role.ADMINISTRATOR
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool
    ) -> None:
        """And in which group they are."""
        super().save_related(request, form, formsets, change)
        role = form.cleaned_data.get("role")
        if role is not None:
            form.instance.groups.set(Group.objects.filter(name=role))

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
