"""Likely slips: sources that may be one, names that may be one, side by side."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from organisations.naming import other_names
from sources.citing import reference
from sources.formats import csl_json
from sources.likeness import slips
from sources.models import Source

from ..pages import page

PERMISSIONS = ("sources.change_source",)


@permission_required(PERMISSIONS, raise_exception=True)
def likely_slips(request: HttpRequest) -> HttpResponse:
    """Pairs of sources that look like one work, and pairs of names that look like one name. Two
    queries, and one for the names of bodies."""
    sources = Source.objects.kept().prefetch_related("contributors")
    known = {source.key: source for source in sources}
    items = {key: csl_json(source) for key, source in known.items()}
    pairs: dict[str, list[dict[str, Any]]] = {"work": [], "person": [], "body": []}
    for slip in slips(items.values(), other_names()):
        keys = (slip.first, slip.second)
        sides = [
            (known[key], name, reference(items[key]).html)
            for key, name in zip(keys, slip.names, strict=True)
        ]
        pairs[slip.kind].append({"sides": sides, "why": slip.why})
    return page(request, "slips", _("Likely slips"), pairs=pairs)
