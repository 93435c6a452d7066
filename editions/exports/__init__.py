"""What readers take home: one edition (`one`), or the whole answer to a question.

An answer is all the editions that the catalogue finds for the same address (`answers`). What a
table says of each is listed once (`codebook`), and each form has its writer (`whole` lists them).
"""

from .one import FORMATS
from .whole import ANSWERS

__all__ = ["ANSWERS", "FORMATS"]
