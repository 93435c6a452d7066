"""What the history of a case says of a revision: its stage then, and the edition of it."""

from bisect import bisect_right
from collections import defaultdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from reversion.errors import RevertError
from reversion.models import Version

from revisions.history_pages import Told

from .models import Case


def told_of(case: Any, versions: list[Version]) -> Told:
    """Of these revisions of a case; two queries, and only their own texts are read."""
    editions = list(
        case.editions.order_by("number").values_list(
            "number", "kind", "published_at", "published_by", "is_current"
        )
    )
    made_of = _made_of(case, editions) if editions else {}
    words = {}
    for number, kind, *_rest in editions:
        said = (
            _("withdrawn by edition %s") if kind == "withdrawal" else _("published as edition %s")
        )
        words[made_of.get(number)] = said % number
    current = next((number for number, *_, is_current in editions if is_current), None)
    shown = {version.pk for version in versions}
    return Told(
        stages={version.pk: _stage(version) for version in versions},
        editions={pk: said for pk, said in words.items() if pk is not None and pk in shown},
        in_print=made_of.get(current),
    )


def _made_of(case: Case, editions: list[Any]) -> dict[int | None, int]:
    """The revision of each edition, by its number: the last that its publisher had begun when it
    was published, for the two are stored by one transaction that has locked the case."""
    begun: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    rows = Version.objects.get_for_object(case).order_by("revision__date_created", "pk")
    for pk, at, by in rows.values_list("pk", "revision__date_created", "revision__user"):
        begun[by].append((at, pk))
    found: dict[int | None, int] = {}
    for number, _kind, at, by, _is_current in editions:
        if place := bisect_right(begun[by], (at, 2**63)):
            found[number] = begun[by][place - 1][1]
    return found


def _stage(version: Version) -> str:
    try:
        stage = version.field_dict.get("stage", "")
    except RevertError:  # it was stored in a form that can no longer be read
        return ""
    return str(Case.Stage(stage).label) if stage in Case.Stage.values else ""
