"""What one may ask of the audit trail: who, what, about what, from when to when, which words."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import cast

from django import forms
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from revisions.models import AuditEvent

_APPS = (
    *("cases", "organisations", "sources", "corrections", "editions", "website"),
    *("auth", "outbox", "axes"),
)
_NOBODY = "nobody"
_MOST_WORDS = 8


class AuditFilter(forms.Form):
    """The address is the question; blank fields ask nothing."""

    use_required_attribute = False

    who = forms.ChoiceField(label=_("Who"), required=False)
    action = forms.ChoiceField(
        label=_("Did what"),
        required=False,
        choices=[("", _("anything")), *AuditEvent.Action.choices],
    )
    kind = forms.ChoiceField(label=_("To what kind of thing"), required=False)
    day_from = forms.DateField(
        label=_("From the day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    day_to = forms.DateField(
        label=_("To the day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    words = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=200,
        help_text=_("In what things were called at the time, and in the reasons."),
    )

    def __init__(self, asked: Mapping[str, str]) -> None:
        super().__init__(asked)
        people = User.objects.filter(is_staff=True).order_by("first_name", "last_name", "username")
        cast(forms.ChoiceField, self.fields["who"]).choices = [
            ("", _("anybody")),
            *((str(person.pk), _called(person)) for person in people),
            (_NOBODY, _("nobody: the public, or the system")),
        ]
        kinds = ContentType.objects.filter(app_label__in=_APPS).order_by("app_label", "model")
        cast(forms.ChoiceField, self.fields["kind"]).choices = [
            ("", _("any")),
            *((str(kind.pk), kind.name) for kind in kinds),
        ]

    def events(self) -> QuerySet[AuditEvent]:
        """What was asked for, the newest first; nothing where a field makes no sense."""
        events = AuditEvent.objects.order_by("-pk")
        if not self.is_valid():
            return events.none()
        asked = self.cleaned_data
        if asked["who"]:
            events = events.filter(by=None if asked["who"] == _NOBODY else int(asked["who"]))
        if asked["action"]:
            events = events.filter(action=asked["action"])
        if asked["kind"]:
            events = events.filter(about_type=int(asked["kind"]))
        if asked["day_from"]:
            events = events.filter(at__gte=_midnight(asked["day_from"]))
        if asked["day_to"] and asked["day_to"] < date.max:
            events = events.filter(at__lt=_midnight(asked["day_to"] + timedelta(days=1)))
        for word in asked["words"].split()[:_MOST_WORDS]:
            events = events.filter(Q(label__icontains=word) | Q(note__icontains=word))
        return events


def _called(user: User) -> str:
    return user.get_full_name() or user.get_username()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
