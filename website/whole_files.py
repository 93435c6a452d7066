"""The files of the whole collection: made once per site version, and answered with from the disk.

`WHOLE_FILES` is the table of them. To add one, add a row: its address without the first slash, its
content type, and what writes it to a path. The worker makes each soon after a publication, whoever
asks before that waits until it is made. docs/adr/0021 says why.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial, wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time
from typing import Any, cast

from django.http import HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serving.dear import AT_WORK, QUICK, Wish, unavailable, wished
from serving.kept_files import KEPT_FILES, BeingMade, Forgotten, KeptFile
from serving.page_cache import VersionedRequest
from serving.site_version import version
from website.catalogue.params import CatalogueParams, clean
from website.exports import RESULT_FORMATS
from website.exports.export_set import ExportSet, export_set
from website.exports.references import REFERENCE_FORMATS, references_in, written
from website.field_edition import write_epub, write_packed_sqlite, write_sqlite
from website.views.exports import results_headers
from website.views.record import LOG_TYPE, log_headers, log_pieces
from website.views.references import references_headers
from website.views.sitemaps import (
    SITEMAP_TYPE,
    SITEMAPS,
    section_pieces,
    sitemap_headers,
    sitemap_pieces,
)

logger = logging.getLogger(__name__)
Pieces = Callable[[], Iterable[str | bytes]]
_WAIT = 20.0  # seconds in which another may make the file, where a thread waits for it
_QUIET = 20.0  # seconds: while editors save one thing after the other, nothing is made beforehand
_LEFT_ALONE = 600.0  # seconds
_PIECE = 64 * 1024
_failed: dict[str, float] = {}  # when the worker failed to make a file


def _nothing_more() -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class WholeFile:
    """One file: `name` is its address without the first slash, `write` writes it to a path, and
    `headers` are said before it besides its content type. One that is compressed already is not
    `is_packed`; one of text has `pieces`, of which it can be made without a disk."""

    name: str
    content_type: str
    write: Callable[[Path], object]
    headers: Callable[[], dict[str, str]] = _nothing_more
    is_packed: bool = True
    pieces: Pieces | None = None

    def said(self) -> dict[str, str]:
        """All headers that belong to the file."""
        own = {"Content-Type": self.content_type, "X-Robots-Tag": "noindex"}
        return own | self.headers()


def _of_pieces(
    name: str,
    content_type: str,
    pieces: Pieces,
    headers: Callable[[], dict[str, str]],
    *,
    is_text: bool = True,
) -> WholeFile:
    write = partial(_write, pieces)
    return WholeFile(name, content_type, write, headers, is_text, pieces if is_text else None)


def _write(pieces: Pieces, path: Path) -> None:
    with path.open("wb") as file:
        for piece in pieces():
            file.write(piece.encode() if isinstance(piece, str) else piece)


def _all(order: str = "") -> ExportSet:
    return export_set(QueryDict(""), at=timezone.now(), order=order)


def _result_pieces(extension: str) -> Iterator[str | bytes]:
    form = RESULT_FORMATS[extension]
    yield from form.results(_all(form.order)) if form.results else ()


def _results(extension: str) -> WholeFile:
    return _of_pieces(
        f"cases.{extension}",
        RESULT_FORMATS[extension].content_type,
        partial(_result_pieces, extension),
        lambda: results_headers(_all(), extension),
        is_text=extension not in ("xlsx", "zip"),
    )


def _references(extension: str) -> WholeFile:
    form = REFERENCE_FORMATS[extension]
    return _of_pieces(
        f"cases/references.{extension}",
        form.content_type,
        lambda: written(form, references_in(_all())),
        lambda: references_headers(_all(), extension),
    )


def _section(name: str) -> WholeFile:
    pieces = partial(section_pieces, name)
    return _of_pieces(f"sitemap-{name}.xml", SITEMAP_TYPE, pieces, sitemap_headers)


def _field_edition(
    name: str, content_type: str, write: Callable[[Path], object], *, is_packed: bool = False
) -> WholeFile:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return WholeFile(name, content_type, write, lambda: disposition, is_packed)


def _write_epub(path: Path) -> None:
    with path.open("wb") as file:
        write_epub(file, on=timezone.localdate())


def _write_sqlite(path: Path) -> None:
    path.unlink(missing_ok=True)  # what a killed process left
    write_sqlite(path, on=timezone.localdate())


def _write_packed_sqlite(path: Path) -> None:
    write_packed_sqlite(path, on=timezone.localdate())


WHOLE_FILES = {
    row.name: row
    for row in (
        _of_pieces("sitemap.xml", SITEMAP_TYPE, sitemap_pieces, sitemap_headers),
        *map(_results, RESULT_FORMATS),
        *map(_references, REFERENCE_FORMATS),
        *map(_section, SITEMAPS),
        _of_pieces("about/record/log.jsonl", LOG_TYPE, log_pieces, log_headers),
        _field_edition("collection.epub", "application/epub+zip", _write_epub),
        _field_edition(
            "collection.sqlite3", "application/vnd.sqlite3", _write_sqlite, is_packed=True
        ),
        _field_edition("collection.sqlite3.zip", "application/zip", _write_packed_sqlite),
    )
}


def whole_or(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The file of the whole collection where nothing is asked for behind its address; else what
    the view answers."""

    @wraps(view)
    def answering(request: VersionedRequest, **kwargs: object) -> HttpResponseBase:
        row = WHOLE_FILES.get(request.path.removeprefix("/"))
        is_asked = bool(request.GET) and bool(CatalogueParams(clean(request.GET)).query)
        if row is None or is_asked or "p" in request.GET or request.method not in ("GET", "HEAD"):
            return view(request, **kwargs)
        return _answer(request, row)

    return answering


