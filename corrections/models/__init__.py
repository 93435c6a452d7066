"""Models of corrections and comments from readers, who sent them, their events and messages, and
the notices."""

from .corrections import LENGTHS, REFERENCE, Correction
from .messages import LONGEST_MESSAGE, CorrectionMessage, StatusKey
from .notices import Notice
from .querysets import CHANGEABLE, WORDS
from .records import CorrectionEvent
from .senders import SenderDetails, commitment

__all__ = [
    "CHANGEABLE",
    "LENGTHS",
    "LONGEST_MESSAGE",
    "REFERENCE",
    "WORDS",
    "Correction",
    "CorrectionEvent",
    "CorrectionMessage",
    "Notice",
    "SenderDetails",
    "StatusKey",
    "commitment",
]
