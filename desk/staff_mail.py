"""Mail to those who work here: what happened, by the audit trail, to whom it concerns."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Case
from corrections.models import Correction
from outbox.models import MailPreference
from outbox.services import post
from revisions import audit
from revisions.models import AuditEvent, UntoldEvent
from serving.addresses import absolute

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

logger = logging.getLogger(__name__)
Action, Stage, Status = AuditEvent.Action, Case.Stage, Correction.Status
NO_NEWS = timedelta(days=3)  # what is older is told no more: the worker was away too long
_AFTER_AN_ERROR = timedelta(minutes=10)
_AT_ONCE = 100
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_WROTE = Q(action__in=(Action.CREATED, Action.CHANGED)) | Q(
    action=Action.MOVED, after=Stage.IN_REVIEW
)
_OUT = (Action.PUBLISHED, Action.WITHDRAWN)


class Kind(models.TextChoices):
    """What somebody may be told of by mail, and may ask not to be."""

    SUBMITTED = "submitted", gettext_lazy("A case was submitted for review")
    ARRIVED = "arrived", gettext_lazy("A reader sent a correction or a comment")
    SENT_BACK = "sent-back", gettext_lazy("A case of mine was sent back, with the reasons")
    COMMENTED = "commented", gettext_lazy("A case that I write or review was commented on")
    CLAIMED = "claimed", gettext_lazy("A moderator took up a case of mine")
    PUBLISHED = "published", gettext_lazy("A case of mine was published or withdrawn")
    ACCEPTED = "accepted", gettext_lazy("A correction of a case of mine was accepted")


_SAID = {
    Kind.SUBMITTED: gettext_lazy("%(who)s submitted a case for review."),
    Kind.ARRIVED: gettext_lazy("A reader sent %(what)s about this case."),
    Kind.SENT_BACK: gettext_lazy("%(who)s sent back a case of yours, for these reasons:"),
    Kind.COMMENTED: gettext_lazy("%(who)s commented on this case."),
    Kind.CLAIMED: gettext_lazy("%(who)s took up a case of yours for review."),
    Kind.PUBLISHED: gettext_lazy("%(who)s published a case of yours: %(after)s."),
    Kind.ACCEPTED: gettext_lazy(
        "%(who)s accepted %(what)s about a case of yours. It waits to be mended."
    ),
}
_WITHDRAWN = gettext_lazy("%(who)s withdrew a case of yours, for these reasons:")
_SUBJECTS: dict[str, "StrPromise"] = {
    Kind.SUBMITTED: gettext_lazy("For review: %(title)s"),
    Kind.ARRIVED: gettext_lazy("From a reader: %(title)s"),
    Kind.SENT_BACK: gettext_lazy("Sent back: %(title)s"),
    Kind.COMMENTED: gettext_lazy("Comment: %(title)s"),
    Kind.CLAIMED: gettext_lazy("Taken up: %(title)s"),
    Kind.PUBLISHED: gettext_lazy("Published: %(title)s"),
    Kind.ACCEPTED: gettext_lazy("To be mended: %(title)s"),
}
_MOVED: dict[str, Kind] = {
    Stage.IN_REVIEW: Kind.SUBMITTED,
    Stage.CHANGES_REQUESTED: Kind.SENT_BACK,
}
_OF_CASES: dict[str, Kind] = {
    Action.COMMENTED: Kind.COMMENTED,
    Action.CLAIMED: Kind.CLAIMED,
    Action.PUBLISHED: Kind.PUBLISHED,
    Action.WITHDRAWN: Kind.PUBLISHED,
}
_OF_MODERATORS = {  # kinds that are told to all who may do this
    Kind.SUBMITTED: "cases.publish_case",
    Kind.ARRIVED: "corrections.decide_correction",
}


def tell() -> int:
    """Write the mails about events that nobody was told of yet; returns of how many events.

    An event is told in one transaction with the loss of its row: whoever is killed has told it or
    has not, and of two workers one tells it. One that cannot be told waits and holds up no other.
    """
    due = UntoldEvent.objects.filter(due_at__lte=timezone.now())
    untold = list(due.values_list("pk", flat=True)[:_AT_ONCE])
    return sum(_told(pk) for pk in untold)


def _told(pk: int) -> bool:
    try:
        with transaction.atomic():
            rows = UntoldEvent.objects.select_for_update(skip_locked=True, of=("self",))
            row = rows.select_related("event__by").filter(pk=pk).first()
            if row is None:
                return False
            if row.event.at > timezone.now() - NO_NEWS:
                _write(row.event)
            row.delete()
    except Exception:
        logger.exception("Nobody could be told of event %s.", pk)
        later = timezone.now() + _AFTER_AN_ERROR
        UntoldEvent.objects.filter(pk=pk).update(due_at=later)
        return False
    return True


def kind_of(event: AuditEvent) -> Kind | None:
    """Of which kind a mail about it is; None for what is told to nobody."""
    about = event.about_type_id
    if about == ContentType.objects.get_for_model(Correction).pk:
        if event.action != Action.CORRECTION:
            return None
        arrived = event.before == "" and event.after == Status.NEW
        accepted = event.after == Status.ACCEPTED
        return Kind.ARRIVED if arrived else Kind.ACCEPTED if accepted else None
    if about != ContentType.objects.get_for_model(Case).pk:
        return None
    if event.action == Action.MOVED:
        return _MOVED.get(event.after)
    return _OF_CASES.get(event.action)


def kinds_for(user: User) -> list[Kind]:
    """What somebody can be told of at all."""
    needed = {kind: _OF_MODERATORS.get(kind, "cases.change_case") for kind in Kind}
    return [kind for kind in Kind if user.has_perm(needed[kind])]


def is_wanted_by_default(kind: Kind, user: User) -> bool:
    """Everything is, but for administrators what is told to all moderators."""
    return kind not in _OF_MODERATORS or not user.is_superuser


def unwanted(user: User) -> set[str]:
    """The kinds that somebody does not get. One query."""
    wishes = dict(MailPreference.objects.filter(user=user).values_list("kind", "wanted"))
    return {kind.value for kind in Kind if not wishes.get(kind, is_wanted_by_default(kind, user))}


def _write(event: AuditEvent) -> None:
    kind = kind_of(event)
    case = _case(event) if kind else None
    if kind is None or case is None:
        return
    reviewers = _reviewers(case, event) if kind == Kind.COMMENTED else set()
    for user in _readers(kind, case, event, reviewers):
        if kind in unwanted(user):
            continue
        reviews = kind == Kind.SUBMITTED or user.pk in reviewers
        facts = {"title": case.title}
        post(
            f"event:{event.pk}:user:{user.pk}",
            to=user.email,
            subject=f"[{settings.SITE_NAME}] {_SUBJECTS[kind] % facts}",
            body=_body(kind, case, event, address=_address(kind, case, event, reviews)),
        )


def _case(event: AuditEvent) -> Case | None:
    """The case that the event is about, without its text; None where it is gone."""
    cases = Case.objects.defer("body")
    if event.about_type_id == ContentType.objects.get_for_model(Case).pk:
        return cases.filter(pk=event.about_id).first()
    return cases.filter(editions__corrections=int(event.about_id)).first()


def _readers(kind: Kind, case: Case, event: AuditEvent, reviewers: set[int]) -> Iterable[User]:
    """Who is told: never whoever did it, nobody who has left, nobody without an address."""
    may_come = User.objects.filter(is_active=True, is_staff=True).exclude(email="")
    if event.by_id is not None:
        may_come = may_come.exclude(pk=event.by_id)
    if kind in _OF_MODERATORS:
        allowed = User.objects.with_perm(_OF_MODERATORS[kind], backend=_BACKEND)
        return may_come.filter(pk__in=allowed.values("pk")).order_by("pk")
    ever = kind == Kind.ACCEPTED or event.action == Action.WITHDRAWN
    writers = _writers(case, event, ever=ever)
    contributors = case.contributors.values_list("pk", flat=True)
    return may_come.filter(pk__in={*writers, *contributors, *reviewers}).order_by("pk")


def _trail(case: Case) -> QuerySet[AuditEvent]:
    of_cases = ContentType.objects.get_for_model(Case)
    return AuditEvent.objects.filter(about_type=of_cases, about_id=str(case.pk)).order_by()


def _writers(case: Case, event: AuditEvent, *, ever: bool) -> set[int]:
    """Who wrote or submitted it until then, since the edition before or ever. By the trail: a
    publication empties the list of contributors."""
    wrote = _trail(case).filter(_WROTE, by__isnull=False)
    if event.about_type_id == ContentType.objects.get_for_model(Case).pk:
        wrote = wrote.filter(pk__lte=event.pk)
        before = _trail(case).filter(action__in=_OUT, pk__lt=event.pk).order_by("-pk").first()
        if before is not None and not ever:
            wrote = wrote.filter(pk__gt=before.pk)
    return set(wrote.values_list("by", flat=True))


def _reviewers(case: Case, event: AuditEvent) -> set[int]:
    """Who claimed it since it was submitted and has not released it, and who commented on it since
    then and may publish."""
    handed_in = _trail(case).filter(action=Action.MOVED, after=Stage.IN_REVIEW, pk__lt=event.pk)
    start = handed_in.order_by("-pk").values_list("pk", flat=True).first() or 0
    since = _trail(case).filter(pk__gt=start, pk__lt=event.pk).order_by("pk")
    found: set[int] = set()
    steps = (Action.CLAIMED, Action.RELEASED, Action.COMMENTED)
    for action, by in since.filter(action__in=steps).values_list("action", "by"):
        found = found - {by} if action == Action.RELEASED else found | {by}
    publishers = User.objects.with_perm("cases.publish_case", backend=_BACKEND)
    return set(publishers.filter(pk__in=found).values_list("pk", flat=True))


def _address(kind: Kind, case: Case, event: AuditEvent, reviews: bool) -> str:
    """The page at the desk where its reader goes on."""
    if kind == Kind.ARRIVED:
        return absolute(reverse("admin:correction_desk", args=[event.label]))
    if reviews:
        return absolute(reverse("admin:review", args=[case.pk]))
    page = absolute(reverse("admin:cases_case_change", args=[case.pk]))
    return f"{page}#correction-{event.label}" if kind == Kind.ACCEPTED else page


def _body(kind: Kind, case: Case, event: AuditEvent, *, address: str) -> str:
    """Nothing that a reader wrote, and nothing that was written to a reader."""
    about_a_reader = kind in (Kind.ARRIVED, Kind.ACCEPTED)
    by = event.by
    facts = {
        "who": (by.get_full_name() or by.get_username()) if by else _("Somebody"),
        "what": event.label,
        "after": event.after,
    }
    said = _WITHDRAWN if event.action == Action.WITHDRAWN else _SAID[kind]
    context = {
        "said": said % facts,
        "title": case.title,
        "address": address,
        "note": "" if about_a_reader else event.note,
        "site_name": settings.SITE_NAME,
        "my_mail": absolute(reverse("admin:my_mail")),
    }
    return render_to_string("desk/mail.txt", context)


def choose(user: User, wanted: Iterable[str]) -> None:
    """From now on `user` gets mails of the kinds `wanted`, of those that there are for them."""
    chosen = set(wanted)
    with transaction.atomic():
        before = unwanted(user)
        for kind in kinds_for(user):
            MailPreference.objects.update_or_create(
                user=user, kind=kind.value, defaults={"wanted": kind.value in chosen}
            )
        after = unwanted(user)
        if after != before:
            off = ", ".join(sorted(after)) or "-"
            audit.record(user, Action.CHANGED, by=user, note=_("Mail turned off: %s") % off)
