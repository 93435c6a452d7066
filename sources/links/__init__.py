"""Asks an address on the web whether it is still there, and what it says; knows no edition."""

from .archives import Archive, Copy
from .checker import Checker
from .passages import Found, Looked, look_for
from .verdicts import Limits, Outcome, Verdict

__all__ = [
    "Archive",
    "Checker",
    "Copy",
    "Found",
    "Limits",
    "Looked",
    "Outcome",
    "Verdict",
    "look_for",
]
