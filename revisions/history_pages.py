"""The admin pages about revisions: the history, the comparison of two, restoring one."""

from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, Generic

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from reversion.errors import RevertError
from reversion.models import Version

from . import history
from .differences import FieldDifference, differences
from .forms import RestoreForm
from .history import AnyRevised
from .people import user_of
from .revision_block import StaleLock
from .snapshots import of_object, of_version

PRESENT = "present"


@dataclass(frozen=True)
class Told:
    """Of revisions by their primary keys: the `stages` that the thing was in, and the `editions`
    that were published from them, in words; and the one that is `in_print`."""

    stages: dict[int, str] = field(default_factory=dict)
    editions: dict[int, str] = field(default_factory=dict)
    in_print: int | None = None


class HistoryPages(admin.ModelAdmin, Generic[AnyRevised]):
    """A ModelAdmin with pages for the history, for comparing and for restoring revisions.

    `also_in_history` names fields that are not editable and yet worth showing in differences.
    """

    also_in_history: tuple[str, ...] = ()

    def get_urls(self) -> list[URLPattern]:
        """Those of Django, and ours before them."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/history/compare/",
                view(self.compare_view),
                name=f"{name}_compare",
            ),
            path(
                "<path:object_id>/history/<int:version_id>/restore/",
                view(self.restore_view),
                name=f"{name}_restore",
            ),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every revision, newest first, with who, when and why, and what it was in print."""
        obj = self._viewable_or_404(request, object_id)
        revisions = history.revisions_of(obj)
        page = Paginator(revisions, 50).get_page(request.GET.get("p"))
        versions = list(page.object_list)
        older = revisions.order_by("-pk").values_list("pk", flat=True)
        before = [v.pk for v in versions[1:]] + list(older[page.end_index() :][:1])
        told = self.told_of(obj, versions)
        context = self._context(request, obj, _("History of “%(thing)s”") % {"thing": obj}) | {
            "page": page,
            "rows": list(zip_longest(versions, before)),
            "told": told,
            "pages": page.paginator.get_elided_page_range(page.number),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "revisions/history.html", context)

    def told_of(self, obj: AnyRevised, versions: list[Version]) -> Told:
        """What the history says of these revisions besides who, when and why."""
        return Told()

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What differs between two revisions, or between one and the present."""
        obj = self._viewable_or_404(request, object_id)
        older, newer = (self._version(obj, request.GET.get(name)) for name in ("from", "to"))
        if newer is not None and (older is None or older.pk > newer.pk):
            older, newer = newer, older
        context = self._context(request, obj, _("What changed in “%(thing)s”") % {"thing": obj})
        context |= {
            "older": older,
            "newer": newer,
            "differences": self._differences(obj, older, newer),
        }
        return TemplateResponse(request, "revisions/compare.html", context)

    def restore_view(self, request: HttpRequest, object_id: str, version_id: int) -> HttpResponse:
        """Shows what restoring would change, asks why, and does it."""
        obj = self._viewable_or_404(request, object_id)
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        version = self._version(obj, str(version_id))
        form = RestoreForm(request.POST or None, initial={"lock": obj.lock})
        if request.method == "POST" and not self._differences(obj, None, version):
            form.add_error(None, _("Nothing would change: that revision is how it stands now."))
        elif request.method == "POST" and form.is_valid():
            obj.lock = form.cleaned_data["lock"]
            try:
                by = user_of(request)
                restored = self.restore(obj, version, by=by, reason=form.cleaned_data["reason"])
            except StaleLock as error:
                form.add_error(None, str(error))
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, _("The older revision has been restored."))
                if restored.not_restored:
                    lost = get_text_list(list(restored.not_restored), _("and"))
                    words = _("What is no longer there could not be brought back: %s.") % lost
                    messages.warning(request, words)
                return HttpResponseRedirect(self._admin_url("change", obj))
            obj = self._viewable_or_404(request, object_id)
        context = self._context(request, obj, _("Restore “%(thing)s”") % {"thing": obj}) | {
            "version": version,
            "form": form,
            "differences": self._differences(obj, None, version),
        }
        return TemplateResponse(request, "revisions/restore.html", context)

    def restore(self, obj: AnyRevised, version: Version, *, by: User, reason: str) -> AnyRevised:
        """Restores an object of this model; raises as `history.restore`. Subclasses add to it."""
        return history.restore(obj, version, by=by, reason=reason)

    def thing(self, request: HttpRequest, object_id: str) -> AnyRevised | None:
        """The object with that id, quoted as in admin addresses, or None."""
        return self.get_object(request, unquote(object_id))

    def _viewable_or_404(self, request: HttpRequest, object_id: str) -> AnyRevised:
        """The object. Raises Http404 without one, PermissionDenied if the user may not view it."""
        obj = self.thing(request, object_id)
        if obj is None:
            raise Http404(_("There is no such %(kind)s.") % {"kind": self.opts.verbose_name})
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        return obj

    def _version(self, obj: AnyRevised, value: str | None) -> Version | None:
        """The revision with that id, None for the present state. Raises Http404."""
        if value is None or value == PRESENT:
            return None
        version = None
        if value.isdecimal() and value.isascii() and len(value) < 19:
            version = history.revisions_of(obj).filter(pk=int(value)).first()
        if version is None:
            raise Http404(_("There is no such revision."))
        return version

    def _differences(
        self, obj: AnyRevised, older: Version | None, newer: Version | None
    ) -> list[FieldDifference] | None:
        """None where one of the two was stored in a form that can no longer be read."""
        try:
            before, after = (
                of_object(obj, self.also_in_history)
                if version is None
                else of_version(version, self.also_in_history)
                for version in (older, newer)
            )
        except RevertError:
            return None
        return differences(before, after)

    def _context(self, request: HttpRequest, obj: AnyRevised, title: str) -> dict[str, Any]:
        request.current_app = self.admin_site.name
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": obj,
            "media": self.media,
            "has_change_permission": self.has_change_permission(request, obj),
            "change_url": self._admin_url("change", obj),
            "history_url": self._admin_url("history", obj),
            "compare_url": self._admin_url("compare", obj),
        }

    def _admin_url(self, page: str, obj: AnyRevised) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=[obj.pk], current_app=self.admin_site.name)
