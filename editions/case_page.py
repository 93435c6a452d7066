"""The page of an edition, put together from what was rendered and what stands around it.

A withdrawal has a page of its own; this is for editions with a text.
"""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from . import neighbours
from .models import Edition, Rendering
from .neighbours import Post
from .patterns import Pattern
from .sequences import sequence

_FRAME = Pattern(
    "editions/case.html",
    *("title", "description", "head", "walk", "opening", "asides", "text", "around"),
)
_MORE = Pattern("editions/_more_posts.html", "posts")
_POST = Pattern("editions/_post.html", *Post._fields)
_NO_INDEX = mark_safe('\n  <meta name="robots" content="noindex">')


def page(
    edition: Edition,
    rendering: Rendering,
    *,
    corrections: SafeString,
    said: dict[str, object],
    walk: object = None,
) -> SafeString:
    """The HTML of the page. `edition` knows what of its case is in print, `corrections` is what
    machines are told of notices, `said` the context of the asides, `walk` the reader's way through
    an answer, if any."""
    title = edition.title
    if not edition.is_current:
        title += ", " + _("edition %(number)s") % {"number": edition.number}
    noted = said["notices"] or said["later_notices"] or not edition.is_current
    return _FRAME.filled(
        {
            "title": title,
            "description": Truncator(edition.standfirst).chars(300),
            "head": _html(rendering.head, corrections, "" if edition.is_current else _NO_INDEX),
            "walk": _part("editions/_walk.html", walk=walk) if walk else "",
            "opening": _html(rendering.opening),
            "asides": _part("editions/_asides.html", **said) if noted else "",
            "text": _html(rendering.text),
            "around": _around(edition),
        },
        section="cases",
    )


def _around(edition: Edition) -> SafeString:
    """The sequence of its conflict, and more posts."""
    same = sequence(edition.conflict_in_print, present=edition.case_id)
    shown = {step.case for step in same.steps} if same else set()
    posts = neighbours.more_posts(edition.case, besides=shown)
    return _html(
        _part("editions/_sequence.html", sequence=same, edition=edition) if same else "",
        _MORE.filled({"posts": _html(*map(_post, posts))}) if posts else "",
    )


def _post(post: Post) -> SafeString:
    return _POST.filled(post._asdict(), located=bool(post.location), reasoned=bool(post.reason))


def _part(template: str, **context: object) -> SafeString:
    return render_to_string(template, context)


def _html(*parts: str) -> SafeString:
    """Parts that are HTML already."""
    return mark_safe("".join(parts))  # noqa: S308
