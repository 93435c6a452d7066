"""A whole import goes to readers: what was found in its drafts, what is set aside, and one decision
for all that nothing stops, which the worker carries out draft by draft.

There is no other way into print than `desk.services.publish`: a draft that somebody has changed
since it was decided on, or that findings, a claim or the checklist stop, is passed over, and the
page says why. Each is a transaction of its own with its entry, so a kill leaves none half.
"""

import logging
from collections.abc import Callable, Iterable
from time import monotonic

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import services as cases
from cases.models import Case
from cases.proofreading import proofread
from cases.services import StaleLock, WrongStage
from editions import services as editions
from editions.models import Edition
from editions.services import OwnWork
from manuscripts.models import ImportBatch, ImportedArticle
from reviews.claims import ClaimedByAnother
from revisions import audit

from .models import BatchEntry, BatchPublication, KeptFindings, SetAside
from .models.batches import EntryQuerySet
from .services import NOT_PUBLISHED, MayNotPublish, publish

_log = logging.getLogger(__name__)
State = BatchEntry.State
_AT_REST = (ImportBatch.State.FINISHED, ImportBatch.State.STOPPED)
_ROUND = 8.0  # seconds; then the other work of the worker has its turn


class NothingToPublish(ValueError):
    """No draft of the import can be published as it stands."""


class DecidedAlready(NothingToPublish):
    """All that can be published waits for it: the button was pressed twice."""


def drafts(batch: ImportBatch) -> QuerySet[ImportedArticle]:
    """The articles of an import whose drafts no edition was made of yet, in their order."""
    published = Edition.objects.filter(case=OuterRef("case"))
    there = Case.objects.filter(pk=OuterRef("case"))
    rows = batch.articles.imported().filter(Exists(there), ~Exists(published))
    return rows.order_by("position")


def ready(batch: ImportBatch) -> QuerySet[ImportedArticle]:
    """Those of `drafts` that were looked at as they stand and have no finding that stops them; not
    what is set aside, was sent back, or waits to be published already."""
    waiting = BatchEntry.objects.waiting().filter(article=OuterRef("pk"))
    looked = Q(case__kept_findings__lock=F("case__lock"), case__kept_findings__stopping=0)
    return (
        drafts(batch)
        .filter(looked, ~Exists(waiting), set_aside=None)
        .exclude(case__stage=Case.Stage.CHANGES_REQUESTED)
    )


def unseen(rows: QuerySet[ImportedArticle]) -> QuerySet[ImportedArticle]:
    """Those whose drafts were not looked at as they stand now."""
    return rows.exclude(case__kept_findings__lock=F("case__lock"))


def look_at_imports() -> int:
    """Look at drafts of finished imports that nobody has looked at as they stand, for some
    seconds; how many. For the worker."""
    published = Edition.objects.filter(case=OuterRef("case"))
    there = Case.objects.filter(pk=OuterRef("case"))
    rows = ImportedArticle.objects.imported().filter(Exists(there), ~Exists(published))
    rows = rows.filter(batch__state__in=_AT_REST)
    return look_at(unseen(rows), until=_in(_ROUND))


def look_at(rows: QuerySet[ImportedArticle], until: Callable[[], bool] = lambda: False) -> int:
    """Proofread the drafts of these articles and keep what was found; how many."""
    looked = 0
    for pk in list(rows.order_by("pk").values_list("case", flat=True)[:500]):
        if until():
            break
        case = Case.objects.filter(pk=pk).first()
        if case is not None:
            look_at_case(case)
            looked += 1
    return looked


def look_at_case(case: Case) -> KeptFindings:
    """Keep what proofreading finds in the case as it stands. An error of ours stops the case."""
    try:
        found = [{"code": f.code, "message": f.message, "stops": f.blocks} for f in proofread(case)]
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        _log.exception("Proofreading case %s failed.", case.pk)
        message = _error_of_ours(error)
        found = [{"code": "program-error", "message": message, "stops": True}]
    stopping = sum(bool(finding["stops"]) for finding in found)
    said = {"lock": case.lock, "findings": found, "stopping": stopping, "looked_at": timezone.now()}
    return KeptFindings.objects.update_or_create(case=case, defaults=said)[0]


def forget_findings(batch: ImportBatch) -> None:
    """Let all drafts be looked at anew: sources or terms may have changed, which no lock tells."""
    of_batch = batch.articles.imported().values("case")
    KeptFindings.objects.filter(case__in=of_batch).delete()


def set_aside(articles: Iterable[ImportedArticle], *, by: User, why: str) -> int:
    """Leave articles out when their import is published, also those that wait for it; how many.
    What a worker has put in print meanwhile stays there, and is not among them. Raises
    ValidationError without a word why."""
    chosen, done = list(articles), 0
    with transaction.atomic():
        _in_turn({article.batch_id for article in chosen})
        for article in chosen:
            _drop_waiting(BatchEntry.objects.filter(article=article), _("Set aside: %s") % why)
            if Edition.objects.filter(case=article.case_id).exists():
                continue
            SetAside.objects.filter(article=article).delete()
            row = SetAside(article=article, by=by, why=why.strip())
            row.full_clean()
            row.save()
            audit.record(article, audit.Action.SET_ASIDE, by=by, note=row.why)
            done += 1
    return done


def take_in(articles: Iterable[ImportedArticle], *, by: User) -> int:
    """Let what was set aside be published with its import again; how many."""
    done = 0
    with transaction.atomic():
        for article in articles:
            if SetAside.objects.filter(article=article).delete()[0]:
                audit.record(article, audit.Action.TAKEN_IN, by=by)
                done += 1
    return done


