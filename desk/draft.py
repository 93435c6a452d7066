"""A case that is not published as the edition it would be, stored nowhere: what its preview is made
of."""

import hashlib
from typing import Any

from django.db.models import Max
from django.utils import timezone

from cases.models import Case, CaseContent
from cases.rendering import Rendered
from editions.models import Edition
from editions.record.build import build
from editions.record.digest import canonical
from website.pages import fragments
from website.pages.fragments import Fragments

_CONTENT = tuple(CaseContent._meta.local_fields)
_NAMELESS = "draft"  # the slug of a case that has none yet


def next_edition(case: Case, rendered: Rendered) -> Edition:
    """What the case would be if it were published now. It is not to be saved. Some ten queries."""
    newest = case.editions.aggregate(number=Max("number"))["number"] or 0
    case.slug = case.slug or _NAMELESS
    kind = Edition.Kind.EDITORIAL if newest else Edition.Kind.FIRST
    now = timezone.now()
    facts: dict[str, Any] = {"number": newest + 1, "kind": kind.value, "change_note": ""}
    record = build(case, rendered, **facts, published_at=now)
    return Edition(
        **{field.name: getattr(case, field.name) for field in _CONTENT},
        **facts,
        case=case,
        published_at=now,
        body_html=rendered.html,
        record=record,
        # The list of works is kept under the digest, and depends on them alone.
        digest=hashlib.sha256(b"draft" + canonical(record["sources"])).hexdigest(),
    )


def fragments_of(case: Case, rendered: Rendered) -> Fragments:
    """The parts of its public page."""
    return fragments.render(next_edition(case, rendered))
