"""Services for sources: create one with its names, merge two that are the same."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from revisions import audit, revision_block
from serving.site_version import bump

from .models import Contributor, Source

_MAY_BE_TAKEN_OVER = (
    *("title_short", "container_title", "container_title_short", "publisher", "publisher_place"),
    *("issued", "original_date", "volume", "issue", "page", "number", "symbol", "edition", "genre"),
    *("url", "archive_url", "archive", "archive_location", "call_number"),
    *("doi", "isbn", "language"),
)


class CannotMerge(ValueError):
    """The two sources cannot be merged; the message says why."""


def create_source(
    source: Source, contributors: Iterable[Contributor], *, by: User | None, reason: str
) -> Source:
    """Store a new source with its contributors, in order. Raises ValidationError."""
    people = list(contributors)
    with (
        revision_block.recorded(by=by, reason=reason),
        revision_block.taken_once(source, {"contributors": people}),
    ):
        revision_block.save(source)
        for row in people:
            row.source = source
            revision_block.store(row, trusted=["source"])
    return source


def merge(gone: Source, kept: Source, *, by: User, reason: str) -> Source:
    """Merge `gone` into `kept`: drafts that cite `gone` cite `kept` (`cases.source_keys`), its
    address redirects there, and what `kept` leaves blank it takes over. Editions are as they were
    published: they cite `gone`, and are found under `kept`.

    Raises CannotMerge where one of them was merged before, or both are the same, and
    ValidationError.
    """
    with revision_block.recorded(by=by, reason=reason):
        if gone.pk == kept.pk:
            raise CannotMerge(_("A source cannot be merged into itself."))
        rows = Source.objects.select_for_update(no_key=True).in_bulk(sorted({gone.pk, kept.pk}))
        gone, kept = rows[gone.pk], rows[kept.pk]
        if gone.merged_into_id or kept.merged_into_id:
            raise CannotMerge(_("One of the two has already been merged into another."))
        take_over(gone, kept, list(gone.contributors.all()))
        revision_block.save(kept)
        for one in [*gone.merged.all(), gone]:
            one.merged_into = kept
            revision_block.save(one, audited=False)
            audit.record(one, audit.Action.MERGED, by=by, after=kept.key, note=reason)
            kept.followed_by = [*kept.followed_by, *one.followed_by]
        bump()
    return kept


def would_take_over(gone: Source, kept: Source) -> list[str]:
    """The fields that `kept` leaves blank and `gone` has."""
    return [n for n in _MAY_BE_TAKEN_OVER if getattr(gone, n) and not getattr(kept, n)]


def take_over(gone: Source, kept: Source, names: Iterable[Contributor]) -> None:
    """Fill in memory what `kept` leaves blank; and store the `names` of `gone` as those of `kept`,
    where it has none."""
    for name in would_take_over(gone, kept):
        setattr(kept, name, getattr(gone, name))
    if kept.url == gone.url:
        kept.accessed = max(filter(None, (kept.accessed, gone.accessed)), default=None)
    new = [a for a in (gone.url, *gone.addresses) if a and a not in (kept.url, *kept.addresses)]
    kept.other_addresses = "\n".join([*kept.addresses, *new])
    if not kept.contributors.exists():
        for row in names:
            row.pk, row.source = None, kept
            revision_block.store(row, trusted=["source"])
