"""Accounts, for administrators, and the texts of the site: people are never deleted."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, User
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from revisions.admin import Audited, ShownToReaders
from revisions.people import user_of
from website.models import SiteText

from . import leaving, passwords, second_factor, sessions
from .account_forms import in_our_words

# Keys and recovery codes are shown to nobody; `desk.views.second_factor` has their pages.
admin.site.unregister([User, Group, StaticDevice, TOTPDevice])


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
    """Who somebody is, and what they do here. `by` is whoever fills it in."""

    by: User | None = None

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["role"] = _role_of(self.instance)
        _in_our_words(self)
        active = self.fields["is_active"]
        active.label = _("Account is open")
        active.help_text = _("Not ticked: nobody can sign in with it. Accounts are never deleted.")

    def clean(self) -> dict[str, Any]:
        """Nobody locks themselves out, and nothing is stranded unawares."""
        cleaned = super().clean() or {}
        closes = self.initial.get("is_active") and not cleaned.get("is_active")
        if self.by == self.instance and (closes or cleaned.get("role") != self.initial["role"]):
            told = _("Nobody closes their own account or changes their own role.")
            self.add_error(None, told)
        elif closes and (held := leaving.held_by(self.instance)):
            self.add_error("is_active", _stranded(held))
        return cleaned


def _stranded(held: list[leaving.Held]) -> str:
    """What would be left without anybody, and how it is handed over."""
    told = "; ".join(
        f"{one.kind.name}: {', '.join(str(thing) for thing in one.things)}" for one in held
    )
    refused = _("This would be stranded. %s. Hand it over by “Somebody leaves” above.")
    return str(refused) % told


class NewPersonForm(_WithRole, UserCreationForm):
    """The same for somebody new. Without a password they are sent an invitation."""

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self)
        in_our_words(self, "password1", "password2")
        self.fields["password1"].required = self.fields["password2"].required = False

    def clean(self) -> dict[str, Any]:
        """A password twice, or an address to which the invitation goes."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if bool(first) != bool(second) and "password2" not in self.errors:
            self.add_error("password2", self.error_messages["password_mismatch"])
        invited = not first and not second and cleaned.get("role")
        if invited and not cleaned.get("email") and "email" not in self.errors:
            told = _("Type the address to which the invitation goes, or set a password below.")
            self.add_error("email", told)
        return cleaned

    def set_password_and_save(self, user: User, *args: Any, **kwargs: Any) -> User:
        """Without one, none."""
        if self.cleaned_data["password1"]:
            return super().set_password_and_save(user, *args, **kwargs)  # type: ignore[misc]
        user.set_unusable_password()
        if kwargs.get("commit", True):
            user.save()
        return user


def _in_our_words(form: forms.ModelForm) -> None:
    """What Django says about the fields of a person, shorter."""
    for name, label in (
        ("username", _("Name to sign in with")),
        ("email", _("Mail address")),
    ):
        form.fields[name].label = label
    form.fields["username"].help_text = _(
        "Letters, digits and @ . + - _; it is shown to colleagues."
    )
    for name in ("username", "email"):
        form.fields[name].error_messages["required"] = _("This is needed.")


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
    add_form_template = change_form_template = "desk/person_form.html"
    readonly_fields = ("state", "second_factor", "last_login")
    fieldsets = (
        (None, {"fields": ("username", ("first_name", "last_name"), "email", "role")}),
        (_("Coming in"), {"fields": ("is_active", *readonly_fields)}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", ("first_name", "last_name"), "email", "role")}),
        (
            _("A first password, where no mail reaches them"),
            {
                "description": _("Left blank, they are sent an invitation to set their own."),
                "fields": ("password1", "password2"),
            },
        ),
    )
    filter_horizontal = ()
    list_display = ("username", "called", "email", "in_groups", "state", "last_login")
    list_filter = ("is_active", "groups", "is_superuser")
    list_per_page = 50
    show_full_result_count = False
    actions = None

    class Media:
        css = {"all": ["admin-desk/desk.css"]}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Under a name of ours."""
        return super().changelist_view(request, {"title": _("People"), **(extra_context or {})})

    def get_urls(self) -> list[Any]:
        """Without Django's page for passwords: ours are in `desk.account_urls`."""
        return [url for url in super().get_urls() if url.name != "auth_user_password_change"]

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """It knows who fills it in."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = user_of(request)  # type: ignore[attr-defined]
        return form

    @admin.display(description=_("name"))
    def called(self, user: User) -> str:
        """A column of the list."""
        return user.get_full_name() or "–"

    @admin.display(description=_("account"))
    def state(self, user: User) -> str:
        """In words."""
        if not user.is_active:
            return str(_("closed"))
        if passwords.is_invited(user):
            return str(_("invited, not been here yet"))
        return str(_("open"))

    @admin.display(description=_("second factor"))
    def second_factor(self, user: User) -> str:
        """Whether they have one."""
        if second_factor.device_of(user) is not None:
            return str(_("on"))
        must = second_factor.must_use(user)
        return str(_("not set up yet; asked for at the next log-in") if must else _("off"))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With what an administrator may do to the account besides."""
        person = kwargs.get("obj")
        context["person"] = person
        context["is_oneself"] = person == request.user
        context["is_invited"] = person is not None and passwords.is_invited(person)
        return super().render_change_form(request, context, *args, **kwargs)

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
        person, by = form.instance, user_of(request)
        if not change and role and not person.has_usable_password():
            passwords.invite(person, by=by)
            messages.info(request, _("An invitation is on its way to %s.") % person.email)
        if change and "is_active" in form.changed_data and not person.is_active:
            sessions.end_all(person, by=by)

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
