"""What every page may say of the site itself."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """The name of this collection, as SITE_NAME has it; works on pages without a request too."""
    return settings.SITE_NAME
