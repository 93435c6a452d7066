"""What readers read: editions, and the rows by which they are found."""

from .editions import Edition, EditionQuerySet, long_columns, many_to_many
from .finding import CaseAddress, EditionCitation, LeadingAddress, Neighbour, Participation
from .links import (
    AddressCheck,
    AddressCitation,
    AddressPassage,
    AskedHost,
    WatchedAddress,
    digest_of,
)
from .log import LogLine
from .removals import Removal
from .renderings import Rendering
from .searching import SearchName, SearchRow, SearchWord

__all__ = [
    "AddressCheck",
    "AddressCitation",
    "AddressPassage",
    "AskedHost",
    "CaseAddress",
    "Edition",
    "EditionCitation",
    "EditionQuerySet",
    "LeadingAddress",
    "LogLine",
    "Neighbour",
    "Participation",
    "Removal",
    "Rendering",
    "SearchName",
    "SearchRow",
    "SearchWord",
    "WatchedAddress",
    "digest_of",
    "long_columns",
    "many_to_many",
]
