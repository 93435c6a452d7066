"""The admin of what editors write: every save is a revision with a reason, none is overwritten."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import reversion
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import CharField, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Trim
from django.forms import BaseFormSet, Form, ModelForm
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from reversion.models import Version

from serving.site_version import bump

from . import audit, history, kept_copies, merging, working_copies
from .admin_search import FoldedSearch
from .admin_widgets import AutocompleteAdmin
from .faults import faults
from .forms import RevisedForm, RevisedFormSet
from .history import AnyRevised
from .history_pages import HistoryPages
from .models import Revised
from .people import user_of


class Audited(admin.ModelAdmin):
    """The audit trail gets a line for whatever Django's own log has: for what has no revisions."""

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        """Something was added."""
        entry = super().log_addition(request, obj, message)
        audit.record(obj, audit.Action.CREATED, by=user_of(request))
        return entry

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        """Something was changed; Django says in words which fields."""
        entry = super().log_change(request, obj, message)
        note = entry.get_change_message()
        audit.record(obj, audit.Action.CHANGED, by=user_of(request), note=note)
        return entry

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Something was deleted."""
        audit.record(obj, audit.Action.DISCARDED, by=user_of(request))
        super().delete_model(request, obj)


class ShownToReaders(Audited):
    """What readers' pages show as it stands, not as an edition froze it.

    Bumps the site version in the transaction of each change: a process that dies after it leaves
    no page of old. Whoever deletes several at once must bump it too, so there are no actions."""

    actions = None

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Iterable[BaseFormSet], change: bool
    ) -> None:
        """The last that Django stores of a change, within its transaction."""
        super().save_related(request, form, formsets, change)
        if change or not issubclass(self.model, Revised):  # else no edition names it yet
            bump()

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Within the transaction of Django's page for deleting."""
        super().delete_model(request, obj)
        bump()


class FollowsParent(AutocompleteAdmin, admin.options.InlineModelAdmin):
    """Rows that are part of a parent: who may change the parent may add, change and delete them."""

    extra = 0
    formset = RevisedFormSet

    def _may_parent(self, request: HttpRequest, verb: str) -> bool:
        meta = self.parent_model._meta
        return request.user.has_perm(f"{meta.app_label}.{verb}_{meta.model_name}")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As for the parent."""
        return self._may_parent(request, "view") or self._may_parent(request, "change")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As for the parent."""
        return self._may_parent(request, "change")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As for the parent."""
        return self._may_parent(request, "change" if obj else "add")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As for the parent."""
        return self._may_parent(request, "change")


class RevisedInline(FollowsParent, admin.TabularInline):
    """Such rows, shown as a table."""


