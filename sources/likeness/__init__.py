"""Decides which references are the same work, or likely the same, so that nothing is kept twice."""

from .known import Known, Likeness
from .slips import Slip, person_slips, slips, work_slips

__all__ = ["Known", "Likeness", "Slip", "person_slips", "slips", "work_slips"]
