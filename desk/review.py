"""What a moderator needs to see of a case before deciding on it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from reversion.models import Version

from cases.findings_panel import Sorted, sorted_out
from cases.models import Case
from cases.proofreading import Finding, Grade, proofread
from cases.rendering import Rendered, render_case
from corrections.models import Correction, Notice
from corrections.notices import standing_concern
from editions.models import Edition
from editions.passages import marked
from editions.record import compare
from editions.record.field import Record
from editions.services import is_own_work
from reviews import checklist, files
from reviews.comments import Placed, placed
from reviews.models import ReviewFile, Schedule, Thread
from revisions import history, snapshots
from revisions.differences import FieldDifference, Notes, Value
from revisions.models import AuditEvent
from sources.models import Source

from .services import fingerprint, next_record

_REVISIONS = 100  # shown at once; the case's history has them all


@dataclass(frozen=True)
class Review:
    """A case beside its editions. Its text is rendered, and its record built, when asked for:
    `editions.services.publish` does both, so that a decision to publish must not do them too."""

    case: Case
    in_print: Edition | None  # may be a withdrawal, or a tombstone
    before: Edition | None  # the newest edition with a text: what the case is compared with
    own_work: bool

    @cached_property
    def rendered(self) -> Rendered:
        """The text and the notes as readers would have them."""
        return render_case(self.case)

    @cached_property
    def record(self) -> Record:
        """The record that the next edition would have, but for its number, kind and day."""
        return next_record(self.case, self.rendered)

    @cached_property
    def seen(self) -> str:
        """The fingerprint by which it is told whether the case is still what was reviewed."""
        return fingerprint(self.record)

    @cached_property
    def differences(self) -> list[FieldDifference]:
        """From the newest edition with a text."""
        return compare.differences(self.before.record, self.record) if self.before else []

    @cached_property
    def proofread(self) -> Sorted:
        """What proofreading finds, hints too, and what somebody dismissed."""
        return sorted_out(proofread(self.case, self.rendered, hints=True))

    @property
    def findings(self) -> list[Finding]:
        """What stops publication, and the warnings."""
        return [one for one in self.proofread.standing if one.grade != Grade.HINT]

    @property
    def hints(self) -> list[Finding]:
        """What one need not look at."""
        return self.proofread.of(Grade.HINT)

    @property
    def is_first(self) -> bool:
        """Whether publishing makes the first edition."""
        return self.in_print is None

    @property
    def in_review(self) -> bool:
        """Whether it waits for a moderator."""
        return self.case.stage == Case.Stage.IN_REVIEW

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether it is in print with a text."""
        return self.in_print is not None and self.in_print.has_text

    @cached_property
    def concern(self) -> Notice | None:
        """The expression of concern about it that nobody has lifted."""
        return standing_concern(self.case) if self.in_print else None

    @property
    def is_stopped(self) -> bool:
        """Whether a finding stops publication."""
        return any(finding.blocks for finding in self.findings)

    @cached_property
    def accepted(self) -> QuerySet[Correction]:
        """The corrections that the next edition may mend."""
        return Correction.objects.accepted().of(self.case).for_queue()

    @cached_property
    def waiting(self) -> QuerySet[Correction]:
        """Corrections of this case that nobody has decided yet."""
        return Correction.objects.open().of(self.case).for_queue()

    @cached_property
    def revisions(self) -> list[Version]:
        """Those since the edition in print, newest first."""
        found = history.revisions_of(self.case)
        if self.in_print is not None:
            found = found.filter(revision__date_created__gt=self.in_print.published_at)
        return list(found[:_REVISIONS])

    @cached_property
    def file(self) -> ReviewFile | None:
        """What is held together about the edition that is being prepared."""
        return files.current(self.case)

    @property
    def holder(self) -> User | None:
        """Who has claimed the case."""
        return self.file.holder if self.file else None

    @cached_property
    def schedule(self) -> Schedule | None:
        """The time that is set for its publication."""
        return self.file.schedules.waiting().select_related("by").first() if self.file else None

    @cached_property
    def not_published(self) -> Schedule | None:
        """What was not published at its time, and why."""
        failed = Schedule.objects.failed().filter(file=self.file).order_by("-pk")
        return failed.first() if self.file else None

    @cached_property
    def checklist(self) -> list[checklist.Row]:
        """What is looked at before each publication, with what is ticked."""
        return checklist.rows(self.file)

    @cached_property
    def threads(self) -> list[Thread]:
        """What was said of the case, for whatever edition."""
        return list(Thread.objects.of(self.case))

    @cached_property
    def comments(self) -> list[Placed]:
        """The same, and where its paragraphs stand now."""
        return placed(self.threads, self.rendered.html)

    @property
    def open_comments(self) -> list[Thread]:
        """The threads that nobody has resolved."""
        return [thread for thread in self.threads if not thread.resolved_at]

    @cached_property
    def sources_added(self) -> list[Source]:
        """Those that the newest edition with a text did not cite."""
        if self.before is None:
            return []
        cited = {item["id"] for item in self.before.record["sources"]}
        keys = [item["id"] for item in self.record["sources"] if item["id"] not in cited]
        return list(Source.objects.filter(key__in=keys))

    @cached_property
    def proposed_note(self) -> str:
        """What the change note might say: the reasons of what was changed since the last edition,
        each once, the first first."""
        if self.in_print is None:
            return ""
        reasons = AuditEvent.objects.filter(
            about_type=ContentType.objects.get_for_model(Case),
            about_id=str(self.case.pk),
            action=AuditEvent.Action.CHANGED,
            at__gt=self.in_print.published_at,
        ).order_by("pk")
        said = [note.strip() for note in reasons.values_list("note", flat=True)[:_REVISIONS]]
        return " ".join(r if r.endswith((".", "!", "?")) else f"{r}." for r in unique(said) if r)

    @property
    def is_settled(self) -> bool:
        """Whether it says what its edition in print says, so that nothing is to be published."""
        in_print = self.may_be_withdrawn and self.case.stage != Case.Stage.APPROVED
        return in_print and not self.differences

    @cached_property
    def facts(self) -> dict[str, list[str]]:
        """Everything but the text, for a case that there is no edition to compare with."""
        held = snapshots.of_object(self.case)
        held.pop(capfirst(str(Case._meta.get_field("body").verbose_name)), None)
        return {label: _names(value) for label, value in held.items() if value}

    @property
    def plain_text(self) -> SafeString:
        """The text as readers would have it."""
        return mark_safe(self.rendered.html)  # noqa: S308 - rendering cleans it

    @property
    def text(self) -> SafeString:
        """The text as readers would have it, with the way to comment on each paragraph."""
        return with_comments(self.rendered.html, self.case, self.comments)


