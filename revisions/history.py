"""The revisions of a thing: who changed it, when and why; and the way back to one of them."""

from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from reversion.models import Version

from . import revision_block
from .differences import FieldDifference, differences
from .models import Revised
from .revision_block import StaleLock
from .snapshots import child_rows, children_of, of_object, of_version

AnyRevised = TypeVar("AnyRevised", bound=Revised)


class NotItsRevision(ValueError):
    """The revision is one of another thing."""


@dataclass(frozen=True)
class Meanwhile:
    """What others did to a thing since somebody opened it."""

    revisions: list[Version]
    differences: list[FieldDifference] = field(default_factory=list)


def revisions_of(obj: Model) -> QuerySet[Version]:
    """Every revision of `obj`, newest first, with who and why; one query."""
    return Version.objects.get_for_object(obj).select_related("revision__user", "content_type")


def changed_by(version: Version) -> str:
    """The name of who made the revision."""
    user = version.revision.user
    return (user.get_full_name() or user.get_username()) if user else _("the system")


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
    obj: AnyRevised, version: Version, *, by: Model, reason: str, keep: tuple[str, ...] = ()
) -> AnyRevised:
    """Make `obj` hold again what it held in `version`, as a new revision, and return it as stored.

    Editable fields and followed rows are restored; the lock, stages and the fields named in `keep`
    stay as they are. Raises NotItsRevision, StaleLock where somebody saved `obj` since it was
    read, and ValidationError where the old state is no longer allowed.
    """
    if not Version.objects.get_for_object(obj).filter(pk=version.pk).exists():
        raise NotItsRevision(_("This is not a revision of “%(thing)s”.") % {"thing": obj})
    with revision_block.recorded(by=by, reason=reason):
        stored = type(obj)._base_manager.select_for_update(no_key=True).get(pk=obj.pk)
        if stored.lock != obj.lock:
            raise StaleLock(_("Somebody else saved this in the meantime. Look at it again."))
        values = version.field_dict
        for column in stored._meta.concrete_fields:
            restorable = column.editable and not column.primary_key and column.name not in keep
            if restorable and column.attname in values:
                setattr(stored, column.attname, values[column.attname])
        revision_block.save(stored)
        for names in stored._meta.many_to_many:
            if names.editable and names.name not in keep and names.attname in values:
                kept = names.related_model._base_manager.filter(pk__in=values[names.attname])
                getattr(stored, names.name).set(kept)
        for relation in children_of(type(stored)):
            _rebuild(stored, relation, version)
    return stored


def _rebuild(obj: Model, relation: str, version: Version) -> None:
    """The rows as they were, under their old numbers, so that their own histories go on."""
    model = obj._meta.get_field(relation).related_model
    getattr(obj, relation).all().delete()
    for values in child_rows(version, relation):
        row = model(**values)
        row.full_clean()
        row.save(force_insert=True)
