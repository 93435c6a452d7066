"""The revisions of an object: who changed it, when and why; and restoring one of them."""

from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.contrib.auth.models import User
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.utils.translation import gettext as _
from reversion import is_registered
from reversion.models import Version

from . import revision_block
from .differences import FieldDifference, differences
from .models import Revised
from .revision_block import StaleLock
from .snapshots import child_relation, child_rows, followed_relations, of_object, of_version

AnyRevised = TypeVar("AnyRevised", bound=Revised)


class NotItsRevision(ValueError):
    """The revision is one of another object."""


@dataclass(frozen=True)
class Meanwhile:
    """What others changed in an object since somebody opened it."""

    revisions: list[Version]
    differences: list[FieldDifference] = field(default_factory=list)


def revisions_of(obj: Model) -> QuerySet[Version]:
    """Every revision of `obj`, newest first, with who and why; one query."""
    return Version.objects.get_for_object(obj).select_related("revision__user", "content_type")


def changed_by(version: Version) -> str:
    """The name of the user who made the revision."""
    user = version.revision.user
    return (user.get_full_name() or user.get_username()) if user else _("the system")


def revision_at(obj: AnyRevised, lock: int) -> Version | None:
    """The revision of `obj` that had that number; None where there is none."""
    for version in revisions_of(obj).iterator(chunk_size=20):
        number = version.field_dict.get("lock", 0)
        if number == lock:
            return version
        if number < lock:
            break
    return None


def meanwhile(obj: AnyRevised, lock: int | None) -> Meanwhile:
    """The revisions of `obj` since the one with number `lock`, and what they changed together.

    Where `lock` is not a number `obj` ever had, only its last revision is named.
    """
    newer: list[Version] = []
    for version in revisions_of(obj).iterator(chunk_size=20):
        number = version.field_dict.get("lock", 0)
        if lock is not None and number <= lock < obj.lock:
            changed = differences(of_version(version), of_object(obj))
            return Meanwhile(newer, changed)
        newer.append(version)
        if lock is None or lock >= obj.lock:
            break
    return Meanwhile(newer)


def restore(
    obj: AnyRevised, version: Version, *, by: User, reason: str, keep: tuple[str, ...] = ()
) -> AnyRevised:
    """Make `obj` hold again what it held in `version`, as a new revision, and return it as stored.

    Editable fields and followed rows are restored; the lock, stages and the fields named in `keep`
    stay as they are. What refers to something that is no longer there is left out, and named in
    `not_restored` of what is returned. Raises NotItsRevision, StaleLock where somebody saved `obj`
    since it was read, and ValidationError where the old state is no longer allowed.
    """
    if not Version.objects.get_for_object(obj).filter(pk=version.pk).exists():
        raise NotItsRevision(_("This is not a revision of “%(thing)s”.") % {"thing": obj})
    with revision_block.recorded(by=by, reason=reason):
        stored = type(obj)._base_manager.select_for_update(no_key=True).get(pk=obj.pk)
        if stored.lock != obj.lock:
            raise StaleLock(_("Somebody else saved this in the meantime. Look at it again."))
        values = version.field_dict
        lost: list[str] = []
        for column in stored._meta.concrete_fields:
            restorable = column.editable and not column.primary_key and column.name not in keep
            if not restorable or column.attname not in values:
                continue
            if gone := _gone(column, values[column.attname]):
                lost.append(gone)
            else:
                setattr(stored, column.attname, values[column.attname])
        revision_block.save(stored)
        lost += _restore_several(stored, values, keep)
        for relation in followed_relations(type(stored)):
            lost += _restore_children(stored, relation, version)
        stored.not_restored = lost
    return stored


def bring_back(version: Version, *, by: User, reason: str) -> Revised:
    """Make what was discarded again as it was in that revision, with its old primary key, so that
    its history goes on. What it referred to and is no longer there is left out, and named in
    `not_restored` of what is returned.

    Raises NotItsRevision where it is there again, and ValidationError where it cannot be.
    """
    model = cast(type[Revised], version.content_type.model_class())
    if model._base_manager.filter(pk=version.object_id).exists():
        raise NotItsRevision(_("“%(thing)s” is there already.") % {"thing": version.object_repr})
    with revision_block.recorded(by=by, reason=reason):
        values = version.field_dict
        lost: list[str] = []
        thing = model()
        for column in model._meta.concrete_fields:
            if column.attname in values:
                if gone := _gone(column, values[column.attname]):
                    lost.append(gone)
                else:
                    setattr(thing, column.attname, values[column.attname])
        revision_block.save(thing)
        lost += _restore_several(thing, values)
        for relation in followed_relations(model):
            lost += _restore_children(thing, relation, version)
        thing.not_restored = lost
    return thing


def _restore_several(thing: Model, values: dict[str, Any], keep: tuple[str, ...] = ()) -> list[str]:
    """Set the many-to-many fields; what is no longer there, in words."""
    lost: list[str] = []
    for m2m in thing._meta.many_to_many:
        if m2m.editable and m2m.name not in keep and m2m.attname in values:
            wanted = values[m2m.attname]
            existing = m2m.related_model._base_manager.filter(pk__in=wanted)
            getattr(thing, m2m.name).set(existing)
            there = {str(pk) for pk in existing.values_list("pk", flat=True)}
            lost += [_called(m2m.related_model, pk) for pk in wanted if str(pk) not in there]
    return lost


def _restore_children(obj: Model, relation: str, version: Version) -> list[str]:
    """Recreate the rows as they were, with their old primary keys, so that their own histories
    continue; and return in words what is no longer there, whose rows are left out."""
    model = child_relation(type(obj), relation).related_model
    getattr(obj, relation).all().delete()
    lost = []
    for values in child_rows(version, relation):
        gone = [
            words
            for column in model._meta.concrete_fields
            if (words := _gone(column, values.get(column.attname)))
        ]
        if gone:
            lost += gone
            continue
        row = model(**values)
        row.full_clean()
        row.save(force_insert=True)
    return lost


def _gone(column: Field, value: Any) -> str:
    """What a foreign key led to, in words, where it is no longer there; else ""."""
    if not isinstance(column, ForeignKey) or value is None:
        return ""
    target = column.related_model
    there = target._base_manager.filter(**{column.target_field.name: value}).exists()
    return "" if there else _called(target, value)


def _called(model: type[Model], pk: Any) -> str:
    """What something that is no longer there was called, as far as a revision of it tells."""
    kind = str(model._meta.verbose_name)
    known = is_registered(model) and Version.objects.get_for_object_reference(model, pk).first()
    return f"{kind} “{known.object_repr}”" if known else f"{kind} {pk}"
