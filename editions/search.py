"""Finds editions by words."""

from .models import Edition


def index(edition: Edition) -> None:
    """Write the edition's row of the search index, in the transaction that publishes it."""
