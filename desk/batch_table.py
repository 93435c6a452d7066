"""All articles of an import in one table, with everything that was found in them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from editions.addresses import case_address
from editions.models import Edition
from manuscripts.models import ImportBatch, ImportedArticle, ImportPoint

from .models import BatchEntry, SetAside


class Grade(TextChoices):
    """How grave what was found is: the first alone stops publication."""

    ERROR = "error", _("error")
    WARNING = "warning", _("warning")
    POINT = "point", _("point of the import")


class Found(NamedTuple):
    """One thing that proofreading found or that the import was not sure of."""

    grade: Grade
    code: str
    message: str


class Standing(TextChoices):
    """Where an article is on its way to readers."""

    IN_PRINT = "in-print", _("in print")
    WAITING = "waiting", _("waits to be published")
    READY = "ready", _("ready")
    STOPPED = "stopped", _("stopped by errors")
    ASIDE = "aside", _("set aside")
    SENT_BACK = "sent-back", _("sent back to its editors")
    UNSEEN = "unseen", _("not looked at yet")
    GONE = "gone", _("draft discarded")


@dataclass
class Row:
    """An article with what was found in its draft."""

    article: ImportedArticle
    standing: Standing
    case: Case | None = None
    found: list[Found] = field(default_factory=list)
    address: str = ""  # in print
    aside: SetAside | None = None
    entry: BatchEntry | None = None

    @property
    def has_points(self) -> bool:
        """Whether there are points of the import to be worked off."""
        return any(one.grade == Grade.POINT for one in self.found)

    @property
    def may_be_set_aside(self) -> bool:
        """Whether it is there and not in print yet."""
        return self.standing not in (Standing.IN_PRINT, Standing.GONE)


class Code(NamedTuple):
    """Something that is found in several articles."""

    code: str
    grade: Grade
    articles: int


ORDERS: dict[str, Any] = {
    "position": lambda row: row.article.position,
    "title": lambda row: (row.case.title if row.case else row.article.title).casefold(),
    "found": lambda row: (-len(row.found), row.article.position),
}


def rows_of(batch: ImportBatch) -> list[Row]:
    """The articles of an import that drafts were made of, in order. Four queries."""
    long = ("text", "report", "cautions", "case__body", "case__critics", "case__not_known")
    articles = batch.articles.imported().order_by("position").defer(*long)
    articles = articles.select_related("case__kept_findings", "set_aside__by")
    points: dict[int, list[Found]] = {}
    for point in ImportPoint.objects.filter(
        case__in=batch.articles.imported().values("case"), done_at=None
    ).order_by("case", "position"):
        points.setdefault(point.case_id, []).append(Found(Grade.POINT, point.code, point.text))
    editions = Edition.objects.current().filter(case__in=batch.articles.imported().values("case"))
    slugs = dict(editions.values_list("case", "case__slug"))
    entries = BatchEntry.objects.filter(publication__batch=batch).order_by("pk")
    last = {entry.article_id: entry for entry in entries}
    return [_row(article, points, slugs, last.get(article.pk)) for article in articles]


def _row(
    article: ImportedArticle,
    points: dict[int, list[Found]],
    slugs: dict[int, str],
    entry: BatchEntry | None,
) -> Row:
    case = article.case
    if case is None:
        return Row(article, Standing.GONE, entry=entry)
    kept = getattr(case, "kept_findings", None)
    aside = getattr(article, "set_aside", None)
    findings = kept.findings if kept else []
    found = [
        Found(Grade.ERROR if f["stops"] else Grade.WARNING, f["code"], f["message"])
        for f in findings
    ]
    row = Row(article, Standing.READY, case, found + points.get(case.pk, []), "", aside, entry)
    if case.pk in slugs:
        row.standing, row.address = Standing.IN_PRINT, case_address(slugs[case.pk])
    elif entry is not None and entry.state == BatchEntry.State.WAITING:
        row.standing = Standing.WAITING
    elif aside is not None:
        row.standing = Standing.ASIDE
    elif case.stage == Case.Stage.CHANGES_REQUESTED:
        row.standing = Standing.SENT_BACK
    elif kept is None or kept.lock != case.lock:
        row.standing = Standing.UNSEEN
    elif kept.stopping:
        row.standing = Standing.STOPPED
    return row


def narrowed(rows: Iterable[Row], *, code: str, grade: str, standing: str) -> list[Row]:
    """The rows with something of that code and that grade, and of that standing; what is left blank
    is not asked. What else was found in them stays."""
    return [
        row
        for row in rows
        if (not standing or row.standing == standing)
        and (
            not (code or grade)
            or any(
                (not code or f.code == code) and (not grade or f.grade == grade) for f in row.found
            )
        )
    ]


def codes_of(rows: Iterable[Row]) -> list[Code]:
    """What was found, by code, with how many articles have it: errors first, then frequent ones."""
    counted = Counter(pair for row in rows for pair in {(f.code, f.grade) for f in row.found})
    order = list(Grade)
    found = [Code(code, grade, n) for (code, grade), n in counted.items()]
    return sorted(found, key=lambda c: (order.index(c.grade), -c.articles, c.code))
