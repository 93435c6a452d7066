"""Rows that are stored once and never changed or deleted."""

from typing import Any, NoReturn

from django.db import models


class Immutable(RuntimeError):
    """Somebody tried to change or delete what is kept for ever."""


class AppendOnlyQuerySet(models.QuerySet):
    """Append-only rows: never changed and never deleted."""

    def update(self, **values: object) -> NoReturn:
        """Always refused: the record is append-only."""
        raise Immutable("The record is only added to.")

    def delete(self) -> NoReturn:
        """Always refused: the record is append-only."""
        raise Immutable("The record is only added to.")


class AppendOnly(models.Model):
    """A row that is stored once and never changed or deleted."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores a new row; raises Immutable for one that is stored already."""
        if not self._state.adding:
            raise Immutable("The record is only added to.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Always refused: the record is append-only."""
        raise Immutable("The record is only added to.")
