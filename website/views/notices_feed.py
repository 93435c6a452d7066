"""The feed of public notices: what was corrected or withdrawn, as news."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corrections.models import Notice
from corrections.plain_text import one_line, plain
from serving.addresses import absolute
from website.exports.atom import CONTENT_TYPE, Category, Entry, Feed, Link, atom

NEWEST = 100  # the register has them all


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The newest public notices as Atom, newest first. One query."""
    found = list(Notice.objects.public()[:NEWEST])
    own, register = absolute(reverse("notices-feed")), absolute(reverse("notices"))
    feed = Feed(
        id=own,
        title=_("%(site)s: corrections") % {"site": settings.SITE_NAME},
        subtitle=_("What a case said, what it says now, and why. Newest first."),
        updated=found[0].published_at if found else timezone.now(),
        links=[
            Link("self", own, CONTENT_TYPE.partition(";")[0]),
            Link("alternate", register, "text/html"),
        ],
    )
    text = "".join(atom(feed, map(_entry, found)))
    response = HttpResponse(text, content_type=CONTENT_TYPE)
    response["Link"] = f'<{register}>; rel="canonical"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _entry(notice: Notice) -> Entry:
    address, slug = absolute(notice.get_absolute_url()), notice.case.slug
    kind = str(notice.get_kind_display())
    said = {"kind": kind, "reference": notice.reference, "title": one_line(notice.mended_in.title)}
    return Entry(
        id=address,
        title=_("%(kind)s %(reference)s: %(title)s") % said,
        updated=notice.published_at,
        summary="\n".join(_told(notice)),
        links=[
            Link("alternate", address, "text/html"),
            Link("related", absolute(reverse("edition", args=[slug, notice.found_in.number]))),
            Link("related", absolute(reverse("edition", args=[slug, notice.mended_in.number]))),
        ],
        categories=[Category(notice.kind, "", kind)],
    )


def _told(notice: Notice) -> list[str]:
    """What the notice says, a line for each part of it that is there."""
    parts = [
        (_("Before: %s"), plain(notice.before)),
        (_("After: %s"), plain(notice.after)),
        (_("Why: %s"), plain(notice.why)),
        (_("Found in edition %s"), notice.found_in.number),
        (_("Mended in edition %s"), notice.mended_in.number),
        (_("Thanks to %s"), one_line(notice.credit)),
    ]
    return [line % said for line, said in parts if said]
