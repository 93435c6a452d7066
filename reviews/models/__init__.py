"""What moderators do before publication: files of cases, comments, schedules, links to drafts."""

from .checklist import ChecklistItem, Tick
from .comments import Comment, Thread
from .files import ReviewFile
from .links import DraftLink
from .schedules import Schedule

__all__ = [
    "ChecklistItem",
    "Comment",
    "DraftLink",
    "ReviewFile",
    "Schedule",
    "Thread",
    "Tick",
]
