"""Makes a draft the next working copy of another case, where both tell of the same."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from .models import FACT_ROWS, Case, CaseContent
from .services import WrongStage, change_case

_FIRST_LIFE = ("first_published", "first_published_address")
_OF_ROWS = ("id", "case", "position")


def put_into(draft: Case, into: Case, *, by: User, reason: str) -> Case:
    """Give `into` what the draft says, and return it as stored. What the draft does not say stays,
    old addresses come together, and what stood before is a revision. The draft stays as it is.

    Raises WrongStage where the draft was published, and as `change_case`.
    """
    with transaction.atomic():
        if draft.pk == into.pk or draft.editions.exists():
            raise WrongStage(
                _("Only a draft that was never published can be put into another case.")
            )
        told = _content(draft)
        if into.first_published:
            told = {name: value for name, value in told.items() if name not in _FIRST_LIFE}
        stood = _rows(into, "old_addresses")
        told["old_addresses"] = [
            *stood,
            *(row for row in _rows(draft, "old_addresses") if row not in stood),
        ]
        bodies = draft.organisation_list or None
        return change_case(into, by=by, reason=reason, organisations=bodies, **told)


def _content(draft: Case) -> dict[str, Any]:
    """What is not blank of the draft, as `change_case` takes it."""
    fields = [field.name for field in CaseContent._meta.local_fields]
    said = {name: value for name in fields if (value := getattr(draft, name)) not in ("", None)}
    if draft.end_year is None and not draft.ongoing:
        said.pop("ongoing", None)
    else:
        said["end_year"] = draft.end_year
    sets = {
        field.name: list(getattr(draft, field.name).all())
        for field in CaseContent._meta.local_many_to_many
        if field.name != "organisations"
    }
    rows = {name: _rows(draft, name) for name in FACT_ROWS}
    return said | {name: held for name, held in (sets | rows).items() if held}


def _rows(case: Case, name: str) -> list[dict[str, Any]]:
    manager = getattr(case, name)
    fields = [f.name for f in manager.model._meta.concrete_fields if f.name not in _OF_ROWS]
    return [{field: getattr(row, field) for field in fields} for row in manager.all()]
