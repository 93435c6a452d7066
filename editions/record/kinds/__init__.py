"""The kinds of value that a record holds: how each is frozen, shown, exported and verified."""

from .kind import Kind
from .names import AuthorNames, Names, Orcids
from .rows import (
    Counts,
    Events,
    Parties,
    Places,
    Rows,
    counted_in_words,
    figures_in_words,
    role_in_words,
)
from .schema import STRING, Schema, lists, objects
from .several import Agreements, ExternalIds, Organisations, Several
from .single import Choice, Day, Flag, Licence, Line, LongText, Number, OneTerm

__all__ = [
    "STRING",
    "Agreements",
    "AuthorNames",
    "Choice",
    "Counts",
    "Day",
    "Events",
    "ExternalIds",
    "Flag",
    "Kind",
    "Licence",
    "Line",
    "LongText",
    "Names",
    "Number",
    "OneTerm",
    "Orcids",
    "Organisations",
    "Parties",
    "Places",
    "Rows",
    "Schema",
    "Several",
    "counted_in_words",
    "figures_in_words",
    "lists",
    "objects",
    "role_in_words",
]
