"""What a case is called, and its text."""

from django.utils.translation import gettext_lazy as _

from editions.record.field import NOTHING, Export, Field
from editions.record.kinds import Line, LongText

FIELDS = (
    Field(
        "title",
        _("Title"),
        Line(),
        (
            Export(
                "title",
                _("Title"),
                _("The title of the case."),
                "Ending the armed conflict in Tajikistan",
            ),
        ),
    ),
    Field(
        "standfirst",
        _("Standfirst"),
        LongText(),
        (
            Export(
                "standfirst",
                _("Standfirst"),
                _("One or two sentences that say who did what, and how it ended."),
                "Eight rounds of talks ended five years of civil war.",
                NOTHING,
            ),
        ),
    ),
    Field("body", _("Text"), LongText()),
)
