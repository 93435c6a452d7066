"""What people fill in about their own accounts: signing in, codes, passwords, reasons."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.widgets import AdminTextInputWidget
from django.contrib.auth.forms import PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from . import passwords


class LogInForm(AdminAuthenticationForm):
    """Name and password."""

    use_required_attribute = False
    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _(
            "Name and password do not go together, or this account cannot come to the desk. "
            "Both are told apart by capitals and small letters."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Name to sign in with")
        for field, told in (
            ("username", _("Type your name.")),
            ("password", _("Type your password.")),
        ):
            self.fields[field].error_messages["required"] = told


def code_field(**over: Any) -> forms.CharField:
    """For a code of the app, or a recovery code."""
    return forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=AdminTextInputWidget(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "code",
            }
        ),
        error_messages={
            "required": _("Type the code."),
            "max_length": _("A code has six digits, a recovery code eight letters and digits."),
        },
        **over,
    )


class CodeForm(forms.Form):
    """The second page of signing in."""

    use_required_attribute = False

    code = code_field(
        help_text=_("Six digits that your authenticator app shows now, or a recovery code.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = True


class EnrolForm(forms.Form):
    """Proves that an app has the secret."""

    use_required_attribute = False

    code = code_field(help_text=_("Six digits that the app shows now."))


class PasswordAndCodeForm(forms.Form):
    """Asked before a second factor is changed: a desk left open changes none."""

    use_required_attribute = False

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password.")},
    )
    code = code_field(
        help_text=_("Six digits that your authenticator app shows now, or a recovery code.")
    )


class ReasonForm(forms.Form):
    """Why an administrator does something to somebody else's account."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=AdminTextInputWidget,
        help_text=_("It stands in the audit trail."),
        error_messages={"required": _("Say why: it stands in the audit trail.")},
    )


class AskForLinkForm(PasswordResetForm):
    """The address of whoever forgot their password. Whether it is anybody's is not told."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your mail address")
        self.fields["email"].error_messages["required"] = _("Type your mail address.")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Mails the links."""
        passwords.ask_for_link(self.cleaned_data["email"])


def _rules() -> str:
    return " ".join(str(text) for text in password_validators_help_texts())


class NewPasswordForm(SetPasswordForm):
    """A new password, twice."""

    use_required_attribute = False

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.user: User = user
        in_our_words(self, "new_password1", "new_password2")


class OtherPasswordForm(PasswordChangeForm):
    """The same, for somebody who has one."""

    use_required_attribute = False

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.user: User = user
        in_our_words(self, "new_password1", "new_password2")
        self.fields["old_password"].label = _("Your password until now")
        self.fields["old_password"].error_messages["required"] = _("Type your password until now.")
        self.error_messages = {
            **self.error_messages,
            "password_incorrect": _("That is not your password until now."),
        }


def in_our_words(form: forms.BaseForm, first: str, second: str) -> None:
    """The two fields of a new password."""
    form.fields[first].label = _("New password")
    form.fields[first].help_text = lazy(_rules, str)()
    form.fields[first].error_messages["required"] = _("Type a new password.")
    form.fields[second].label = _("The same once more")
    form.fields[second].help_text = ""
    form.fields[second].error_messages["required"] = _("Type it once more.")
    form.error_messages = {  # type: ignore[attr-defined]
        **form.error_messages,  # type: ignore[attr-defined]
        "password_mismatch": _("This is not the same as above."),
    }
