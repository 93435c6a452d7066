"""Does one thing with several cases, each by itself, and says of each why it cannot be done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import services
from .models import Case

_REFUSALS = (services.WrongStage, services.CannotAssign, ValidationError)


@dataclass
class Done:
    """What became of each: the cases with which it was done, and, in words, those with which it
    could not be."""

    cases: list[Case] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def each(self, cases: list[Case], act: Callable[[Case], Any]) -> "Done":
        """Do it with each case by itself, so that one that is refused hinders no other."""
        for case in cases:
            try:
                act(case)
            except _REFUSALS as error:
                said = " ".join(getattr(error, "messages", [str(error)]))
                self.refused.append(_("“%(case)s”: %(why)s") % {"case": case, "why": said})
            else:
                self.cases.append(case)
        return self


def submit(case: Case, *, by: User, reason: str) -> None:
    """Submit one of several. Raises WrongStage where `why_not_submitted` says why."""
    if why := why_not_submitted(case, services.count_findings(case)):
        raise services.WrongStage(why)
    services.submit(case, by=by, reason=reason)


def why_not_submitted(case: Case, findings: int | None) -> str:
    """In words; "" where it can be submitted. A case with findings is submitted from its own form,
    where they stand."""
    if case.stage == Case.Stage.IN_REVIEW:
        return _("It is in review already.")
    if case.stage == Case.Stage.APPROVED:
        return _("It says what its edition in print says: there is nothing to review.")
    if findings:
        words = ngettext(
            "%s finding would stop its publication: open it.",
            "%s findings would stop its publication: open it.",
            findings,
        )
        return words % findings
    return ""


def undo(case: Case, what: dict[str, Any], *, by: User) -> None:
    """Take back `what` was done to one of several. Raises WrongStage, CannotAssign."""
    if why := why_not_undone(case, what):
        raise services.WrongStage(why)
    reason = _("Undone.")
    if what["did"] == "submit":
        services.take_back(case, by=by, reason=reason)
        return
    was = what["was"][str(case.pk)]
    services.assign(case, to=User.objects.filter(pk=was).first(), by=by, reason=reason)


def why_not_undone(case: Case, what: dict[str, Any]) -> str:
    """In words; "" where nothing happened since."""
    if what["did"] == "submit":
        if case.stage != Case.Stage.IN_REVIEW:
            return _("It is not in review any more.")
        if case.stage_changed_by_id != what["by"]:
            return _("Somebody else submitted it since.")
    elif case.editor_id != what["to"]:
        return _("It was assigned to somebody else since.")
    return ""
