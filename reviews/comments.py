"""What editors and moderators say to each other about a case, and whether it is resolved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cases.models import Case
from editions.passages import Passage, passages, same_or_like
from revisions import audit

from . import files
from .models import Comment, Thread


class WrongThreadState(RuntimeError):
    """The thread is resolved already, or is not; the message says by whom."""


@dataclass(frozen=True)
class Placed:
    """A thread, and the paragraph of the text as it stands that it is about: the same, one that
    says much the same, or none where it is gone."""

    thread: Thread
    now_at: str  # an id of `editions.passages`
    is_changed: bool

    @property
    def is_gone(self) -> bool:
        """Whether the paragraph is not in the text any more."""
        return bool(self.thread.paragraph) and not self.now_at

    @property
    def is_about_all(self) -> bool:
        """Whether it is about the case as a whole."""
        return not self.thread.paragraph


def paragraphs_of(html: str) -> list[Passage]:
    """The paragraphs of a text, without their sentences."""
    return [passage for passage in passages(html) if "s" not in passage.id]


def placed(threads: Iterable[Thread], html: str) -> list[Placed]:
    """Where each thread's paragraph stands in the text by now. Only of threads that are open is one
    looked for that says much the same: that takes time."""
    found = paragraphs_of(html)
    return [_place(thread, found) for thread in threads]


def _place(thread: Thread, found: Sequence[Passage]) -> Placed:
    if not thread.paragraph:
        return Placed(thread, "", False)
    same = [passage for passage in found if passage.text == thread.paragraph]
    if same:
        at = next((p for p in same if p.id == thread.place), same[0])
        return Placed(thread, at.id, False)
    like = None if thread.resolved_at else same_or_like(thread.paragraph, list(found))
    return Placed(thread, like.id if like else "", like is not None)


def comment(case: Case, *, by: User, text: str, about: Passage | None = None) -> Thread:
    """Begin a thread about a paragraph, or about the whole case. Raises ValidationError for a
    comment that says nothing."""
    with transaction.atomic():
        stored = files.locked_case(case)
        words = about.text if about else ""
        thread = Thread(file=files.opened(stored), place=about.id if about else "", paragraph=words)
        thread.full_clean()
        thread.save()
        _say(thread, by=by, text=text)
        audit.record(stored, audit.Action.COMMENTED, by=by, note=_with_place(words, text))
    return thread


def reply(thread: Thread, *, by: User, text: str) -> Comment:
    """Answer in a thread. Raises ValidationError for an answer that says nothing."""
    with transaction.atomic():
        said = _say(thread, by=by, text=text)
        words = _with_place(thread.paragraph, text)
        audit.record(thread.file.case, audit.Action.COMMENTED, by=by, note=words)
    return said


def resolve(thread: Thread, *, by: User) -> Thread:
    """What it was about is settled. Raises WrongThreadState where it is already."""
    with transaction.atomic():
        stored = _locked(thread)
        if stored.resolved_by:
            who = stored.resolved_by.get_full_name() or stored.resolved_by.get_username()
            raise WrongThreadState(_("%(who)s has resolved this already.") % {"who": who})
        stored.resolved_by, stored.resolved_at = by, timezone.now()
        _save(stored, audit.Action.RESOLVED, by=by, before="open", after="resolved")
    return stored


def reopen(thread: Thread, *, by: User) -> Thread:
    """It is not settled after all. Raises WrongThreadState where it is open."""
    with transaction.atomic():
        stored = _locked(thread)
        if not stored.resolved_by:
            raise WrongThreadState(_("This is open already."))
        stored.resolved_by = stored.resolved_at = None
        _save(stored, audit.Action.REOPENED, by=by, before="resolved", after="open")
    return stored


def as_reasons(threads: Iterable[Thread]) -> str:
    """What is said in threads, each after the beginning of its paragraph: a reason for sending a
    case back."""
    said = []
    for thread in threads:
        texts = [comment.text for comment in thread.comments.all()]
        said.append(_with_place(thread.paragraph, "\n".join(texts)))
    return "\n\n".join(said)


def _with_place(paragraph: str, text: str) -> str:
    if not paragraph:
        return text
    beginning = Truncator(paragraph).words(8, truncate=" …")
    return f"“{beginning}”: {text}"


def _say(thread: Thread, *, by: User, text: str) -> Comment:
    said = Comment(thread=thread, by=by, text=text.strip())
    said.full_clean()
    said.save()
    return said


def _locked(thread: Thread) -> Thread:
    rows = Thread.objects.select_for_update(of=("self",))
    return rows.select_related("file__case", "resolved_by").get(pk=thread.pk)


def _save(thread: Thread, action: str, *, by: User, before: str, after: str) -> None:
    thread.full_clean()
    thread.save()
    first = thread.comments.first()
    note = _with_place(thread.paragraph, first.text if first else "")
    audit.record(thread.file.case, action, by=by, before=before, after=after, note=note)
