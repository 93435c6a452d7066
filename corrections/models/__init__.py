"""Models of corrections and comments from readers, their events and messages, and the notices."""

from .corrections import LENGTHS, REFERENCE, Correction
from .messages import LONGEST_MESSAGE, CorrectionMessage, StatusKey
from .querysets import CHANGEABLE
from .records import CorrectionEvent, Notice

__all__ = [
    "CHANGEABLE",
    "LENGTHS",
    "LONGEST_MESSAGE",
    "REFERENCE",
    "Correction",
    "CorrectionEvent",
    "CorrectionMessage",
    "Notice",
    "StatusKey",
]
