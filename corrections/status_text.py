"""The sentences in which the sender of a correction reads its state and its steps."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Correction, CorrectionEvent

_STATES: dict[str, Promise] = {
    Correction.Status.NEW: _("We have received it. A moderator will read it."),
    Correction.Status.TAKEN: _("A moderator is looking at it."),
    Correction.Status.ACCEPTED: _(
        "We have accepted it. The next edition of the article will say so."
    ),
    Correction.Status.DECLINED: _("We have decided to leave the article as it is."),
    Correction.Status.SPAM: _(
        "We have set it aside as spam. If that is a mistake, please write to us again."
    ),
    Correction.Status.MENDED: _("A new edition of the article has been published with it."),
    Correction.Status.ANSWERED: _("We have read your comment and answered it."),
    Correction.Status.JOINED: _("Another reader has told us of the same; we decide both together."),
}
_STEPS: dict[str, Promise] = {
    CorrectionEvent.Action.SENT: _("You sent it."),
    CorrectionEvent.Action.TAKEN: _("A moderator took it up."),
    CorrectionEvent.Action.ACCEPTED: _("It was accepted."),
    CorrectionEvent.Action.DECLINED: _("It was declined."),
    CorrectionEvent.Action.ANSWERED: _("It was answered."),
    CorrectionEvent.Action.SPAM: _("It was set aside as spam."),
    CorrectionEvent.Action.UNDONE: _("The decision was taken back: we are looking at it again."),
    CorrectionEvent.Action.MENDED: _("It was mended in a new edition."),
    CorrectionEvent.Action.RELEASED: _("It was put back for another moderator."),
    CorrectionEvent.Action.ASKED: _("We asked you something."),
    CorrectionEvent.Action.REPLIED: _("You answered."),
    CorrectionEvent.Action.JOINED: _("It was joined to another that says the same."),
}
_WAITING = _("We have asked you something: please answer below.")
_NOTE_IS_FOR_SENDER = (
    CorrectionEvent.Action.ACCEPTED,
    CorrectionEvent.Action.DECLINED,
    CorrectionEvent.Action.ANSWERED,
)


def state_of(correction: Correction) -> str:
    """Where the correction stands, in a sentence or two: of a double, the other's state too."""
    if correction.is_waiting_for_sender:
        return str(_WAITING)
    said = str(_STATES[correction.status])
    if correction.joined_to is not None:
        said += " " + str(_STATES[correction.joined_to.status])
    return said


def steps_of(correction: Correction) -> list[tuple[datetime, Promise, str]]:
    """Time, sentence and words of each step, oldest first: what the sender was asked and answered,
    and the answer to them. Who did it, and the notes of moderators for each other, are not shown to
    the sender. Two queries."""
    messages = iter(correction.messages.all())
    steps = []
    for event in correction.events.all():
        words = event.note if event.action in _NOTE_IS_FOR_SENDER else ""
        if event.action in (CorrectionEvent.Action.ASKED, CorrectionEvent.Action.REPLIED):
            words = getattr(next(messages, None), "text", "")  # one for each, in the same order
        steps.append((event.at, _STEPS[event.action], words))
    return steps