class RevisedAdmin(FoldedSearch, AutocompleteAdmin, HistoryPages[AnyRevised]):
    """The admin of a `Revised` model: asks for a reason, keeps it with the user's name, refuses a
    save over a newer one, shows and restores the history."""

    form = RevisedForm
    change_form_template = "revisions/change_form.html"
    delete_confirmation_template = "revisions/discard.html"
    save_on_top = False
    actions: Any = None
    list_per_page = 50
    more_than_saves: tuple[str, ...] = ()  # buttons that do something though nothing was changed
    show_full_result_count = False

    class Media:
        css = {"all": ["admin-desk/desk.css", "admin-desk/lists.css"]}
        js = [
            Script("admin-desk/labels.js", type="module"),
            Script("admin-desk/leaving.js", type="module"),
            Script("admin-desk/working-copy.js", type="module"),
        ]

    def is_published(self, obj: AnyRevised) -> bool:
        """Whether an edition has shown it to readers."""
        raise NotImplementedError

    def is_needed(self, obj: AnyRevised) -> bool:
        """Whether something refers to it; then it cannot be deleted."""
        return self.is_published(obj)

    def get_fields(self, request: HttpRequest, obj: AnyRevised | None = None) -> list[Any]:
        """Without lock and reason: the template has them, apart from the other fields."""
        return [f for f in super().get_fields(request, obj) if f not in ("lock", "reason")]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> AnyRevised | None:
        """The object; when it is about to be saved, its row is locked until that is done."""
        obj = super().get_object(request, object_id, from_field)
        if obj is not None and request.method == "POST" and connection.in_atomic_block:
            return self.model._base_manager.select_for_update(no_key=True).filter(pk=obj.pk).first()
        return obj

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Saves the object and its rows in one transaction and one revision; or shows the form with
        what was typed into it and never saved, where that is asked for."""
        if copy := working_copies.asked_for(request):
            working_copies.look(request, copy)
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic(), reversion.create_revision():
            taken, unchanged = self._together(request, object_id)
            if unchanged:
                return self._nothing_changed(request)
            response = super().changeform_view(request, object_id, form_url, extra_context)
        if taken and response.status_code == HTTPStatus.FOUND:
            text = _("Saved together with what somebody else changed meanwhile: %s.")
            messages.info(request, text % ", ".join(taken))
        return response

    def _together(self, request: HttpRequest, object_id: str | None) -> tuple[list[str], bool]:
        """Brings what was sent together with what somebody else saved since the form was opened;
        the labels of what they changed, and whether what was sent is what is stored."""
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        lock = request.POST.get("lock", "")
        if obj is None or working_copies.LOOK in request.POST or not _is_number(lock):
            return [], False
        if not self.has_change_permission(request, obj):
            return [], False
        form = self.get_form(request, obj, change=True)(instance=obj)
        formsets = {
            str(capfirst(inline.opts.verbose_name_plural or inline.verbose_name_plural)): formset(
                instance=obj, queryset=inline.get_queryset(request)
            )
            for formset, inline in self.get_formsets_with_inlines(request, obj)
        }
        if int(lock) == obj.lock:
            asked = not request.POST.keys().isdisjoint(self.more_than_saves)
            return [], not asked and merging.is_unchanged(request.POST, form, formsets)
        base = history.revision_at(obj, int(lock))
        if base is None:
            return [], False
        merged = merging.merge(request.POST, form, formsets, base)
        request.POST = merged.posted  # type: ignore[assignment]
        return merged.taken, False

    def _nothing_changed(self, request: HttpRequest) -> HttpResponse:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
        if "_continue" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        meta = self.opts
        return HttpResponseRedirect(reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"))

    def save_model(
        self, request: HttpRequest, obj: AnyRevised, form: ModelForm, change: bool
    ) -> None:
        """Stores the object as its next revision, with user and reason."""
        reversion.set_user(request.user)
        reversion.set_comment(form.cleaned_data["reason"])
        obj.lock += 1
        super().save_model(request, obj, form, change)
        action = audit.Action.CHANGED if change else audit.Action.CREATED
        audit.record(obj, action, by=user_of(request), note=form.cleaned_data["reason"])

    def delete_model(self, request: HttpRequest, obj: AnyRevised) -> None:
        """The trail says who discarded it."""
        audit.record(obj, audit.Action.DISCARDED, by=user_of(request))
        super().delete_model(request, obj)

    def construct_change_message(  # type: ignore[override]  # Django's log takes a string too
        self, request: HttpRequest, form: Form, formsets: Iterable[BaseFormSet], add: bool = False
    ) -> str:
        """The reason, so that Django's own log has it too."""
        return form.cleaned_data["reason"]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With what others changed meanwhile, where a save was refused for that; and with what was
        typed here and is not saved."""
        form, obj = context["adminform"].form, kwargs.get("obj")
        if working_copies.LOOK in request.POST:
            context |= {"looked": True, "errors": [], "working_copies": []}
        else:
            context["working_copies"] = kept_copies.offered(request, context)
        if obj is not None:
            user = user_of(request)
            context["writing_too"] = working_copies.of_others(user, request.path)
            context["last_change"] = history.revisions_of(obj).first()
        if form.is_bound and getattr(form, "stale", False) and obj is not None:
            stored = self.model._base_manager.get(pk=obj.pk)
            opened_at = request.POST.get(merging.OPENED_AT, form.cleaned_data.get("lock"))
            context["meanwhile"] = history.meanwhile(stored, opened_at and int(opened_at))
        if context["errors"]:  # in place of Django's one sentence for all of them
            context["faults"] = faults(form, context["inline_admin_formsets"])
            context["errors"] = []
        return super().render_change_form(request, context, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: AnyRevised | None = None) -> bool:
        """Only one object at a time, by those who may, and never one that something refers to."""
        if obj is None:
            return False
        may = super().has_delete_permission(request, obj) or self.may_discard(request, obj)
        return may and not self.is_needed(obj)

    def may_discard(self, request: HttpRequest, obj: AnyRevised) -> bool:
        """Who may change a thing may discard it, where nothing needs it; it can be brought back."""
        return self.has_change_permission(request, obj)

    def get_view_on_site_url(self, obj: AnyRevised | None = None) -> str | None:
        """Only for what readers can see."""
        visible = obj is not None and obj.pk is not None and self.is_published(obj)
        return super().get_view_on_site_url(obj) if visible else None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Each with `last_changed_by`, the name of who changed it last, in the same query."""
        return super().get_queryset(request).annotate(last_changed_by=_last_changed_by(self.model))

    @admin.display(description=_("last changed by"), ordering="last_changed_by")
    def changed_by(self, obj: Any) -> str:
        """A column of lists; `obj` is a row of `get_queryset`."""
        return obj.last_changed_by or "–"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _last_changed_by(model: type[Model]) -> Subquery:
    user = "revision__user__"
    name = Trim(Concat(f"{user}first_name", Value(" "), f"{user}last_name"))
    return Subquery(
        Version.objects.filter(
            content_type=ContentType.objects.get_for_model(model),
            object_id=Cast(OuterRef("pk"), CharField()),
        )
        .order_by("-pk")
        .annotate(who=Coalesce(NullIf(name, Value("")), f"{user}username"))
        .values("who")[:1]
    )
