"""What `manage.py check --deploy` says about the key of the log."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

from .log.signing import BadKey, is_private, read_key


@register(Tags.security, deploy=True)
def signing_key(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without a key, or with one that others may read, nobody can trust the head of the log."""
    hint = "manage.py make_signing_key makes one; docs/operating.md says how to keep it."
    if not settings.SIGNING_KEY_FILE:
        said = "SIGNING_KEY_FILE is not set: the log of what was published is not signed."
        return [Warning(said, hint=hint, id="editions.W001")]
    path = Path(settings.SIGNING_KEY_FILE)
    try:
        read_key(path)
    except BadKey as error:
        return [Warning(f"SIGNING_KEY_FILE: {error}", hint=hint, id="editions.W002")]
    if not is_private(path):
        said = f"{path} may be read by others than its owner: chmod 600."
        return [Warning(said, id="editions.W003")]
    return []
