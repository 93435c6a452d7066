"""The checklist of reviews, as the organisation edits it."""

from django.contrib import admin

from revisions.admin import Audited

from .models import ChecklistItem


@admin.register(ChecklistItem)
class ChecklistItemAdmin(Audited):
    """What is looked at before each publication; what is not in use any more stays in the files."""

    list_display = ("text", "is_required", "is_in_use", "position")
    fields = ("text", "is_required", "is_in_use", "position")
    actions = None
