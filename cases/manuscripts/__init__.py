"""Imports manuscripts: text → what it says → what that means in this house → a draft.

manuscript = read(decode(data), "tajikistan.txt")         # pure; raises Refused
understood = understand(manuscript, Directory.load())      # reads, stores nothing
report(understood)                                         # the report, JSON-ready
accept(understood, by=user, reason="Imported from …")      # the draft, in one revision
"""

from .accepting import AlreadyImported, accept
from .decoding import LARGEST, Refused, decode
from .directory import Directory
from .manuscript import Caution, Manuscript
from .reading import read
from .reporting import refusal, report
from .understanding import understand
from .understood import Understood

__all__ = [
    "LARGEST",
    "AlreadyImported",
    "Caution",
    "Directory",
    "Manuscript",
    "Refused",
    "Understood",
    "accept",
    "decode",
    "read",
    "refusal",
    "report",
    "understand",
]
