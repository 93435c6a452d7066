"""What moderators do with a case: publish it, send it back, withdraw it, give it a new address."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import services as cases
from cases.models import FACT_ROWS, Case, CaseContent
from cases.proofreading import Finding, stopping
from cases.rendering import SECTIONS, render_case
from cases.services import StaleLock, WrongStage
from revisions import audit, revision_block
from serving.site_version import bump
from sources.models import Source

from . import old_addresses, search, second_reading
from .log.appending import Event, append
from .log.statements import of_edition
from .models import CaseAddress, Edition, EditionCitation, Participation, Rendering
from .record.build import build
from .record.digest import digest
from .record.fields import FORMAT
from .record.read import record_of
from .record.verify import OF_EDITION
from .related.similarity import Rarity
from .related.store import rework_related, store_related
from .turns import one_at_a_time

TEXTS = ("body", *SECTIONS)  # what a withdrawal is without
_CASES_AT_ONCE = 25
_CONTENT = tuple(CaseContent._meta.local_fields)
_SETS = tuple(CaseContent._meta.local_many_to_many)
_READ_AT_ONCE = (
    *(field.name for field in _SETS),
    *("related", "participations__organisation"),
    *FACT_ROWS,
)


class OwnWork(PermissionError):
    """Nobody publishes, withdraws or sends back what only they have changed."""


class NotPublishable(ValueError):
    """The case has findings that stop publication; `findings` lists them."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(" ".join(finding.message for finding in findings))
        self.findings = findings


def is_own_work(case: Case, user: User) -> bool:
    """Whether `user` alone has changed the case since its last edition. One query."""
    return list(case.contributors.values_list("pk", flat=True)[:2]) == [user.pk]


def publish(
    case: Case,
    *,
    by: User,
    kind: str = Edition.Kind.EDITORIAL,
    change_note: str = "",
    unread_reason: str = "",
) -> Edition:
    """Freeze the case as its next edition and put it in print. A first edition is always `first`.

    `unread_reason` is why `by` publishes what only they have changed: readers see it in the change
    note. It is for those alone who may publish without a second reading; ask that at the door.

    Raises StaleLock when `case` was saved since it was read, WrongStage when it is not in review,
    OwnWork when only `by` has changed it, NotPublishable when proofreading stops it, and
    ValidationError when a later edition does not say what changed.
    """
    with revision_block.recorded(by=by, reason=_("Published. %s") % change_note):
        stored = _locked(case, by=by, unread_reason=unread_reason)
        if stored.stage != Case.Stage.IN_REVIEW:
            raise WrongStage(_("Only a case that is in review can be published."))
        with revision_block.read_once(stored, *_READ_AT_ONCE):
            edition = _publish(stored, by, kind, change_note, unread_reason)
    return edition


def _publish(stored: Case, by: User, kind: str, change_note: str, unread_reason: str) -> Edition:
    is_unread = bool(unread_reason.strip()) and is_own_work(stored, by)
    rendered = render_case(stored)
    if errors := stopping(stored, rendered):
        raise NotPublishable(errors)
    previous = stored.editions.order_by("-number").first()
    if previous is None:
        kind = Edition.Kind.FIRST
        _refuse_a_former_address(stored.slug)
    if is_unread and (previous is None or change_note.strip()):
        change_note = second_reading.stated(change_note, unread_reason)
    record = build(
        stored,
        rendered,
        number=previous.number + 1 if previous else 1,
        kind=kind,
        change_note=change_note,
        published_at=timezone.now(),
    )
    edition = _store(record, stored, previous, like=stored, by=by)
    old_addresses.lead_here(stored)
    with revision_block.taken_once(stored):
        stored.contributors.clear()
        cases.move(stored, Case.Stage.APPROVED, by=by, reason="")
        revision_block.save(stored, audited=False)
    _audit(audit.Action.PUBLISHED, edition, by=by, note=change_note)
    if is_unread:
        _audit(audit.Action.OVERRIDDEN, edition, by=by, note=unread_reason)
    return edition


def withdraw(case: Case, *, by: User, reason: str) -> Edition:
    """Take the case out of catalogue and search by an edition that says why; nothing is lost.

    Raises StaleLock, OwnWork, and WrongStage where nothing is in print.
    """
    with revision_block.recorded(by=by, reason=reason):
        stored = _locked(case, by=by)
        previous = stored.editions.listed().first()
        if previous is None:
            raise WrongStage(_("Only a case that is in print can be withdrawn."))
        record = record_of(previous) | {
            "format": FORMAT,
            "case": stored.slug,
            "number": previous.number + 1,
            "kind": Edition.Kind.WITHDRAWAL.value,
            "change_note": reason,
            "published_at": timezone.now().isoformat(),
            **dict.fromkeys(TEXTS, ""),
            "body_html": "",
            "notes": [],
            "sources": [],
            "fact_refs": {},
        }
        edition = _store(record, stored, previous, like=previous, by=by)
        revision_block.save(stored, audited=False)
        _audit(audit.Action.WITHDRAWN, edition, by=by, note=reason)
    return edition


