"""What only the desk can do: publish an edition together with the corrections it mends."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction

from cases.models import Case
from corrections import services as corrections
from corrections.models import Correction
from editions import services as editions
from editions.models import Edition


def publish(
    case: Case,
    *,
    by: User,
    kind: str = Edition.Kind.EDITORIAL,
    change_note: str = "",
    mends: Iterable[Correction] = (),
) -> Edition:
    """Publish the case and close the accepted corrections that this edition mends, in one
    transaction: a notice for each, and the senders are told. Raises as `editions.services.publish`
    and `corrections.services.mend`."""
    with transaction.atomic():
        edition = editions.publish(case, by=by, kind=kind, change_note=change_note)
        corrections.mend(mends, edition=edition, by=by)
    return edition
