"""Where an article stood before: the address it may keep, the day, and what is to lead to it."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import slugify

from cases.models import Case, CaseContent, OldAddress
from cases.models.old_addresses import LONGEST, normalised
from manuscripts.parse.manuscript import Origin

from .directory import Directory
from .resolved import Kept, Resolved
from .warning import warn

_NUMBER = re.compile(r"/\?p=\d+\Z")
_MOST = 50  # old addresses of one article


def keep_origin(resolved: Resolved, directory: Directory) -> None:
    """Fill in what is kept of the origin, with a warning for what is not. Two queries."""
    origin = resolved.manuscript.origin
    if origin is None or resolved.status != "imported":
        return
    resolved.origin = Kept(
        _slug(resolved, origin, directory), _day(origin), _address(resolved, origin)
    )
    resolved.origin.old_addresses = _old_addresses(resolved, origin)


def _slug(resolved: Resolved, origin: Origin, directory: Directory) -> str:
    wished = slugify(origin.slug)[:120].strip("-")
    if not wished:
        return ""
    if wished not in directory.slugs and not _was_used(wished):
        return wished
    text = f"Another case has or had the address “{wished}”; one was made from the title."
    warn(resolved, "slug-taken", (), text)
    return ""


def _was_used(slug: str) -> bool:
    has_or_had = Q(slug=slug) | Q(former_addresses__slug=slug)
    return Case.objects.filter(has_or_had).exists()


def _day(origin: Origin) -> date | None:
    try:
        return date.fromisoformat(origin.published) if origin.published else None
    except ValueError:
        return None


def _address(resolved: Resolved, origin: Origin) -> str:
    try:
        CaseContent._meta.get_field("first_published_address").clean(origin.address, None)
    except ValidationError:
        text = f"Where it was first published is no address: {origin.address[:200]}"
        warn(resolved, "address-unread", (), text)
        return ""
    return origin.address


def _old_addresses(resolved: Resolved, origin: Origin) -> list[str]:
    number = f"/?p={origin.number}" if origin.number else ""
    found = (normalised(a) for a in (origin.address, *origin.other_addresses[:_MOST], number))
    old = [a for a in dict.fromkeys(found) if a.strip("/") and len(a) <= LONGEST]
    rows = OldAddress.objects.filter(address__in=old)
    taken = dict(rows.values_list("address", "case__title"))
    for address in old:
        if address in taken:
            warn(resolved, "old-address-taken", (), _taken(address, taken[address]))
    return [a for a in old if a not in taken and not a.startswith("/admin/")]


def _taken(address: str, title: str) -> str:
    counted = ""
    if _NUMBER.search(address):
        counted = ": WordPress counts on every site anew, and we tell sites by no name"
    return f"The old address {address} leads to “{title[:100]}” already; it stays so{counted}."
