"""The form by which a visitor sends a correction or a comment."""

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from .models import LENGTHS, LONGEST_MESSAGE, Correction
from .plain_text import plain

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _at_most(field: str, message: "StrOrPromise") -> list[MaxLengthValidator]:
    # A maxlength attribute would make browsers silently cut off what is pasted.
    return [MaxLengthValidator(LENGTHS[field], message)]


def _textarea(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "cols": 60})


class CorrectionForm(forms.Form):
    """A correction or a comment. Control characters, which senders cannot see, are removed from
    what was typed; every other character is kept and shown again with an error."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("What would you like to send?"),
        choices=[
            (Correction.Kind.CORRECTION, _("A correction: something is wrong or missing")),
            (Correction.Kind.COMMENT, _("A comment: something we should know or consider")),
        ],
        widget=forms.RadioSelect,
        initial=Correction.Kind.CORRECTION,
        error_messages={
            "required": _("Choose whether this is a correction or a comment."),
            "invalid_choice": _("Choose whether this is a correction or a comment."),
        },
    )
    passage = forms.CharField(
        label=_("Passage it is about"),
        required=False,
        widget=_textarea(3),
        help_text=_("The words as they stand in the article, up to 500 characters."),
        validators=_at_most(
            "passage",
            _("The passage must be %(limit_value)d characters or fewer: it has %(show_value)d."),
        ),
    )
    message = forms.CharField(
        label=_("What is wrong or missing?"),
        widget=_textarea(6),
        error_messages={"required": _("Say what is wrong or missing.")},
        validators=_at_most(
            "message",
            _(
                "What is wrong must be told in %(limit_value)d characters or fewer: there are "
                "%(show_value)d."
            ),
        ),
    )
    suggestion = forms.CharField(
        label=_("Suggested wording"),
        required=False,
        widget=_textarea(4),
        help_text=_("How the passage should read."),
        validators=_at_most(
            "suggestion",
            _(
                "The suggested wording must be %(limit_value)d characters or fewer: it has "
                "%(show_value)d."
            ),
        ),
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        widget=_textarea(3),
        help_text=_("A link or a reference by which we can check it: author, title, year, page."),
        validators=_at_most(
            "evidence",
            _("The evidence must be %(limit_value)d characters or fewer: it has %(show_value)d."),
        ),
    )
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Seen by our moderators only, unless you ask for credit below."),
        validators=_at_most(
            "name",
            _("Your name must be %(limit_value)d characters or fewer: it has %(show_value)d."),
        ),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=None,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        help_text=_("To tell you what we decide. It is never published."),
        validators=_at_most(
            "email",
            _("The e-mail address must be %(limit_value)d characters or fewer."),
        ),
        error_messages={
            "invalid": _("Enter an e-mail address such as name@example.org, or leave it blank.")
        },
    )
    credit_wanted = forms.BooleanField(
        label=_("Name me in the public notice if the correction is accepted"), required=False
    )
    website = forms.CharField(label=_("Leave this field empty"), required=False)
    form_token = forms.CharField(
        required=False,
        initial=secrets.token_urlsafe,
        widget=forms.HiddenInput,
    )

    def __init__(self, data: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        if data is not None:
            data = {name: plain(value) for name, value in data.items()}
        super().__init__(data, **kwargs)

    def clean(self) -> None:
        """Credit needs a name. A filled honeypot is refused; a person whom that happens to loses
        nothing and can send again."""
        if self.cleaned_data.get("credit_wanted") and self.cleaned_data.get("name") == "":
            self.add_error("name", _("Enter the name that the notice should give."))
        if self.cleaned_data.get("website"):
            raise forms.ValidationError(
                _("A hidden field was filled in, as programs do. It is empty now: please resend.")
            )

    @property
    def words(self) -> dict[str, Any]:
        """The arguments for `services.send`, of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "website"}


class ReplyForm(forms.Form):
    """The sender's answer to a question; cleaned as CorrectionForm cleans."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Your answer"),
        widget=_textarea(6),
        error_messages={"required": _("Write your answer.")},
        validators=[
            MaxLengthValidator(
                LONGEST_MESSAGE,
                _("The answer must be %(limit_value)d characters or fewer: it has %(show_value)d."),
            )
        ],
    )
    website = forms.CharField(label=_("Leave this field empty"), required=False)
    form_token = forms.CharField(
        required=False, initial=secrets.token_urlsafe, widget=forms.HiddenInput
    )

    def __init__(self, data: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        if data is not None:
            data = {name: plain(value) for name, value in data.items()}
        super().__init__(data, **kwargs)

    def clean_website(self) -> str:
        """Refused where it is filled in; a person whom that happens to can send again."""
        if self.cleaned_data.get("website"):
            self.add_error(
                None,
                _("A hidden field was filled in, as programs do. It is empty now: please resend."),
            )
        return ""
