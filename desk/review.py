"""What a moderator needs to see of a case before deciding on it."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from reversion.models import Version

from cases.models import Case
from cases.proofreading import Finding, proofread
from cases.rendering import Rendered, render_case
from corrections.models import Correction, Notice
from corrections.notices import standing_concern
from editions.models import Edition
from editions.record import compare
from editions.record.build import build
from editions.record.field import Record
from editions.services import is_own_work
from revisions import history, snapshots
from revisions.differences import FieldDifference, Value

from .services import fingerprint

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
        return build(
            self.case,
            self.rendered,
            number=0,
            kind="",
            change_note="",
            published_at=timezone.now(),
        )

    @cached_property
    def seen(self) -> str:
        """The fingerprint by which it is told whether the case is still what was reviewed."""
        return fingerprint(self.record)

    @cached_property
    def differences(self) -> list[FieldDifference]:
        """From the newest edition with a text."""
        return compare.differences(self.before.record, self.record) if self.before else []

    @cached_property
    def findings(self) -> list[Finding]:
        """What proofreading finds."""
        return proofread(self.case, self.rendered)

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
    def facts(self) -> dict[str, list[str]]:
        """Everything but the text, for a case that there is no edition to compare with."""
        held = snapshots.of_object(self.case)
        held.pop(capfirst(str(Case._meta.get_field("body").verbose_name)), None)
        return {label: _names(value) for label, value in held.items() if value}

    @property
    def text(self) -> SafeString:
        """The text as readers would have it."""
        return mark_safe(self.rendered.html)  # noqa: S308 - rendering cleans it


def _names(value: Value) -> list[str]:
    if isinstance(value, str):
        return [value]
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
