"""Who suffered, what happened when, and where: facts of several rows."""

from django.utils.translation import gettext_lazy as _

from editions.record.field import NOTHING, UNKNOWN, Export, Field, Words
from editions.record.kinds import Counts, Events, Places

_SAME = _("In the same order.")


def _list(name: str, label: Words, explanation: Words, example: Words, part: str) -> Export:
    return Export(name, label, explanation, example, UNKNOWN, "list", part)


FIELDS = (
    Field(
        "casualties",
        _("Casualties and displaced"),
        Counts(),
        (
            _list(
                "casualties_counted",
                _("Casualties: what is counted"),
                _("What each count counts; one case may have several, from several sources."),
                "killed; refugees",
                "counted",
            ),
            _list("casualties_low", _("Casualties: low"), _SAME, "20000; 60000", "low"),
            _list("casualties_best", _("Casualties: best"), _SAME, "50000; ", "best"),
            _list("casualties_high", _("Casualties: high"), _SAME, "100000; 80000", "high"),
            _list("casualties_from", _("Casualties: from"), _SAME, "1992; 1992", "start_year"),
            _list("casualties_until", _("Casualties: until"), _SAME, "1997; 1993", "end_year"),
            _list("casualties_citations", _("Casualties: citation"), _SAME, "", "citation"),
        ),
        since=4,
        fact="casualties",
    ),
    Field(
        "events",
        _("Chronology"),
        Events(),
        (
            _list(
                "event_dates",
                _("Chronology: dates"),
                _("When each event was: a day, a month or a year."),
                "1994-09-17; 1997-06-27",
                "date",
            ),
            _list(
                "events",
                _("Chronology"),
                _("What happened then, in the same order."),
                "A ceasefire is signed in Tehran; The General Agreement is signed in Moscow",
                "line",
            ),
        ),
        since=4,
    ),
    Field(
        "places",
        _("Places"),
        Places(),
        (
            Export(
                "places",
                _("Places"),
                _("Points or boxes on the map, by name."),
                "Bakassi",
                NOTHING,
                "list",
                "name",
            ),
            _list(
                "place_latitudes",
                _("Latitudes"),
                _("Degrees north of each of them, in the same order; of a box, its southern edge."),
                "4.7",
                "latitude",
            ),
            _list(
                "place_longitudes",
                _("Longitudes"),
                _("Degrees east, of a box its western edge."),
                "8.6",
                "longitude",
            ),
            _list("place_norths", _("Northern edges"), _("Of boxes."), "", "north"),
            _list("place_easts", _("Eastern edges"), _("Of boxes."), "", "east"),
            _list(
                "place_precisions",
                _("Precision of places"),
                _("What each of them stands for: site, town, district, region or country."),
                "district",
                "precision",
            ),
        ),
        since=4,
        fact="place",
    ),
)
