"""How a kept file is answered with: whole or a part of it, packed or not, or not at all where the
client has it already (RFC 9110, sections 13 and 14)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from .file_cache import SMALL, whole_file
from .kept_files import KeptFile

_PIECE = 64 * 1024
# One range. Of several a client gets the whole, as it may: they are how files are multiplied.
_RANGE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))", re.ASCII)


class PartResponse(StreamingHttpResponse):
    """Bytes `start` to `end` (left out) of the file at `path`; a server may send them itself."""

    def __init__(self, path: Path, start: int, end: int, headers: dict[str, str]) -> None:
        self.part = (path, start, end)
        super().__init__(_pieces(path, start, end), status=206, headers=headers)


def file_answer(
    request: HttpRequest, file: KeptFile, headers: dict[str, str]
) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """The answer to GET or HEAD with that file. `headers` are those that other middleware added."""
    is_packed = bool(file.packed_size) and _takes_gzip(request)
    path = file.packed_path if is_packed else file.path
    size = file.packed_size if is_packed else file.size
    etag = f'{file.etag[:-1]}-gz"' if is_packed else file.etag
    told = headers | file.headers
    told |= {"ETag": etag, "Last-Modified": http_date(file.made), "Accept-Ranges": "bytes"}
    told |= {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    told |= {"Content-Encoding": "gzip"} if is_packed else {}
    head = HttpResponse(headers=told | {"Content-Length": str(size)})
    conditional = get_conditional_response(request, etag, file.made, head)
    if conditional is not head:
        return cast(HttpResponse, conditional)
    if request.method == "HEAD":
        return head
    asked = _asked_part(request, size, etag, file.made)
    if asked is None:
        return whole_file(path, size, told)
    start, end = asked
    if start >= end:
        return _outside(size, told)
    told |= {"Content-Range": f"bytes {start}-{end - 1}/{size}", "Content-Length": str(end - start)}
    if end - start <= SMALL:
        return HttpResponse(b"".join(_pieces(path, start, end)), status=206, headers=told)
    return PartResponse(path, start, end, told)


def _takes_gzip(request: HttpRequest) -> bool:
    """Whether the client takes gzip: named, and not with a weight of nothing."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")[:200].lower().replace(" ", "")
    for each in accepted.split(","):
        name, _semicolon, weight = each.partition(";q=")
        if name == "gzip":
            return weight.strip("0.") != "" or not _semicolon
    return False


def _asked_part(request: HttpRequest, size: int, etag: str, made: int) -> tuple[int, int] | None:
    """The bytes that are asked for, of which there are none where start is end; None for all."""
    found = _RANGE.fullmatch(request.META.get("HTTP_RANGE", "")[:100].strip())
    if found is None or not _still_the_same(request.META.get("HTTP_IF_RANGE", ""), etag, made):
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        return max(0, size - int(suffix)), size
    start = int(first)
    if last and int(last) < start:
        return None  # no range at all, by the rules
    return min(start, size), min(int(last) + 1, size) if last else size


def _still_the_same(if_range: str, etag: str, made: int) -> bool:
    if not if_range:
        return True
    if if_range.startswith(('"', "W/")):
        return if_range == etag
    return parse_http_date_safe(if_range) == made


def _outside(size: int, headers: dict[str, str]) -> HttpResponse:
    left_out = ("Content-Disposition", "Content-Encoding", "Content-Type", "ETag", "Last-Modified")
    told = {name: value for name, value in headers.items() if name not in left_out}
    told |= {"Content-Range": f"bytes */{size}", "Content-Type": "text/plain; charset=utf-8"}
    return HttpResponse(f"The file has {size} bytes.\n", status=416, headers=told)


def _pieces(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (piece := file.read(min(_PIECE, end - start))):
            start += len(piece)
            yield piece