def request_changes(case: Case, *, by: User, reason: str) -> Case:
    """Send a case in review back to its editors, with a reason they see. Raises as `publish`."""
    with revision_block.recorded(by=by, reason=reason):
        stored = _locked(case, by=by)
        if stored.stage != Case.Stage.IN_REVIEW:
            raise WrongStage(_("Only a case that is in review can be sent back."))
        cases.move(stored, Case.Stage.CHANGES_REQUESTED, by=by, reason=reason)
        revision_block.save(stored, audited=False)
    return stored


def rename(case: Case, slug: str, *, by: User, reason: str) -> Case:
    """Give the case a new address; the one it had leads there for ever. Raises ValidationError."""
    with revision_block.recorded(by=by, reason=reason):
        stored = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        if slug == stored.slug:
            return stored
        CaseAddress.objects.filter(slug=slug, case=stored).delete()
        _refuse_a_former_address(slug)
        former = CaseAddress(slug=stored.slug, case=stored)
        stored.slug = slug
        revision_block.save(stored, audited=False)
        audit.record(
            *(stored, audit.Action.RENAMED), by=by, before=former.slug, after=slug, note=reason
        )
        if stored.editions.exists():
            revision_block.store(former)
            _drop_fragments(stored)
        bump(facet_index=True)
    return stored


def rebuild_neighbours() -> int:
    """Work out every case's “More posts” again, and return how many; some at a time, so that
    publications get in between."""
    rarity, count = Rarity(), 0
    for some in _some_at_a_time():
        with transaction.atomic():
            one_at_a_time()
            rework_related(Edition.objects.listed().filter(case__in=some), rarity)
            bump()
        count += len(some)
    return count


def rebuild_search() -> int:
    """Write the search index again, and return of how many editions: after names of organisations
    were changed. Some at a time, as `rebuild_neighbours`; search goes on meanwhile."""
    for some in _some_at_a_time():
        with transaction.atomic():
            one_at_a_time()
            listed = Edition.objects.listed().filter(case__in=some)
            search.reindex(listed.select_related("case", "aim", "conflict"))
    with transaction.atomic():
        one_at_a_time()
        count = search.recount()
        bump()
    return count


def _some_at_a_time() -> Iterator[list[int]]:
    """The primary keys of the cases that are listed, few at a time."""
    cases = list(Edition.objects.listed().order_by("case_id").values_list("case", flat=True))
    for start in range(0, len(cases), _CASES_AT_ONCE):
        yield cases[start : start + _CASES_AT_ONCE]


def _audit(action: str, edition: Edition, *, by: User, note: str) -> None:
    before = f"edition {edition.number - 1}" if edition.number > 1 else ""
    after = f"edition {edition.number}"
    audit.record(edition.case, action, by=by, before=before, after=after, note=note)


def _locked(case: Case, *, by: User, unread_reason: str = "") -> Case:
    one_at_a_time()
    stored = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if stored.lock != case.lock:
        raise StaleLock(_("This case was saved by somebody else in the meantime. Read it again."))
    if is_own_work(stored, by) and not unread_reason.strip():
        raise OwnWork(
            _("Only you have changed this case since its last edition: a colleague must decide.")
        )
    return stored


def _refuse_a_former_address(slug: str) -> None:
    if CaseAddress.objects.filter(slug=slug).exists():
        message = _("Another case had the address “%s” once, and it still leads there.") % slug
        raise ValidationError({"slug": message})


def _store(
    record: dict[str, Any],
    case: Case,
    previous: Edition | None,
    *,
    like: Case | Edition,
    by: User,
) -> Edition:
    """Freeze `record` as an edition with the relations of `like`, and put it in print."""
    case.editions.filter(is_current=True).update(is_current=False)
    _drop_fragments(case)
    content = {field.name: getattr(like, field.name) for field in _CONTENT}
    published = {name: record[name] for name in OF_EDITION}
    edition = Edition(
        **content | published | {name: record[name] for name in TEXTS},
        case=case,
        published_at=datetime.fromisoformat(record["published_at"]),
        published_by=by,
        record=record,
        digest=digest(record, previous.digest if previous else ""),
    )
    revision_block.store(edition, trusted=["case", "published_by"])
    for field in _SETS:
        getattr(edition, field.name).add(*getattr(like, field.name).all())
    Participation.objects.bulk_create(
        Participation(edition=edition, organisation_id=row.organisation_id, position=row.position)
        for row in like.participations.all()
    )
    _cite(edition, record)
    search.index(edition)
    store_related(edition)
    append(Event.WITHDRAWAL if edition.is_withdrawn else Event.PUBLICATION, of_edition(edition))
    bump()
    return edition


def _drop_fragments(case: Case) -> None:
    """Stored parts of pages say what the case was; `desk.services` stores new ones."""
    Rendering.objects.filter(edition__case=case).delete()


def _cite(edition: Edition, record: dict[str, Any]) -> None:
    keys = [item["id"] for item in record["sources"]]
    sources = {source.key: source for source in Source.objects.filter(key__in=keys)}
    EditionCitation.objects.bulk_create(
        EditionCitation(
            edition=edition,
            note_number=note["number"],
            position=position,
            source=sources[cite["key"]],
            locator=cite["locator"],
            passage=cite["passage"],
        )
        for note in record["notes"]
        for position, cite in enumerate(note["citations"])
    )
