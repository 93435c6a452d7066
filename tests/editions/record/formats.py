"""Editions as they were stored under every format of a record that there ever was."""

from cases.models import CaseContent
from editions.models import Edition
from editions.record.digest import digest
from editions.record.fields import FIELDS, FORMAT

FORMATS = range(1, FORMAT + 1)


def as_format(edition, format_):
    """The edition as it was stored when records had that format."""
    later = {field.name for field in FIELDS if field.since > format_}
    columns = {field.name: field for field in CaseContent._meta.local_fields}
    record = {k: v for k, v in edition.record.items() if k not in later} | {"format": format_}
    blanks = {
        n: None if columns[n].null else columns[n].get_default() for n in later & set(columns)
    }
    if format_ < 5:
        older = [_without(note["citations"], ["accessed", "passage"]) for note in record["notes"]]
        record["notes"] = [
            note | {"citations": cites} for note, cites in zip(record["notes"], older, strict=True)
        ]
        blanks["notes"] = record["notes"]
    if format_ < 4:
        record.pop("fact_refs")
        for name, parts in (("agreements", ["peacemaker"]), ("external_ids", ["name"])):
            record |= {name: _without(record[name], parts)} if name in record else {}
    stored_rows(edition).update(record=record, digest=digest(record, ""), **blanks)
    return Edition.objects.get(pk=edition.pk)


def _without(entries, parts):
    return [{k: v for k, v in entry.items() if k not in parts} for entry in entries]


def stored_rows(edition):
    """The row of an edition, past the rule that nothing changes it."""
    return super(type(Edition.objects.all()), Edition.objects.filter(pk=edition.pk))
