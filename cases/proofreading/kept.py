"""Rules that ask the whole collection: they give what was found when the case was saved
(`comparing`), as long as the case still says it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from .finding import Found
from .reading import Reading


def _kept(reading: Reading, code: str) -> Iterator[dict[str, Any]]:
    compared = reading.case.compared
    yield from (one for one in compared if one["code"] == code)


def _pieces(reading: Reading, code: str) -> Iterator[tuple[dict[str, Any], str, int]]:
    """What was kept of a rule, the field in which its piece still stands, and the line."""
    for one in _kept(reading, code):
        for field, text in reading.texts.items():
            at = text.typed.find(one["piece"])
            if at >= 0:
                yield one, field, text.line_at(at)
                break


def same_passages(reading: Reading) -> Iterator[Found]:
    """A run of words that stands in another case too."""
    for one, field, line in _pieces(reading, "same-passage"):
        message = _("“%(words)s …”: these %(count)s words stand in “%(title)s” too.")
        words = {"words": " ".join(one["piece"].split()[:8]), **one}
        yield Found(message % words, field, line, f"{one['piece']}\n{one['title']}")


def paragraphs_alike(reading: Reading) -> Iterator[Found]:
    """A paragraph that has half its words in common with one of another case."""
    for one, field, line in _pieces(reading, "paragraph-alike"):
        message = _("This paragraph is much like one of “%s”.") % one["title"]
        yield Found(message, field, line, f"{one['piece']}\n{one['title']}")


def organisations_not_listed(reading: Reading) -> Iterator[Found]:
    """An organisation of ours that the text names and the facts do not list."""
    listed = {body.name for body in reading.organisations}
    for one, field, line in _pieces(reading, "organisation-not-listed"):
        if one["name"] not in listed:
            message = _("The text names “%s”, which is not among its organisations.")
            yield Found(message % one["name"], field, line, one["name"])


def odd_organisations(reading: Reading) -> Iterator[Found]:
    """A body spelled as none of its names."""
    for one, field, line in _pieces(reading, "organisation-spelling"):
        message = _("“%(piece)s” is spelled as none of the names of “%(name)s”.")
        yield Found(message % one, field, line, one["piece"])


def names_apart(reading: Reading) -> Iterator[Found]:
    """Two names of people, a letter or two apart."""
    cited = set(reading.rendered.keys)
    for one in _kept(reading, "names-apart"):
        if cited & set(one["keys"]):
            message = _("%(a)s (@%(x)s) and %(b)s (@%(y)s) may be one person.")
            (a, b), (x, y) = one["names"], one["keys"]
            yield Found(message % {"a": a, "b": b, "x": x, "y": y}, "body", place=f"{a} {b}")


def doubles(reading: Reading) -> Iterator[Found]:
    """A source that is here twice."""
    cited = set(reading.rendered.keys)
    for one in _kept(reading, "source-double"):
        if cited & set(one["keys"]):
            message = _("@%(a)s and @%(b)s may be one work: %(why)s")
            a, b = one["keys"]
            words = {"a": a, "b": b, "why": one["why"]}
            yield Found(message % words, "body", place=f"{a} {b}")


def related_one_way(reading: Reading) -> Iterator[Found]:
    """Cases that do not relate back: one finding for all of them."""
    kept = {one["pk"]: one["title"] for one in _kept(reading, "related-one-way")}
    if kept:
        titles = [kept[other.pk] for other in reading.case.related.all() if other.pk in kept]
        if titles:
            message = _("These are related cases of it, and it is none of theirs: %s.")
            shown = "; ".join(titles)
            yield Found(message % shown, "related", place=shown)
