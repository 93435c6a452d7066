"""One public notice, and the feed of all: what was corrected or withdrawn, as news."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corrections.models import Notice
from corrections.plain_text import one_line, plain
from editions.log.appending import head_line
from serving.addresses import absolute
from serving.page_cache import cached_page
from website.exports.atom import CONTENT_TYPE, Category, Entry, Feed, Link, atom
from website.metadata import notice_data

NEWEST = 100  # the register has them all


@require_safe
@cached_page
def notice(request: HttpRequest, reference: str) -> HttpResponse:
    """One notice, at the reference the sender was given. One query."""
    found = get_object_or_404(Notice.objects.public(), reference=reference.upper())
    if reference != found.reference:
        return redirect(found, permanent=True)
    context = {
        "notice": found,
        "lifted_by": getattr(found, "lifted_by", None),
        "data": notice_data(found),
    }
    return render(request, "website/notice.html", context)


@require_safe
def notices_feed(request: HttpRequest) -> HttpResponse:
    """The newest public notices as Atom, newest first. Two queries."""
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
        head=head_line(),
    )
    text = "".join(atom(feed, map(_entry, found)))
    response = HttpResponse(text, content_type=CONTENT_TYPE)
    response["Link"] = f'<{register}>; rel="canonical"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _entry(notice: Notice) -> Entry:
    address, slug = absolute(notice.get_absolute_url()), notice.case.slug
    kind = str(notice.get_kind_display())
    said = {"kind": kind, "reference": notice.reference, "title": one_line(notice.title)}
    return Entry(
        id=address,
        title=_("%(kind)s %(reference)s: %(title)s") % said,
        updated=notice.published_at,
        summary="\n".join(_told(notice)),
        links=[
            Link("alternate", address, "text/html"),
            *(
                Link("related", absolute(reverse("edition", args=[slug, edition.number])))
                for edition in (notice.found_in, notice.mended_in)
                if edition
            ),
            *_other_notice(notice),
        ],
        categories=[Category(notice.kind, "", kind)],
    )


def _other_notice(notice: Notice) -> list[Link]:
    """From a concern to its lifting, and back."""
    other = notice.lifts or getattr(notice, "lifted_by", None)
    return [Link("related", absolute(other.get_absolute_url()))] if other else []


def _told(notice: Notice) -> list[str]:
    """What the notice says, a line for each part of it that is there."""
    parts = [
        (_("Before: %s"), plain(notice.before)),
        (_("After: %s"), plain(notice.after)),
        (_("Why: %s"), plain(notice.why)),
        (_("Found in edition %s"), notice.found_in.number),
        (_("Mended in edition %s"), notice.mended_in and notice.mended_in.number),
        (_("Reported by %s, with thanks"), one_line(notice.credit)),
        (_("Decided by: %s"), notice.decided_by),
    ]
    return [line % said for line, said in parts if said]
