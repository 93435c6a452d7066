"""What moderators fill in: publication, reasons, addresses, and decisions about corrections."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from corrections.events import ALWAYS, REPORTED, WANTED, event_of
from corrections.models import Correction
from editions.models import Edition

_LONGEST = 5000
_NOTICE = ("notice_before", "notice_after", "notice_wanted")


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def words(
    label: "str | StrPromise", *, rows: int = 3, required: bool = True, **over: Any
) -> forms.CharField:
    """A field for some sentences."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=_LONGEST,
        widget=AdminTextareaWidget(attrs={"rows": rows}),
        **over,
    )


class Corrections(forms.ModelMultipleChoiceField):
    """Accepted corrections to choose from; the template shows each with its wording."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, correction: Correction) -> str:
        """Its reference."""
        return correction.reference


class SeenForm(forms.Form):
    """A form about a case as somebody saw it: `lock` is the number it had then."""

    use_required_attribute = False

    lock = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class PublishForm(SeenForm):
    """Of which kind the next edition is, what changed, and which corrections it mends."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (kind.value, kind.label)
            for kind in Edition.Kind
            if kind not in (Edition.Kind.FIRST, Edition.Kind.WITHDRAWAL)
        ],
        widget=forms.RadioSelect(attrs={"class": "radiolist"}),
        error_messages={"required": _("Choose what kind of edition this is.")},
        help_text=_(
            "A correction mends an error, a clarification makes clearer what was right, an update "
            "brings what is new; an editorial change leaves what is said as it was."
        ),
    )
    change_note = words(
        _("Change note"),
        help_text=_("What changed and why. Readers see it beside the edition, for ever."),
        error_messages={"required": _("Say what changed: readers see it beside the edition.")},
    )
    mends = Corrections(
        Correction.objects.none(),
        label=_("Corrections that this edition mends"),
        required=False,
        error_messages={
            "invalid_choice": _(
                "A correction that you chose is not waiting for an edition any more. Those that "
                "are stand below: choose again."
            ),
        },
        help_text=_("Each chosen one is closed with a public notice, and its sender is told."),
    )

    notice_before = words(
        _("Notice: what it said"),
        rows=2,
        required=False,
        help_text=_(
            "Of an error that you found yourselves: a correction and a clarification have a "
            "public notice, with the change note as its reason."
        ),
    )
    notice_after = words(_("Notice: what it says now"), rows=2, required=False)
    notice_wanted = forms.BooleanField(
        label=_("Readers must know of this update: publish an addendum"), required=False
    )

    def __init__(
        self, *args: Any, first: bool, accepted: QuerySet[Correction], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(Corrections, self.fields["mends"]).queryset = accepted
        if first:
            for name in ("kind", "change_note", "mends", *_NOTICE):
                del self.fields[name]
        elif not accepted:
            del self.fields["mends"]

    def clean(self) -> dict[str, Any]:
        """With the words of the `notice` that this edition has besides those of the corrections it
        mends, by the table of `corrections.events`; None where it needs none."""
        cleaned = super().clean() or {}
        before, after, wanted = (cleaned.get(name) for name in _NOTICE)
        when = event_of(cleaned["kind"]).when if cleaned.get("kind") else REPORTED
        needed = when == ALWAYS and not cleaned.get("mends")
        cleaned["notice"] = None
        if needed or before or after or (wanted and when == WANTED):
            why = cleaned.get("change_note", "")
            cleaned["notice"] = {"before": before or "", "after": after or "", "why": why}
        return cleaned


class SendBackForm(SeenForm):
    """Why a case goes back to its editors."""

    reason = words(
        _("Reason"),
        help_text=_("What should change before the case can be published. Its editors see it."),
        error_messages={"required": _("Say what should change: its editors see it.")},
    )


class WithdrawForm(SeenForm):
    """Why a case is taken out of print."""

    reason = words(
        _("Reason"),
        help_text=_("Readers see it at the case's address and in the register of corrections."),
        error_messages={"required": _("Say why the case is withdrawn: readers see it.")},
    )


class RenameForm(forms.Form):
    """The new address of a case, and why it gets one."""

    use_required_attribute = False

    slug = forms.SlugField(
        label=_("New address"),
        max_length=Case._meta.get_field("slug").max_length,
        widget=AdminTextInputWidget,
        help_text=_("Small letters, figures and hyphens: the last part of the case's address."),
        error_messages={
            "required": _("Type the new address."),
            "invalid": _("An address has small letters, figures and hyphens only."),
        },
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=AdminTextInputWidget,
        help_text=_("A few words for the history."),
        error_messages={"required": _("Say in a few words why: it is kept with the history.")},
    )

    def clean_slug(self) -> str:
        """As typed, where it can be an address and no other case has it."""
        slug = self.cleaned_data["slug"]
        if slug == self.initial.get("slug"):
            return slug
        if slug != slug.lower() or "_" in slug:
            raise forms.ValidationError(self.fields["slug"].error_messages["invalid"])
        if Case.objects.filter(slug=slug).exists():
            raise forms.ValidationError(
                _("Another case has this address. Choose a different one."), code="taken"
            )
        return slug


class DecisionForm(forms.Form):
    """What a moderator writes when deciding about a correction. `action` is the button pressed."""

    use_required_attribute = False

    reason = words(
        _("Answer to the sender"),
        required=False,
        help_text=_(
            "They read it word for word, on the status page and in the mail. Required for "
            "declining and answering."
        ),
    )
    before = words(_("Before"), required=False, help_text=_("What the edition says."))
    after = words(_("After"), required=False, help_text=_("What it will say."))
    why = words(_("Why"), required=False, help_text=_("Why it changes, in a sentence or two."))

    def __init__(self, *args: Any, action: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.action = action

    def clean(self) -> dict[str, Any]:
        """Declining and answering need an answer; accepting needs a notice."""
        cleaned = super().clean() or {}
        if self.action in ("decline", "answer") and not cleaned.get("reason", "-"):
            self.add_error("reason", _("Tell the sender why: they read it word for word."))
        if self.action == "accept" and not any(
            cleaned.get(name, "-") for name in ("before", "after", "why")
        ):
            self.add_error("why", _("Draft the public notice: before, after, or why."))
        return cleaned


class UndoForm(forms.Form):
    """Why a decision is taken back."""

    use_required_attribute = False

    reason = words(
        _("Why undo?"),
        rows=2,
        help_text=_("For your colleagues: the sender is told only that it is looked at again."),
        error_messages={"required": _("Say why: your colleagues read it among the events.")},
    )