@require_safe
def whole(request: VersionedRequest, name: str) -> HttpResponseBase:
    """The file of that name, which no question can be put to."""
    return _answer(request, WHOLE_FILES[name])


def _answer(request: VersionedRequest, row: WholeFile) -> HttpResponseBase:
    if not hasattr(request, "site_version"):
        request.site_version = version()
    pages = request.site_version.pages
    kept = KEPT_FILES.get(pages, row.name) if pages else None
    if kept is None and request.META.get(QUICK):
        is_being_made = KEPT_FILES.is_being_made(pages, row.name)
        return wished(Wish.TIME if is_being_made else Wish.THREAD)
    if kept is None:
        return _made(request, row)
    return _with(kept)


def _with(kept: KeptFile) -> HttpResponse:
    response: Any = HttpResponse(headers=kept.headers)
    response.kept_file = kept  # serving.page_cache answers with it
    return cast(HttpResponse, response)


def _made(request: VersionedRequest, row: WholeFile) -> HttpResponseBase:
    if not AT_WORK.acquire(timeout=_WAIT):
        return unavailable(_("Other large answers are being made. Please ask again soon."))
    try:
        if not request.site_version.pages:  # it is not known what is new, so nothing is kept
            return _not_kept(request, row)
        return _with(make(row, request.site_version.pages, wait=_WAIT))
    except BeingMade:
        return unavailable(_("This file is being made. Please ask again in a few seconds."))
    except Forgotten:
        return unavailable(_("Something was removed this moment. Please ask again."), 1)
    except OSError as error:
        logger.error("The file %s cannot be kept: %s", row.name, error)
        return _not_kept(request, row)
    finally:
        AT_WORK.release()


def make(row: WholeFile, pages: str, *, wait: float = 0.0) -> KeptFile:
    """The file at that version: made, unless it is there. Raises what `KeptFiles.make` raises."""
    kept = KEPT_FILES.get(pages, row.name)
    if kept is None:
        headers = row.said()
        kept = KEPT_FILES.make(
            pages, row.name, row.write, headers, is_packed=row.is_packed, wait=wait
        )
        KEPT_FILES.clear_away(pages)
    return kept


def make_missing() -> int:
    """For the worker: make one file that is missing, once the version has stood for a while; how
    many were made. One that failed is left alone for a time."""
    pages, now = version().pages, time()
    try:
        KEPT_FILES.clear_away(pages)
        if not pages or KEPT_FILES.stands_since(pages) > now - _QUIET:
            return 0
    except OSError:  # `/readyz` says so
        return 0
    for row in WHOLE_FILES.values():
        is_left = _failed.get(row.name, 0.0) > now - _LEFT_ALONE
        if not is_left and KEPT_FILES.get(pages, row.name) is None:
            return _try(row, pages)
    return 0


def _try(row: WholeFile, pages: str) -> int:
    try:
        make(row, pages)
    except (BeingMade, Forgotten):
        return 0
    except Exception:
        logger.exception("The file %s was not made.", row.name)
        _failed[row.name] = time()
    return 1


def _not_kept(request: VersionedRequest, row: WholeFile) -> HttpResponseBase:
    """The answer where nothing can be written into the folder: kept by this process in the
    temporary directory; where that is full too, made without a disk if it is text."""
    pieces = row.pieces or partial(_through_a_scratch_file, row)
    response: Any = StreamingHttpResponse(pieces(), headers=row.said())
    response.cached_for, response.pieces = request.site_version.pages, row.pieces
    return cast(HttpResponseBase, response)


def _through_a_scratch_file(row: WholeFile) -> Iterator[bytes]:
    with TemporaryDirectory(prefix="peacesite-") as folder:
        path = Path(folder) / "whole"
        row.write(path)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
