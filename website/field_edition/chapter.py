"""A case as a chapter: what is said of it, before it is set."""

from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from editions.cite_edition.styled import citations
from editions.links.shown import dead_in
from editions.models import Edition
from editions.record.read import record_of
from serving.addresses import absolute
from website.pages.bibliography import bibliography, notes_with_sources
from website.pages.chronology import chronology
from website.pages.facts_block import facts
from website.pages.fragments import byline

from .contents import notices_of


def chapter(edition: Edition) -> dict[str, Any]:
    """The context of the chapter of an edition as `Contents.editions` has it."""
    record = record_of(edition)
    dead = dead_in(record["sources"])
    notices = notices_of(edition)
    return {
        "edition": edition,
        "authors": get_text_list(byline(edition), _("and")),
        "address": absolute(edition.get_absolute_url()),
        "permanent": absolute(edition.permanent_path),
        "facts": facts(edition, record),
        "text": record["body_html"],
        "chronology": chronology(record),
        "notes": notes_with_sources(record, dead),
        "works": bibliography(edition, record, dead),
        "cited": citations(edition).house.html,
        "licence": record["licence"],
        "concerns": [n for n in notices if n.is_standing_concern],
        "notices": [n for n in notices if not n.is_standing_concern],
    }