def with_comments(html: str, case: Case, comments: Iterable[Placed]) -> SafeString:
    """The text with, at the end of each paragraph, links to what was said of it and to say more."""
    page = reverse("admin:comments", args=[case.pk])
    there: dict[str, list[Placed]] = defaultdict(list)
    for row in comments:
        there[row.now_at].append(row)

    def ways(place: str) -> SafeString:
        return render_to_string(
            "desk/_paragraph.html",
            {"page": page, "place": place, "number": place[1:], "rows": there[place]},
        )

    return mark_safe(marked(html, ways))  # noqa: S308 - rendering cleans it


def unique(texts: Iterable[str]) -> list[str]:
    """The texts in order, each once."""
    return list(dict.fromkeys(texts))


def _names(value: Value) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Notes):
        return list(value.texts)
    return sorted(value) if isinstance(value, frozenset) else list(value)


def look_at(case: Case, user: User) -> Review:
    """The case as it stands, for `user` to decide on. Three queries; some ten where it is shown."""
    in_print = before = case.editions.current().select_related("published_by").first()
    if in_print and not in_print.has_text:
        before = Edition.objects.with_text().filter(case=case).order_by("-number").first()
    return Review(
        case=case,
        in_print=in_print,
        before=before,
        own_work=is_own_work(case, user),
    )
