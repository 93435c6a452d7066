"""Whole addresses."""

from django.conf import settings


def absolute(path: str) -> str:
    """The address under SITE_URL of a path on this site."""
    return f"{settings.SITE_URL}{path}"
