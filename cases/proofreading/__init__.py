"""Reads a case as a proofreader does: what stops publication, and what an editor might mend.

Rules are small functions in one table (`table.RULES`), each with an example that trips it and a
near miss. What they say, and what an editor does about it: docs/proofreading.md.
"""

from .comparing import compare
from .finding import Finding, Grade, Mending, Rule, in_words
from .proofread import counted, proofread, stopping
from .reading import Reading
from .table import RULES

__all__ = [
    "RULES",
    "Finding",
    "Grade",
    "Mending",
    "Reading",
    "Rule",
    "compare",
    "counted",
    "in_words",
    "proofread",
    "stopping",
]
