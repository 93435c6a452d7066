"""Search as you type: what the letters in a search box may come to."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from editions.models import Edition
from editions.search import beginning_with
from editions.search.autocomplete import folded
from organisations.models import Country, Organisation
from serving.queries import takes_query

from .related_cases import public_organisations

MOST = 4  # of cases and organisations each
MOST_COUNTRIES = 2


@takes_query("q")
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Cases, organisations and countries a name of which begins as `q`, in groups with their
    addresses: {"groups": [{"label", "items": [{"label", "also", "address"}]}]}. Seven queries at
    most."""
    typed = request.GET.get("q", "")
    found = beginning_with(typed, most=MOST)
    countries = found["country"][:MOST_COUNTRIES]
    groups = (
        (_("Countries"), [_item(each, each.names, typed) for each in _countries(countries)]),
        (_("Cases"), [_item(each, [each.title], typed) for each in _cases(found["case"])]),
        (
            _("Organisations"),
            [_item(each, each.names, typed) for each in _organisations(found["organisation"])],
        ),
    )
    response = JsonResponse(
        {"groups": [{"label": label, "items": items} for label, items in groups if items]}
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _item(thing: Edition | Organisation | Country, names: list[str], typed: str) -> dict[str, str]:
    """One line: what it is called, another name where only that begins as was typed, and where it
    leads."""
    words = folded([typed]).removeprefix("|").split()
    fitting = (name for name in names if all(f" {word}" in folded([name]) for word in words))
    name = next(fitting, names[0])
    also = "" if name == names[0] else name
    return {"label": names[0], "also": also, "address": thing.get_absolute_url()}


def _in_order(things: Iterable, order: list[int], key: str = "pk") -> list:
    """The things in the order of their keys."""
    return sorted(things, key=lambda thing: order.index(getattr(thing, key)))


def _cases(pks: list[int]) -> list[Edition]:
    listed = Edition.objects.listed().filter(case__in=pks).select_related("case")
    return _in_order(listed.only("title", "case__slug"), pks, "case_id")


def _organisations(pks: list[int]) -> list[Organisation]:
    """Those that are public; of those merged what they became."""
    became = dict(Organisation.objects.filter(pk__in=pks).values_list("pk", "merged_into"))
    kept = list(dict.fromkeys(became.get(pk) or pk for pk in pks))
    return _in_order(public_organisations().filter(pk__in=kept), kept)


def _countries(pks: list[int]) -> list[Country]:
    listed = Edition.objects.listed().filter(countries=OuterRef("pk"))
    return _in_order(Country.objects.filter(Exists(listed), pk__in=pks), pks)
