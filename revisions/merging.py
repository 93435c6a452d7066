"""Brings together what two people made of one form: what somebody typed, and what somebody else
saved while they were typing.

Three states are compared, field by field and row by row: the one that the form was opened at, what
is stored now, and what was typed. What only one of the two changed stays changed. A text that both
changed is merged by paragraphs. What is left is a conflict, and somebody has to say.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict
from reversion.models import Version

from .snapshots import child_rows

CONFLICT = "_conflict"  # names, in what is sent to the form, a field that both changed
OPENED_AT = "_opened_at"  # the lock number that the form was opened at, where it was merged
_PARAGRAPHS = re.compile(r".+?(?:\n{2,}|\Z)", re.DOTALL)
_ASIDE = frozenset(("lock", "reason", "id", "DELETE", "position"))


@dataclass
class Merged:
    """What is to be sent to the form, the labels of what was `taken` from the other person, and the
    names of the fields (or of rows, by their label) that both changed."""

    posted: QueryDict
    taken: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def merge(
    posted: QueryDict, form: forms.ModelForm, formsets: Mapping[str, Any], base: Version
) -> Merged:
    """What was posted brought together with what is stored. `form` and `formsets`, these by their
    labels, are unbound: they hold what is stored now. `base` is the revision that the form was
    opened at."""
    merged = Merged(posted.copy())
    was = base.field_dict
    for name, form_field in form.fields.items():
        attname = _attname(form._meta.model, name)
        if name in _ASIDE or attname not in was:
            continue
        stored = form.get_initial_for_field(form_field, name)
        outcome = _outcome(merged.posted, form, name, was[attname], stored)
        if outcome == "theirs":
            merged.taken.append(str(form[name].label))
        elif outcome == "conflict":
            merged.conflicts.append(name)
    for label, formset in formsets.items():
        _merge_rows(merged, label, formset, base)
    merged.posted[OPENED_AT] = str(posted.get("lock", ""))
    merged.posted["lock"] = str(form.instance.lock)
    merged.posted.setlist(CONFLICT, merged.conflicts)
    return merged


def is_unchanged(posted: QueryDict, form: forms.ModelForm, formsets: Mapping[str, Any]) -> bool:
    """Whether what was posted is what is stored; `form` and `formsets` as above."""
    for name, form_field in form.fields.items():
        if name not in _ASIDE and _key(form_field, _typed(posted, form, name)) != _key(
            form_field, form.get_initial_for_field(form_field, name)
        ):
            return False
    return not any(_rows_changed(posted, formset) for formset in formsets.values())


def _rows_changed(posted: QueryDict, formset: Any) -> bool:
    stored = {str(row.instance.pk): row for row in formset.initial_forms}
    seen = set()
    for prefix, pk in _posted_rows(posted, formset):
        row = stored.get(pk)
        is_new = row is None and not _is_blank(posted, formset, prefix)
        if is_new or posted.get(f"{prefix}-DELETE"):
            return True
        if row is not None:
            seen.add(pk)
            for name, form_field in row.fields.items():
                typed = form_field.widget.value_from_datadict(posted, {}, f"{prefix}-{name}")
                initial = row.get_initial_for_field(form_field, name)
                if name in ("id", "DELETE", formset.fk.name):
                    continue
                if _key(form_field, typed) != _key(form_field, initial):
                    return True
    return seen != set(stored)


def _is_blank(posted: QueryDict, formset: Any, prefix: str) -> bool:
    empty = formset.empty_form
    for name, form_field in empty.fields.items():
        typed = form_field.widget.value_from_datadict(posted, {}, f"{prefix}-{name}")
        initial = empty.get_initial_for_field(form_field, name)
        if name in _ASIDE or name == formset.fk.name or typed is None:
            continue
        if _key(form_field, typed) != _key(form_field, initial):
            return False
    return True


def _attname(model: type[Model], name: str) -> str:
    known = {f.name: f for f in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    return known[name].attname if name in known else ""


def _typed(posted: QueryDict, form: Any, name: str) -> Any:
    return form.fields[name].widget.value_from_datadict(posted, {}, form.add_prefix(name))


def _outcome(posted: QueryDict, form: Any, name: str, was: Any, stored: Any) -> str:
    """What becomes of one field: "mine", "theirs" (put into `posted`), "same", "merged" or
    "conflict"."""
    form_field, at = form.fields[name], form.add_prefix(name)
    typed = form_field.widget.value_from_datadict(posted, {}, at)
    mine, theirs, before = (_key(form_field, value) for value in (typed, stored, was))
    if mine == theirs:
        return "same"
    if theirs == before:
        return "mine"
    if mine == before:
        _put(posted, at, form_field, stored)
        return "theirs"
    if isinstance(form_field.widget, forms.Textarea):
        text = merge_texts(before, mine, theirs)
        if text is not None:
            posted[at] = text
            return "merged"
    return "conflict"


def _key(form_field: forms.Field, value: Any) -> Any:
    """A value of a field, as stored or as typed: equal where they mean the same."""
    if callable(value):
        value = value()
    if isinstance(form_field, forms.ModelMultipleChoiceField):
        return tuple(sorted(str(getattr(one, "pk", one)) for one in value or []))
    if isinstance(form_field, forms.ModelChoiceField):
        return str(getattr(value, "pk", value) or "")
    if isinstance(form_field, forms.BooleanField):
        return value in (True, "on", "True", "true", "1")
    shown = form_field.prepare_value(value)
    if hasattr(form_field.widget, "format_value"):
        shown = form_field.widget.format_value(shown)
    if isinstance(shown, (list, tuple)):
        return tuple(map(str, shown))
    return str("" if shown is None else shown).replace("\r\n", "\n").replace("\r", "\n").strip()


def _put(posted: QueryDict, at: str, form_field: forms.Field, value: Any) -> None:
    """Let the field hold that value, as a browser would send it."""
    key = _key(form_field, value)
    if isinstance(form_field, forms.BooleanField):
        posted.setlist(at, ["on"] if key else [])
    elif isinstance(key, tuple):
        posted.setlist(at, list(key))
    else:
        posted[at] = key


def _posted_rows(posted: QueryDict, formset: Any) -> Iterator[tuple[str, str]]:
    """The prefix of each row that was sent, and its primary key, "" for a new one."""
    total = posted.get(f"{formset.prefix}-TOTAL_FORMS", "")
    for number in range(min(int(total), 1_000) if total.isdecimal() else 0):
        prefix = f"{formset.prefix}-{number}"
        yield prefix, posted.get(f"{prefix}-{formset.model._meta.pk.name}", "")


def _merge_rows(merged: Merged, label: str, formset: Any, base: Version) -> None:
    """Row by row. A row that the other deleted and I did not touch is gone; one that both
    changed in the same field, or that one changed and the other deleted, is a conflict."""
    posted = merged.posted
    relation = formset.fk.remote_field.get_accessor_name()
    was = {str(row[formset.model._meta.pk.attname]): row for row in child_rows(base, relation)}
    stored = {str(row.instance.pk): row for row in formset.initial_forms}
    taken = bool(set(stored) - set(was))
    conflict = False
    for prefix, pk in _posted_rows(posted, formset):
        before = was.get(pk)
        if before is None:
            continue
        row = stored.get(pk, formset.empty_form)
        mine_changed = _changed(row, before, posted=posted, prefix=prefix)
        if pk not in stored:
            if mine_changed:  # it stays, as a new one
                conflict = True
            else:
                posted[f"{prefix}-DELETE"] = "on"
                taken = True
        elif posted.get(f"{prefix}-DELETE"):
            if _changed(row, before):
                del posted[f"{prefix}-DELETE"]
                conflict = True
        else:
            for name in [n for n in row.fields if n not in ("id", "DELETE")]:
                attname = _attname(formset.model, name)
                if attname not in before or name == formset.fk.name:
                    continue
                row.prefix = prefix
                initial = row.get_initial_for_field(row.fields[name], name)
                outcome = _outcome(posted, row, name, before[attname], initial)
                taken |= outcome == "theirs"
                conflict |= outcome == "conflict"
    if taken:
        merged.taken.append(label)
    if conflict:
        merged.conflicts.append(label)


def _changed(
    row: Any, before: Mapping[str, Any], *, posted: QueryDict | None = None, prefix: str = ""
) -> bool:
    """Whether what is stored of a row, or what was posted of it, is not what it was before."""
    for name, form_field in row.fields.items():
        attname = _attname(row._meta.model, name)
        if name in ("id", "DELETE") or attname not in before:
            continue
        if posted is None:
            value = row.get_initial_for_field(form_field, name)
        else:
            value = form_field.widget.value_from_datadict(posted, {}, f"{prefix}-{name}")
            if value is None and not isinstance(form_field, forms.BooleanField):
                continue
        if _key(form_field, value) != _key(form_field, before[attname]):
            return True
    return False


def merge_texts(before: str, mine: str, theirs: str) -> str | None:
    """The text with what both changed, by paragraphs; None where both changed the same one."""
    parts = [_PARAGRAPHS.findall(text.strip() + "\n\n") for text in (before, mine, theirs)]
    merged: list[str] = []
    at = [0, 0, 0]
    for base_at, mine_at, theirs_at, length in _common(*parts):
        starts = (base_at, mine_at, theirs_at)
        changed = [part[i:j] for part, i, j in zip(parts, at, starts, strict=True)]
        chosen = _choose(*changed)
        if chosen is None:
            return None
        merged += chosen + parts[0][base_at : base_at + length]
        at = [start + length for start in starts]
    return "".join(merged).strip()


def _choose(before: list[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    if mine == theirs or theirs == before:
        return mine
    return theirs if mine == before else None


def _common(
    before: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> list[tuple[int, int, int, int]]:
    """Runs of paragraphs that all three have, as starts in each and a length; the last is empty and
    at the ends."""
    runs = []
    blocks = [
        SequenceMatcher(None, before, other, autojunk=False).get_matching_blocks()
        for other in (mine, theirs)
    ]
    i = j = 0
    while i < len(blocks[0]) and j < len(blocks[1]):
        one, other = blocks[0][i], blocks[1][j]
        start, end = max(one.a, other.a), min(one.a + one.size, other.a + other.size)
        if start < end:
            runs.append((start, one.b + start - one.a, other.b + start - other.a, end - start))
        if one.a + one.size < other.a + other.size:
            i += 1
        else:
            j += 1
    return [*runs, (len(before), len(mine), len(theirs), 0)]
