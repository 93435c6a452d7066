"""Names people in templates."""

from django import template
from django.contrib.auth.models import User

register = template.Library()


@register.filter
def called(user: User | None) -> str:
    """What colleagues call somebody: the full name, else the username; a dash for nobody."""
    return (user.get_full_name() or user.get_username()) if user else "–"
