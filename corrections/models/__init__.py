"""Models of corrections and comments from readers, who sent them, their events, and notices."""

from .corrections import CHANGEABLE, LENGTHS, REFERENCE, WORDS, Correction
from .notices import Notice
from .records import CorrectionEvent
from .senders import SenderDetails, commitment

__all__ = [
    "CHANGEABLE",
    "LENGTHS",
    "REFERENCE",
    "WORDS",
    "Correction",
    "CorrectionEvent",
    "Notice",
    "SenderDetails",
    "commitment",
]