def ask(batch: ImportBatch, *, by: User) -> BatchPublication:
    """Decide that all drafts of the import that are `ready` are published as first editions. One
    line in the audit trail; each publication has its own besides.

    Raises OwnWork for whoever imported them, DecidedAlready where all that can be published waits
    for it, NothingToPublish where none is ready.
    """
    with transaction.atomic():
        [stored] = _in_turn({batch.pk})
        if stored.by_id == by.pk:
            raise OwnWork(_("You imported these articles: a colleague must decide."))
        found = list(ready(stored).values_list("pk", "case__lock"))
        if not found:
            raise _nothing(stored)
        asked = BatchPublication.objects.create(batch=stored, by=by)
        BatchEntry.objects.bulk_create(
            BatchEntry(publication=asked, article_id=pk, lock=lock) for pk, lock in found
        )
        audit.record(
            *(stored, audit.Action.BATCH_PUBLISHED), by=by, after=f"{len(found)} first editions"
        )
    return asked


def _in_turn(keys: set[int]) -> list[ImportBatch]:
    """These imports, locked: one person at a time decides what is published of them."""
    return list(
        ImportBatch.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    )


def _nothing(batch: ImportBatch) -> NothingToPublish:
    waiting = BatchEntry.objects.waiting().filter(publication__batch=batch)
    first = waiting.select_related("publication__by").first()
    if first is None:
        return NothingToPublish(_("No draft of this import is ready to be published."))
    by = first.publication.by
    said = _("That is decided already, by %(who)s: %(n)s wait to be published.")
    return DecidedAlready(
        said % {"who": by.get_full_name() or by.get_username(), "n": waiting.count()}
    )


def _drop_waiting(entries: EntryQuerySet, outcome: str) -> int:
    """Publish none of these; how many. One that is being published at this moment is waited for,
    and stays published: PostgreSQL asks the row again, but not what it is joined to."""
    keys = list(entries.waiting().values_list("pk", flat=True))
    rows = BatchEntry.objects.filter(pk__in=keys, state=State.WAITING)
    return rows.update(state=State.SKIPPED, outcome=outcome, done_at=timezone.now())


def call_off(batch: ImportBatch, *, by: User) -> int:
    """Publish none of those that wait; how many. What is in print stays there."""
    with transaction.atomic():
        rows = BatchEntry.objects.filter(publication__batch=batch)
        done = _drop_waiting(rows, _("Called off."))
        if done:
            action = audit.Action.BATCH_CALLED_OFF
            audit.record(batch, action, by=by, after=f"{done} drafts")
    return done


def publish_batches() -> int:
    """Publish what was decided, for some seconds; how many were done. For the worker."""
    return publish_waiting(BatchEntry.objects.waiting(), until=_in(_ROUND))


def publish_waiting(
    entries: QuerySet[BatchEntry], until: Callable[[], bool] = lambda: False
) -> int:
    """Publish these one after the other until that says so; how many were published or skipped."""
    done = 0
    for pk in list(entries.values_list("pk", flat=True)[:500]):
        if until():
            break
        done += _publish_one(pk)
    return done


def _publish_one(pk: int) -> bool:
    """Whether it was ours to do. Raises what says that the database is away; any other error skips
    this draft, and the rest goes on."""
    try:
        with transaction.atomic():
            editions.one_at_a_time()
            entry = _locked(pk)
            if entry is None:
                return False
            edition = _published(entry)
            _settle(entry, State.PUBLISHED, _("Published as edition %s.") % edition.number)
            return True
    except (OperationalError, InterfaceError):
        raise
    except (*NOT_PUBLISHED, StaleLock, ClaimedByAnother) as error:
        said = error.messages if isinstance(error, ValidationError) else [str(error)]
        outcome = " ".join(said)
    except Exception as error:
        _log.exception("A draft of an import could not be published: entry %s", pk)
        outcome = _error_of_ours(error)
    with transaction.atomic():
        entry = _locked(pk)
        if entry is not None:
            _settle(entry, State.SKIPPED, outcome)
    return True


def _locked(pk: int) -> BatchEntry | None:
    rows = BatchEntry.objects.waiting().select_for_update(skip_locked=True, of=("self",))
    return (
        rows.select_related("publication__by", "publication__batch", "article")
        .filter(pk=pk)
        .first()
    )


def _settle(entry: BatchEntry, state: str, outcome: str) -> None:
    entry.state, entry.outcome, entry.done_at = state, outcome, timezone.now()
    entry.full_clean()
    entry.save()


def _published(entry: BatchEntry) -> Edition:
    """The first edition of a draft, submitted in the name of the batch where nobody has done so."""
    by, batch = entry.publication.by, entry.publication.batch
    if not (by.is_active and by.has_perm("cases.publish_case")):
        raise MayNotPublish(_("Whoever decided it may not publish any more."))
    key = entry.article.case_id
    case = Case.objects.select_for_update(no_key=True).filter(pk=key).first() if key else None
    if case is None:
        raise WrongStage(_("The draft was discarded."))
    if case.lock != entry.lock:
        raise StaleLock(_("It was changed after that was decided."))
    if case.editions.exists():
        raise WrongStage(_("It was published meanwhile."))
    with audit.nobody_is_told():  # of hundreds at once; the page says it
        if case.stage != Case.Stage.IN_REVIEW:
            reason = _("For the publication of import %(n)s, “%(name)s”, as one batch.")
            said = reason % {"n": batch.pk, "name": batch.name}
            case = cases.submit(case, by=by, reason=said)
        return publish(case, by=by)


def _error_of_ours(error: Exception) -> str:
    return _("An error of this program, which stands in its log (%s).") % type(error).__name__


def _in(seconds: float) -> Callable[[], bool]:
    end = monotonic() + seconds
    return lambda: monotonic() > end
