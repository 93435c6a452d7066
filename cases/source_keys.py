"""Keeps the texts of cases citing a source whose key is changed, or that is merged into another:
they follow to the new key, or to the other's."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

from sources.models import Source, asked_where_cited

from . import services
from .models import Case
from .rendering import CITED_ROWS, SECTIONS

_CITED_KEY = re.compile(r"@([a-zA-Z0-9][a-zA-Z0-9_-]*)")
_NEW_KEYS: ContextVar[list[str] | None] = ContextVar("new_keys", default=None)
_TEXTS = ("body", *SECTIONS, "impact_citation", "impact_dissent_citation")


@receiver(pre_save, sender=Source)
def _remember_key(sender: type[Source], instance: Source, raw: bool = False, **_rest: Any) -> None:
    if instance.pk and not raw:
        stored = Source.objects.filter(pk=instance.pk).values_list("key", "merged_into").first()
        instance.key_before, before = stored or (instance.key, None)
        instance.is_merged_now = instance.merged_into_id is not None and before is None


@receiver(post_save, sender=Source)
def _follow_key(sender: type[Source], instance: Source, raw: bool = False, **_rest: Any) -> None:
    before = instance.key_before
    if raw:
        return
    if instance.is_merged_now and instance.merged_into:
        instance.followed_by = follow(instance.key, instance.merged_into.key)
    elif before and before != instance.key:
        instance.followed_by = follow(before, instance.key)
        _recount(instance.key)
    elif not before:
        _recount(instance.key)
    instance.key_before, instance.is_merged_now = instance.key, False


def _recount(key: str) -> None:
    """A source that is new may be the one that drafts cite in vain."""
    later = _NEW_KEYS.get()
    if later is not None:
        later.append(key)
        return
    for case in Case.objects.filter(_citing(key), stopping__gt=0).distinct():
        services.count_findings(case)


@contextmanager
def recounted_together() -> Iterator[None]:
    """Drafts that cite in vain what becomes a source inside are looked for once, at the end."""
    token = _NEW_KEYS.set([])
    try:
        yield
        keys = _NEW_KEYS.get()
    finally:
        _NEW_KEYS.reset(token)
    if keys:
        for case in Case.objects.filter(_citing_any(keys), stopping__gt=0).distinct():
            services.count_findings(case)


@receiver(pre_save, sender=Case)
def _cite_what_is_kept(sender: type[Case], instance: Case, **_rest: Any) -> None:
    """A text that cites a source that was merged, as an older revision may, cites the other."""
    _follow_merged(instance, _TEXTS)


def _row_cites_what_is_kept(sender: type[Model], instance: Model, **_rest: Any) -> None:
    """So does a row of a fact."""
    _follow_merged(instance, ("citation",))


for _rows in CITED_ROWS:
    pre_save.connect(_row_cites_what_is_kept, Case._meta.get_field(_rows).related_model)


def _follow_merged(thing: Any, names: tuple[str, ...]) -> None:
    """Rewrites the fields in memory; one query, or none where they cite nothing."""
    cited = {key for name in names for key in _CITED_KEY.findall(getattr(thing, name))}
    if cited:
        merged = Source.objects.filter(key__in=cited).exclude(merged_into=None)
        for old, new in merged.values_list("key", "merged_into__key"):
            _rewritten(thing, names, _cites(old), new)


@receiver(asked_where_cited)
def _where_cited(sender: type[Source], source: Source, **_rest: Any) -> list[str]:
    titles = []
    cites = _cites(source.key)
    for case in Case.objects.filter(_citing(source.key)).distinct():
        rows = [row.citation for rows in CITED_ROWS for row in getattr(case, rows).all()]
        if any(map(cites.search, [*(getattr(case, name) for name in _TEXTS), *rows])):
            titles.append(case.title)
    return titles


def _citing(key: str) -> Q:
    """Cases in which the key may be cited: as an at sign and its letters."""
    return _in_a_text("contains", f"@{key}")


def _citing_any(keys: Iterable[str]) -> Q:
    """The same of any of the keys, which are letters, digits, - and _."""
    return _in_a_text("regex", f"@({'|'.join(map(re.escape, keys))})")


def _in_a_text(lookup: str, value: str) -> Q:
    found = Q()
    for name in (*_TEXTS, *(f"{rows}__citation" for rows in CITED_ROWS)):
        found |= Q(**{f"{name}__{lookup}": value})
    return found


def follow(old: str, new: str) -> list[str]:
    """Cite `new` wherever a case cites `old`, as a part of the revision under way; the titles of
    the cases that did."""
    sign = f"@{old}"
    ids = Case.objects.filter(_citing(old)).order_by().values("pk")
    cites = _cites(old)
    titles = []
    for case in Case.objects.select_for_update(no_key=True).filter(pk__in=ids):
        changed = _rewritten(case, _TEXTS, cites, new)
        for rows in CITED_ROWS:
            for row in getattr(case, rows).filter(citation__contains=sign):
                if _rewritten(row, ("citation",), cites, new):
                    row.save()
                    changed = True
        if changed:
            case.lock += 1
            case.save()
            titles.append(case.title)
    return titles


def _cites(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.@/:])@{re.escape(key)}(?![a-zA-Z0-9_-])")


def _rewritten(thing: Any, names: tuple[str, ...], cites: re.Pattern[str], new: str) -> bool:
    """Rewrites the fields in memory; whether one of them changed."""
    before = [getattr(thing, name) for name in names]
    after = [cites.sub(f"@{new}", text) for text in before]
    for name, text in zip(names, after, strict=True):
        setattr(thing, name, text)
    return before != after
