"""What readers read: editions, and the rows by which they are found."""

from .editions import Edition, EditionQuerySet, long_columns, many_to_many
from .finding import CaseAddress, EditionCitation, Neighbour, Participation
from .log import LogLine
from .removals import Removal
from .renderings import Rendering
from .searching import SearchName, SearchRow, SearchWord

__all__ = [
    "CaseAddress",
    "Edition",
    "EditionCitation",
    "EditionQuerySet",
    "LogLine",
    "Neighbour",
    "Participation",
    "Removal",
    "Rendering",
    "SearchName",
    "SearchRow",
    "SearchWord",
    "long_columns",
    "many_to_many",
]
