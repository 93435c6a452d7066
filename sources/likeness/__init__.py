"""Decides which references are the same work, or likely the same, so that nothing is kept twice."""

from .known import Known, Likeness
from .slips import Slip, slips

__all__ = ["Known", "Likeness", "Slip", "slips"]
