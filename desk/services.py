"""What only the desk can do, since it needs all the other apps: publish with the corrections that
are mended, withdraw with a public notice, express concern, remove, rename; and store what readers'
pages are made of."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Case
from corrections import notices
from corrections import services as corrections
from corrections.models import Correction, Notice
from editions import removing
from editions import services as editions
from editions.models import Edition, Removal
from editions.record.digest import canonical
from revisions.revision_block import StaleLock
from website.pages import fragments

_OF_THE_EDITION = ("number", "kind", "change_note", "published_at")  # not of what it says


def fingerprint(record: Mapping[str, Any]) -> str:
    """64 hexadecimal digits for what a record says: text, facts, notes and sources as set."""
    said = {name: value for name, value in record.items() if name not in _OF_THE_EDITION}
    return hashlib.sha256(canonical(said)).hexdigest()


def publish(
    case: Case,
    *,
    by: User,
    kind: str = Edition.Kind.EDITORIAL,
    change_note: str = "",
    mends: Iterable[Correction] = (),
    notice: Mapping[str, str] | None = None,
    seen: str = "",
) -> Edition:
    """Publish the case and close the accepted corrections that this edition mends, in one
    transaction: a notice for each, and the senders are told. `notice` has the words (`before`,
    `after`, `why`) of one more, for what the editors found themselves.

    `seen` is the fingerprint of what was reviewed. A source, a term or an organisation may have
    changed since, which no lock number of the case tells: then StaleLock is raised and nothing is
    published. Raises as `editions.services.publish` and `corrections.services.mend`.
    """
    with transaction.atomic():
        edition = editions.publish(case, by=by, kind=kind, change_note=change_note)
        if seen and fingerprint(edition.record) != seen:
            raise StaleLock(_("A source or a name in this case was changed in the meantime."))
        corrections.mend(mends, edition=edition, by=by)
        if notice is not None:
            before, after = notice.get("before", ""), notice.get("after", "")
            corrections.announce(edition, by=by, why=notice["why"], before=before, after=after)
        fragments.store(edition)
    return edition


def withdraw(case: Case, *, by: User, reason: str) -> Edition:
    """Withdraw the case and say so in the public register. Raises as `editions.services.withdraw`.

    Accepted corrections stay as they are: an edition that puts the case back in print mends them.
    """
    with transaction.atomic():
        edition = editions.withdraw(case, by=by, reason=reason)
        corrections.announce(edition, by=by, why=reason)
        fragments.store(edition)
    return edition


def express_concern(case: Case, *, by: User, reason: str) -> Notice:
    """Say of a case in print that a claim in it is being checked; lists of cases mark it. Raises as
    `corrections.notices.express_concern`."""
    with transaction.atomic():
        concern = notices.express_concern(case, by=by, reason=reason)
        _store_fragments(case)
    return concern


def lift_concern(case: Case, *, by: User, reason: str) -> Notice:
    """Say what came of the check. Raises as `corrections.notices.lift_concern`."""
    with transaction.atomic():
        lifting = notices.lift_concern(case, by=by, reason=reason)
        _store_fragments(case)
    return lifting


def remove_edition(removal: Removal, *, by: User) -> Notice:
    """Confirm the removal of an edition, which a public tombstone replaces; notices quote nothing
    of it any more, and a notice of its own says so. Raises as `editions.removing.remove`."""
    with transaction.atomic():
        edition = removing.remove(removal, by=by).edition
        because = _("What it quoted was removed with edition %d.") % edition.number
        Notice.objects.filter(found_in=edition).withhold("before", because=because)
        Notice.objects.filter(mended_in=edition).withhold("after", because=because)
        return notices.announce_removal(edition, by=by, ground=removal.ground)


def _store_fragments(case: Case) -> None:
    for edition in Edition.objects.listed().filter(case=case).select_related("case"):
        fragments.store(edition)


def rename(case: Case, slug: str, *, by: User, reason: str) -> Case:
    """Give the case a new address, which its stored pages name. Raises as
    `editions.services.rename`."""
    with transaction.atomic():
        renamed = editions.rename(case, slug, by=by, reason=reason)
        _store_fragments(renamed)
    return renamed
