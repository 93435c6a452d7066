"""What `manage.py check --deploy` asks of the settings besides Django's own questions."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def proxies_are_said(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """TRUSTED_PROXIES must be said: who is locked out by wrong passwords hangs on it."""
    if settings.PROXIES_ARE_SAID:
        return []
    return [
        Error(
            "TRUSTED_PROXIES is not set.",
            hint=(
                "Say how many proxies of yours stand before the site, be it 0. Behind one that is "
                "not counted all clients have its address: limits hold for all together, and a "
                "stranger who guesses a colleague's password locks the colleague out."
            ),
            id="serving.E001",
        )
    ]
