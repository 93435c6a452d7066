"""The admin site: Django's own, with the desk's pages added."""

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from revisions import working_copies
from revisions.people import user_of

from . import dashboard, keeping, logins, mail_queue, review_queue, second_factor, sessions
from .account_urls import OUTSIDE, own_account, persons
from .page_urls import pages
from .views import (
    audit,
    cited_addresses,
    discarded,
    mail,
    manuscripts,
    proofreading,
    reading,
    references,
    sign_in,
    slips,
)

_PAGES = (  # name of the page, who may open it, what it is called in lists of pages
    ("review_queue", ("cases.publish_case",), _("Review queue")),
    ("corrections_desk", ("corrections.decide_correction",), _("Corrections desk")),
    ("read_corrections", reading.PERMISSIONS, _("Corrections of cases")),
    ("removals", ("editions.decide_removal",), _("Removals")),
    ("import", manuscripts.PERMISSIONS, _("Import a manuscript")),
    ("import_references", references.PERMISSIONS, _("Take references in")),
    ("slips", slips.PERMISSIONS, _("Likely slips")),
    ("cited_addresses", cited_addresses.PERMISSIONS, _("Cited addresses")),
    ("proofreading", proofreading.PERMISSIONS, _("Proofreading")),
    ("discarded", discarded.PERMISSIONS, _("Discarded")),
    ("audit", audit.PERMISSIONS, _("Audit trail")),
    ("outbox", mail.PERMISSIONS, _("Outgoing mail")),
)


_OPEN_WITHOUT = ("second_factor_enrol", "logout", "jsi18n")


def _waits_for_second_factor(request: HttpRequest) -> bool:
    """Whether this page stays closed until whoever asks has set up a second factor."""
    match = request.resolver_match
    open_to_all = match is not None and match.url_name in _OPEN_WITHOUT
    return not open_to_all and request.user.is_staff and second_factor.is_missing(request.user)


class DeskSite(admin.AdminSite):
    """Django's admin under the collection's name, with what needs attention on its first page."""

    site_header = format_lazy(_("{site}: the editors’ desk"), site=settings.SITE_NAME)
    site_title = format_lazy(_("{site} desk"), site=settings.SITE_NAME)
    index_title = _("What needs attention")
    index_template = "desk/index.html"
    empty_value_display = "–"

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """As Django's, without NUL in the query string, which PostgreSQL refuses; a number that
        no database can hold is found nowhere."""
        shown = super().admin_view(view, cacheable)

        @wraps(shown)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if "%00" in request.META.get("QUERY_STRING", ""):
                asked = request.META["QUERY_STRING"].replace("%00", "")
                request.META["QUERY_STRING"] = asked
                request.GET = QueryDict(asked, encoding=request.encoding)
            if request.method == "POST" and not request.user.is_authenticated:
                return keeping.to_log_in(request)
            if _waits_for_second_factor(request):
                return keeping.to_second_factor(request)
            try:
                response = shown(request, *args, **kwargs)
            except OverflowError as error:
                raise Http404 from error
            if request.user.is_authenticated:
                sessions.slide(request)
                if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
                    working_copies.discard(user_of(request), request.path)
            return response

        return guarded

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """In two steps where somebody has a second factor; refused to an address from which too
        many wrong passwords came."""
        request.current_app = self.name
        if request.method == "GET" and self.has_permission(request):
            return sign_in.to_index()
        keeping.leave_cookie(request)
        refusal = logins.refusal(request) if request.method == "POST" else None
        return refusal or sign_in.sign_in(request)

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """As Django's, and written down."""
        sign_in.sign_out(request)
        return super().logout(request, extra_context)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The desk's pages, then Django's."""
        view = self.admin_view
        return [
            *pages(view),
            *own_account(view),
            *persons(view),
            *OUTSIDE,
            *super().get_urls(),
        ]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """What needs the attention of the person who looks, then the list of everything."""
        user = user_of(request)
        context: dict[str, Any] = {}
        if user.has_perm("cases.publish_case"):
            context |= dashboard.for_moderator(user)
        elif user.has_perm("cases.view_case"):
            context["in_review"] = review_queue.in_review()[:10]
            review_queue.mark(context["in_review"], user)
        if user.has_perm("corrections.decide_correction"):
            context |= dashboard.for_corrections(user)
        if user.has_perm("cases.change_case"):
            context |= dashboard.for_editor(user)
        if user.has_perms(mail.PERMISSIONS):
            context |= mail_queue.for_administrator()
        return super().index(request, context | (extra_context or {}))

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """Django's list of everything, the desk's own pages first."""
        apps = super().get_app_list(request, app_label)
        pages: list[dict[str, Any]] = [
            {
                "name": title,
                "object_name": name,
                "perms": {},
                "admin_url": reverse(f"admin:{name}", current_app=self.name),
                "add_url": None,
                "view_only": True,
            }
            for name, permissions, title in _PAGES
            if request.user.has_perms(permissions)
        ]
        if app_label is not None or not pages:
            return apps
        desk = {
            "name": _("Desk"),
            "app_label": "desk",
            "app_url": pages[0]["admin_url"],
            "has_module_perms": True,
            "models": pages,
        }
        return [desk, *apps]
