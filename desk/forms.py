"""What moderators fill in: publication, reasons, addresses, and decisions about corrections."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from corrections.events import ALWAYS, REPORTED, WANTED, event_of
from corrections.models import Correction
from editions.models import Edition
from reviews.models import ChecklistItem

from .review import Review

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

    ticks = forms.ModelMultipleChoiceField(
        ChecklistItem.objects.none(),
        label=_("Checklist"),
        required=False,
        error_messages={
            "invalid_choice": _("The checklist was changed meanwhile: it stands below as it is.")
        },
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
    unread_reason = words(
        _("Why nobody else has read it"),
        rows=2,
        help_text=_(
            "You alone have changed this case. Readers see beside the edition, for ever, that it "
            "was published without a second reading, and this reason."
        ),
        error_messages={"required": _("Say why nobody else has read it: readers see it.")},
    )
    at = forms.DateTimeField(
        label=_("Or at a set time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Type a date and a time, such as 2030-01-31 14:00.")},
    )

    def __init__(self, *args: Any, found: Review, may_override: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Corrections, self.fields["mends"]).queryset = found.accepted
        self.fields["at"].help_text = _("Time zone: %s.") % timezone.get_current_timezone_name()
        items = ChecklistItem.objects.in_use()
        cast(forms.ModelMultipleChoiceField, self.fields["ticks"]).queryset = items
        without = ["ticks"] if not found.checklist else []
        if found.is_first:
            without += ["kind", "change_note", "mends", *_NOTICE]
        elif not found.accepted:
            without.append("mends")
        if not (found.own_work and may_override):
            without.append("unread_reason")
        for name in without:
            del self.fields[name]

    def require_time(self) -> None:
        """For who wants it published at a set time."""
        field = self.fields["at"]
        field.required, field.widget.is_required = True, True
        field.error_messages["required"] = _("Choose the day and the time.")

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
        required=False,
        help_text=_("What should change before the case can be published. Its editors see it."),
    )
    with_comments = forms.BooleanField(
        label=_("Send the open comments along, each with its paragraph"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, found: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.comments = found.open_comments
        if not self.comments:
            del self.fields["with_comments"]

    def clean(self) -> dict[str, Any]:
        """A reason, or comments that say it."""
        cleaned = super().clean() or {}
        chosen = self.comments if cleaned.get("with_comments") else []
        if not cleaned.get("reason") and not chosen and "reason" not in self.errors:
            self.add_error("reason", _("Say what should change: its editors see it."))
        return cleaned | {"comments": chosen}


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
    question = words(
        _("Question to the sender"),
        required=False,
        help_text=_("They read it on the status page, and in a mail where they left an address."),
    )
    into = forms.ChoiceField(
        label=_("Says the same as"),
        required=False,
        error_messages={"invalid_choice": _("That one is decided meanwhile: choose another.")},
        help_text=_("It is closed with the chosen one, and its sender told of that decision."),
    )

    def __init__(
        self,
        *args: Any,
        action: str = "",
        others: Iterable[Correction] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.action = action
        choices = [(other.reference, _in_a_line(other)) for other in others]
        cast(forms.ChoiceField, self.fields["into"]).choices = [("", _("none")), *choices]

    def clean(self) -> dict[str, Any]:
        """Declining and answering need an answer; accepting needs a notice; asking a question;
        joining, another."""
        cleaned = super().clean() or {}
        if self.action in ("decline", "answer") and not cleaned.get("reason", "-"):
            self.add_error("reason", _("Tell the sender why: they read it word for word."))
        if self.action == "accept" and not any(
            cleaned.get(name, "-") for name in ("before", "after", "why")
        ):
            self.add_error("why", _("Draft the public notice: before, after, or why."))
        if self.action == "ask" and not cleaned.get("question", "-"):
            self.add_error("question", _("Type what you would like to know."))
        if self.action == "join" and not cleaned.get("into", "-"):
            self.add_error("into", _("Choose the one that says the same."))
        return cleaned


def _in_a_line(correction: Correction) -> str:
    said = Truncator(correction.passage or correction.message).chars(70)
    return f"{correction.reference}: {said}"


class UndoForm(forms.Form):
    """Why a decision is taken back."""

    use_required_attribute = False

    reason = words(
        _("Why undo?"),
        rows=2,
        help_text=_("For your colleagues: the sender is told only that it is looked at again."),
        error_messages={"required": _("Say why: your colleagues read it among the events.")},
    )
