"""One thing that was looked at: what is wrong with it, and what to do."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError


@dataclass(frozen=True)
class Finding:
    """`fault` is blank where all is well; `advice` says what to do about it."""

    name: str
    fault: str = ""
    advice: str = ""


@dataclass(frozen=True)
class Question:
    """What is looked at, and whether the database is asked for it. `look` returns the fault and
    what to do, or nothing."""

    name: str
    look: Callable[[], tuple[str, str] | None]
    asks_database: bool = True


def answer(question: Question) -> Finding:
    """What came of looking; that it could not be looked at is a finding as well."""
    try:
        found = question.look()
    except (DatabaseError, InterfaceError, OSError) as error:
        said = str(error).strip().partition("\n")[0] or type(error).__name__
        return Finding(question.name, f"It could not be looked at: {said}", "Mend what it says.")
    return Finding(question.name, *(found or ()))
