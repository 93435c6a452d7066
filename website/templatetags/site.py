"""What pages say of the site itself, also to machines, and the parts that are always the same."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serving import request_number as numbered
from website.charts.endings import Ending, ending_of
from website.exports.references import REFERENCE_FORMATS
from website.metadata import linked_data
from website.pages import pager as page_links

register = template.Library()
_SECTIONS = ("cases", "organisations", "sources", "vocabulary", "corrections", "about")


@register.simple_tag
def site_name() -> str:
    """The name of this collection, as SITE_NAME has it; works on pages without a request too."""
    return settings.SITE_NAME


@register.simple_tag
def site_url() -> str:
    """Where the site is found, as SITE_URL has it, without a slash at the end."""
    return settings.SITE_URL


@register.simple_tag
def request_number() -> str:
    """What the log has this request under."""
    return numbered.request_number()


@register.simple_tag
def breadcrumbs(*steps: str) -> SafeString:
    """The way to this page as data for search engines: `name path name path …`, itself last."""
    return linked_data.script(linked_data.breadcrumbs(*zip(steps[::2], steps[1::2], strict=True)))


@register.simple_tag
def website_data() -> SafeString:
    """The site, and how to search it, as data for search engines."""
    return linked_data.script(linked_data.website())


@register.simple_tag
def dataset_data() -> SafeString:
    """The catalogue as data that can be had, and the way to it."""
    way = linked_data.breadcrumbs((_("Cases"), reverse("catalogue")))
    return linked_data.script(linked_data.dataset(), way)


@register.filter
def ending(impact: str) -> Ending:
    """How a case of that impact ended, with its mark."""
    return ending_of(impact)


@register.inclusion_tag("website/_references.html")
def references_as(query: str = "") -> dict[str, object]:
    """The works that the cases found cite, as files; `query` is that of the catalogue."""
    return {"reference_formats": REFERENCE_FORMATS, "query": f"?{query}" if query else ""}


@register.simple_tag
def once(name: str, **arguments: str) -> SafeString:
    """A template whose words depend on its arguments, the language and the settings alone: each
    process renders it once."""
    return _rendered(name, get_language(), settings.SITE_NAME, **arguments)


@register.simple_tag(takes_context=True)
def menu(context: Context) -> SafeString:
    """The main menu, which says where the page stands: by its request, or by `path`."""
    path = str(getattr(context.get("request"), "path", context.get("path", "/")))
    section = path.split("/")[1]
    section = section if section in _SECTIONS else ""
    return once("_menu.html", section=section, current="page" if path.count("/") == 2 else "true")


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Page) -> SafeString | str:
    """The way through a list in pages; what else the address asks stays."""
    asked = context["request"].GET.copy()

    def address(number: int) -> str:
        asked["page"] = number
        return "?" + asked.urlencode()

    return page_links.pager(page, address)


@lru_cache(maxsize=200)
def _rendered(name: str, language: str, site: str, **arguments: str) -> SafeString:
    return mark_safe(render_to_string(name, arguments).strip())  # noqa: S308
