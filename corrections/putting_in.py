"""Puts the suggested wording of an accepted correction into the text of its case."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Case
from cases.services import change_case

from .models import Correction
from .placing import Found, Place, as_markdown, find
from .steps import Status, locked


class NotPlaced(ValueError):
    """The wording cannot be put in without a human eye; the message says why, and what to do."""


def put_in(correction: Correction, case: Case, *, by: User) -> Case:
    """Put the suggested wording where the passage stands, as a revision of `case` that names the
    correction; returns the case as stored.

    Raises NotPlaced unless the passage stands there exactly once, without notes and half an
    emphasis within; WrongState unless the correction is accepted; StaleLock where the case was
    saved since it was read; ValidationError as `cases.services.change_case`.
    """
    with transaction.atomic():
        stored = locked(correction, Status.ACCEPTED)
        place = place_of(stored, case)
        wording = as_markdown(stored.suggestion)
        body = case.body[: place.start] + wording + case.body[place.end :]
        return change_case(case, by=by, reason=_reason(stored), body=body)


def place_of(correction: Correction, case: Case) -> Place:
    """The one place where the wording can be put in. Raises NotPlaced."""
    if not correction.suggestion:
        raise NotPlaced(_("No wording was suggested: change the text by hand."))
    if correction.edition.case_id != case.pk:
        raise NotPlaced(_("This correction is about another case."))
    found = find(correction.passage, case.body)
    if not found.exact:
        raise NotPlaced(_unfound(found))
    if len(found.exact) > 1:
        said = _("These words stand in the text %(n)d times: change the right place by hand.")
        raise NotPlaced(said % {"n": len(found.exact)})
    words = found.exact[0].words
    if "[" in words or "]" in words:
        raise NotPlaced(_("A note or a link stands within these words: change them by hand."))
    if "\n\n" in words.replace("\r", ""):
        raise NotPlaced(_("These words run over more than one paragraph: change them by hand."))
    if words.count("*") % 2 or words.count("_") % 2 or words.count("`") % 2:
        raise NotPlaced(_("Emphasis begins or ends within these words: change them by hand."))
    return found.exact[0]


def _unfound(found: Found) -> str:
    if found.nearest is None:
        return _("The words are not in the text as it stands: change it by hand.")
    return _("The words were changed since. What is most like them is shown: change it by hand.")


def _reason(correction: Correction) -> str:
    facts = {"reference": correction.reference, "why": correction.notice_why}
    if correction.notice_why:
        return _("Correction %(reference)s: %(why)s") % facts
    return _("Correction %(reference)s: the suggested wording is put in.") % facts
