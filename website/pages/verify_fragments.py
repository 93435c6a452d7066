"""Proves that stored parts of pages say what their edition says: rendered again, and compared."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from editions.models import Edition, Rendering

from . import fragments

PARTS = ("row", *fragments.Fragments._fields)


@dataclass
class Counts:
    """How many were compared, and how many are `stale`: of another version, and not shown."""

    compared: int = 0
    stale: int = 0


def faults(
    counts: Counts, rendering: Callable[[Edition], Rendering] = fragments.rendering
) -> Iterator[str]:
    """A sentence for every edition whose stored parts of pages do not say what it says. `rendering`
    gives what they should be. Some 20 ms for each edition in print."""
    for pk in list(_stored().order_by("pk").values_list("pk", flat=True)):
        said = _fault(pk, rendering, counts)
        if said and _fault(pk, rendering, Counts()):  # else it was published in between
            yield said


def _stored() -> "QuerySet[Rendering]":
    return Rendering.objects.select_related("edition__case", "edition__aim")


def _fault(pk: int, rendering: Callable[[Edition], Rendering], counts: Counts) -> str:
    stored = _stored().filter(pk=pk).first()
    if stored is None:
        return ""
    edition = stored.edition
    where = f"{edition.case.slug}, edition {edition.number}"
    if not (edition.is_current and edition.has_text):
        return f"{where}: pages are stored of it, and it is not in print."
    whole = stored.digest in ("", fragments.digest_of(stored, edition))
    if stored.stamp != fragments.stamp():
        counts.stale += 1
        return "" if whole else f"{where}: its stored pages were changed after they were rendered."
    counts.compared += 1
    again = rendering(edition)
    differ = [part for part in PARTS if getattr(stored, part) != getattr(again, part)]
    if differ and whole and stored.digest:
        return (
            f"{where}: its stored pages ({', '.join(differ)}) are not what rendering gives now: "
            "stale, rendered by templates that changed without a new version, or forged."
        )
    if differ or not whole:
        parts = ", ".join(differ) or "digest"
        return f"{where}: its stored pages ({parts}) do not say what the record says."
    return ""
