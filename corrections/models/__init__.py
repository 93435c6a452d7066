"""Models of corrections and comments from readers, their events, and the public notices."""

from .corrections import CHANGEABLE, LENGTHS, REFERENCE, Correction
from .records import CorrectionEvent, Notice

__all__ = ["CHANGEABLE", "LENGTHS", "REFERENCE", "Correction", "CorrectionEvent", "Notice"]
