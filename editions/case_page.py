"""The page of an edition, put together from what was rendered and what stands around it.

A withdrawal has a page of its own; this is for editions with a text.
"""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .models import Edition
from .neighbours import Post, more_posts
from .patterns import Pattern, filled, joined, shortened
from .renderings import Parts
from .rows import read_rows
from .sequences import Step, Steps, sequence

_FRAME = Pattern(
    "editions/case.html",
    *("title", "description", "head", "walk", "opening", "asides", "text", "around"),
)
_MORE = Pattern("editions/_more_posts.html", "posts")
_POST = Pattern("editions/_post.html", *Post._fields)
_SEQUENCE = Pattern("editions/_sequence.html", "conflict", "address", "steps")
_STEP = Pattern("editions/_step.html", "address", "title", "years", "aim")
_NO_INDEX = mark_safe('\n  <meta name="robots" content="noindex">')


def page(
    edition: Edition,
    rendering: Parts,
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
            "description": shortened(edition.standfirst, 300),
            "head": joined((rendering.head, corrections, "" if edition.is_current else _NO_INDEX)),
            "walk": _part("editions/_walk.html", walk=walk) if walk else "",
            "opening": mark_safe(rendering.opening),  # noqa: S308
            "asides": _part("editions/_asides.html", **said) if noted else "",
            "text": mark_safe(rendering.text),  # noqa: S308
            "around": _around(edition),
        },
        path="/cases/*/",
    )


def _around(edition: Edition) -> SafeString:
    """The sequence of its conflict, and more posts."""
    same = sequence(read_rows(edition.about_the_same), present=edition.case_id)
    shown = {step.case for step in same.steps} if same else set()
    posts = more_posts(read_rows(edition.beside), besides=shown)
    return joined(
        (
            _sequence(same, edition) if same else "",
            _MORE.filled({"posts": _posts(posts)}) if posts else "",
        )
    )


def _sequence(same: Steps, edition: Edition) -> SafeString:
    return _SEQUENCE.filled(
        {
            "conflict": same.label,
            "address": same.address,
            "steps": joined(_step(step, edition) for step in same.steps),
        }
    )


def _step(step: Step, edition: Edition) -> SafeString:
    present = "" if not step.is_present else "page" if edition.is_current else "true"
    rooms = {name: getattr(step, name) for name in _STEP.rooms}
    return _STEP.filled(rooms, present=present, dated=bool(step.years), aimed=bool(step.aim))


def _posts(posts: list[Post]) -> SafeString:
    kinds = [(bool(post.location), bool(post.reason)) for post in posts]
    pieces = {
        kind: _POST.pieces(located=located, reasoned=reasoned)
        for kind in set(kinds)
        for located, reasoned in [kind]
    }
    return joined(
        filled(pieces[kind], post._asdict()) for kind, post in zip(kinds, posts, strict=True)
    )


def _part(template: str, **context: object) -> SafeString:
    return render_to_string(template, context)
