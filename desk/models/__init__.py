"""What the desk keeps of its own: sessions, and the publication of whole imports."""

from .batches import BatchEntry, BatchPublication, KeptFindings, SetAside
from .logins import DeskSession

__all__ = ["BatchEntry", "BatchPublication", "DeskSession", "KeptFindings", "SetAside"]
