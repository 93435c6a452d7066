"""What stands at the addresses of an edition that was removed: a tombstone, 410 Gone."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from corrections.models import Notice
from editions.models import Edition, Removal
from serving.addresses import absolute
from website.exports.edition_formats import as_tombstone


def tombstone(request: HttpRequest, pk: int) -> HttpResponse:
    """The page that says which edition was removed, when and on which ground. Four queries."""
    edition = Edition.objects.without_text().get(pk=pk)
    others = edition.case.editions.exclude(pk=pk).order_by("-number")
    context = {
        "edition": edition,
        "removal": _removal(edition),
        "notice": Notice.objects.filter(found_in=edition, kind=Notice.Kind.REMOVAL).first(),
        "others": others.only("number", "kind", "is_current", "removed_at"),
    }
    return render(request, "website/removed.html", context, status=HTTPStatus.GONE)


def tombstone_file(edition: Edition, extension: str) -> HttpResponse:
    """The same for machines: as JSON where JSON was asked for, else as a sentence."""
    removal = _removal(edition)
    if extension == "json":
        content, form = as_tombstone(edition, removal), "application/json; charset=utf-8"
    else:
        said = _(
            "Edition %(number)d was removed on %(day)s. Legal ground: %(ground)s\n%(address)s\n"
        )
        facts = {
            "number": edition.number,
            "day": f"{removal.confirmed_at:%Y-%m-%d}",
            "ground": removal.ground,
            "address": absolute(edition.permanent_path),
        }
        content, form = said % facts, "text/plain; charset=utf-8"
    response = HttpResponse(content, content_type=form, status=HTTPStatus.GONE)
    response["X-Robots-Tag"] = "noindex"
    return response


def _removal(edition: Edition) -> Removal:
    return edition.removals.exclude(confirmed_at=None).get()
