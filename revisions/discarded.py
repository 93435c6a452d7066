"""What was discarded in the last year, and by whom: it can be brought back."""

from datetime import timedelta
from typing import NamedTuple

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from reversion import get_registered_models
from reversion.models import Version

from .models import Revised

FOR = timedelta(days=365)
_MOST = 200


class Discarded(NamedTuple):
    """Something that was discarded: its last revision, and who discarded it, when."""

    version: Version
    entry: LogEntry


def discarded(user: User) -> list[Discarded]:
    """What was discarded in the last year of what the user may change, the newest first."""
    models = [
        model
        for model in get_registered_models()
        if issubclass(model, Revised)
        and user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
    ]
    types = ContentType.objects.get_for_models(*models).values()
    entries = LogEntry.objects.filter(
        action_flag=DELETION, content_type__in=types, action_time__gt=timezone.now() - FOR
    ).select_related("user", "content_type")
    found = []
    for entry in entries.order_by("-action_time")[:_MOST]:
        model = entry.content_type.model_class() if entry.content_type else None
        if model is None or model._base_manager.filter(pk=entry.object_id).exists():
            continue
        versions = Version.objects.filter(
            content_type=entry.content_type, object_id=entry.object_id
        ).select_related("revision__user")
        if version := versions.order_by("-pk").first():
            found.append(Discarded(version, entry))
    return found
