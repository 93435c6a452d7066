"""What moderators fill in for notices: concerns, removals, erasing, and what the editors found."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from editions.models.removals import LONGEST_GROUND

from .forms import words

_SEEN_BY_READERS = _("Readers see it at the head of the case and in the register of corrections.")


class ConcernForm(forms.Form):
    """Why a claim is being checked."""

    use_required_attribute = False

    reason = words(
        _("What is being checked, and why"),
        help_text=_SEEN_BY_READERS,
        error_messages={"required": _("Say what is being checked: readers see it.")},
    )


class LiftForm(forms.Form):
    """What came of the check."""

    use_required_attribute = False

    reason = words(
        _("What came of it"),
        help_text=_("Readers see it in the register, beside the concern, which stays there."),
        error_messages={"required": _("Say what came of the check: readers see it.")},
    )


class RemovalForm(forms.Form):
    """The legal ground on which an edition is to be removed."""

    use_required_attribute = False

    ground = words(
        _("Legal ground"),
        help_text=_(
            "The law, and the order or the claim: of whom, when, its number. Readers see it, so "
            "repeat nothing of what must go."
        ),
        error_messages={"required": _("Name the legal ground: readers see it.")},
    )
    title_too = forms.BooleanField(
        label=_("Remove the title as well"),
        required=False,
        help_text=_("Only where the title itself must go."),
    )

    def clean_ground(self) -> str:
        """At most what the record holds."""
        ground = self.cleaned_data["ground"]
        if len(ground) > LONGEST_GROUND:
            raise forms.ValidationError(
                _("The ground must be %(most)d characters or fewer: it has %(has)d.")
                % {"most": LONGEST_GROUND, "has": len(ground)}
            )
        return ground


class ConfirmForm(forms.Form):
    """That a second person has looked, and that nothing can be had back."""

    use_required_attribute = False

    sure = forms.BooleanField(
        label=_("I have read the ground; the edition cannot be had back"), required=False
    )

    def __init__(self, *args: Any, confirms: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.confirms = confirms

    def clean_sure(self) -> bool:
        """Ticked, where it is confirmed."""
        if self.confirms and not self.cleaned_data["sure"]:
            raise forms.ValidationError(_("Tick that you have read the ground."))
        return self.cleaned_data["sure"]


class EraseForm(forms.Form):
    """What is erased of a sender."""

    use_required_attribute = False

    words = forms.BooleanField(
        label=_("Erase what they wrote as well"),
        required=False,
        help_text=_("Passage, message, suggestion and evidence. A published notice stays."),
    )
