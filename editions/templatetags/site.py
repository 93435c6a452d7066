"""What every page may say of the site itself, and the parts of pages that are always the same."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()
_SECTIONS = ("cases", "organisations", "sources", "vocabulary", "corrections", "about")


@register.simple_tag
def site_name() -> str:
    """The name of this collection, as SITE_NAME has it; works on pages without a request too."""
    return settings.SITE_NAME


@register.simple_tag
def once(name: str, **arguments: str) -> SafeString:
    """A template whose words depend on its arguments, the language and the settings alone: each
    process renders it once."""
    return _rendered(name, get_language(), settings.SITE_NAME, **arguments)


@register.simple_tag(takes_context=True)
def menu(context: Context) -> SafeString:
    """The main menu, which says where the page stands."""
    path = getattr(context.get("request"), "path", "/")
    section = path.split("/")[1]
    section = section if section in _SECTIONS else ""
    return once("_menu.html", section=section, current="page" if path.count("/") == 2 else "true")


@lru_cache(maxsize=200)
def _rendered(name: str, language: str, site: str, **arguments: str) -> SafeString:
    return mark_safe(render_to_string(name, arguments).strip())  # noqa: S308
