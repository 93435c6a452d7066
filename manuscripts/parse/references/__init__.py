"""Parses one citation of a printed note, in whichever form it is printed; the form decides the
type of the source."""

from .reading import read

__all__ = ["read"]
