"""What is filled in about a case beside the decision: a day, a comment, a link to its draft."""

from datetime import date, timedelta

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .forms import words


class DueForm(forms.Form):
    """By which day a case should be decided on."""

    due = forms.DateField(
        label=_("Due"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class CommentForm(forms.Form):
    """What somebody has to say about a paragraph, about the case, or in a thread."""

    use_required_attribute = False

    text = words(
        _("Comment"),
        rows=4,
        error_messages={"required": _("Write what you have to say.")},
    )
    place = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8)
    paragraph = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)


class DraftLinkForm(forms.Form):
    """For whom a link to a draft is, and until when it leads there."""

    use_required_attribute = False

    for_whom = forms.CharField(
        label=_("For whom"),
        max_length=120,
        widget=AdminTextInputWidget,
        help_text=_("So that you and your colleagues know which link is whose."),
        error_messages={"required": _("Say for whom it is: you see it in the list of links.")},
    )
    until = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("It leads to the draft until the end of that day."),
        error_messages={
            "required": _("Choose the day on which it ends."),
            "invalid": _("Type a day, such as 2030-01-31."),
        },
    )

    def clean_until(self) -> date:
        """Today or later, and at most a year from now."""
        until, today = self.cleaned_data["until"], timezone.localdate()
        if not today <= until <= today + timedelta(days=366):
            raise forms.ValidationError(_("Choose a day from today on, within a year."))
        return until
