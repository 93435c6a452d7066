"""One edition in forms for machines: JSON, CSL-JSON, RIS, BibTeX and Markdown."""

import json
from datetime import date, datetime
from typing import Any

import rispy

from corrections.models import Notice
from editions.cite_edition.styled import as_csl
from editions.html_text import one_line
from editions.models import Edition, Removal
from editions.record.read import record_of
from organisations.credited_names import inverted
from serving.addresses import absolute
from sources.reference_files import BIBTEX, MONTHS, RisWriter, bibtex_name


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def as_json(edition: Edition) -> str:
    """The record as frozen, its permanent address, its digest, and the digest before it: SHA-256
    over the canonical record, a line feed and `previous_digest` gives `digest`. Beside the record
    stand the public notices about it, which came later and are in no digest."""
    before = Edition.objects.filter(case=edition.case_id, number=edition.number - 1)
    return _json(
        {
            "address": absolute(edition.permanent_path),
            "digest": edition.digest,
            "previous_digest": before.values_list("digest", flat=True).first() or "",
            "record": edition.record,
            "notices": [
                _notice(notice)
                for notice in Notice.objects.public().filter(case=edition.case_id)
                if notice.speaks_of(edition.number)
            ],
        }
    )


def as_tombstone(edition: Edition, removal: Removal) -> str:
    """What is left of an edition that was removed: that it was, and its place in the chain."""
    before = Edition.objects.filter(case=edition.case_id, number=edition.number - 1)
    return _json(
        {
            "address": absolute(edition.permanent_path),
            "digest": edition.digest,
            "previous_digest": before.values_list("digest", flat=True).first() or "",
            "record": None,
            "removed": {"at": _moment(removal.confirmed_at), "ground": removal.ground},
        }
    )


def _notice(notice: Notice) -> dict[str, Any]:
    lifted_by = getattr(notice, "lifted_by", None)
    return {
        "reference": notice.reference,
        "address": absolute(notice.get_absolute_url()),
        "kind": notice.kind,
        "published_at": _moment(notice.published_at),
        "found_in": notice.found_in.number,
        "mended_in": notice.mended_in.number if notice.mended_in else None,
        "lifts": notice.lifts.reference if notice.lifts else None,
        "lifted_by": lifted_by.reference if lifted_by else None,
        "before": notice.before,
        "after": notice.after,
        "why": notice.why,
        "reported_by": notice.credit,
        "decided_by": str(notice.decided_by),
    }


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else ""


def as_csl_json(edition: Edition) -> str:
    """A list of one CSL-JSON item: the edition itself."""
    return _json([as_csl(edition)])


def as_ris(edition: Edition, **more: Any) -> str:
    """The edition as a RIS report; `more` adds fields under rispy's names."""
    item = as_csl(edition)
    day = edition.published_at
    entry = {
        "type_of_reference": "RPRT",
        "authors": [inverted(name) for name in item["author"]],
        "title": one_line(edition.title),
        "abstract": one_line(edition.standfirst),
        "publisher": item["publisher"],
        "edition": item["edition"],
        "year": str(day.year),
        "date": f"{day:%Y/%m/%d}/",
        "urls": [item["URL"]],
        "language": item["language"],
    }
    return rispy.dumps([entry | more], implementation=RisWriter)


def as_bibtex(edition: Edition, *, asked_on: date | None = None) -> str:
    """The edition as a BibTeX @techreport; `asked_on` is the day on which it was taken home."""
    item = as_csl(edition)
    fields = {
        "author": " and ".join(bibtex_name(name) for name in item["author"]),
        "title": "{" + edition.title.translate(BIBTEX) + "}",
        "institution": item["publisher"].translate(BIBTEX),
        "type": "Case study",
        "number": f"edition {edition.number}",
        "year": str(edition.published_at.year),
        "url": item["URL"],
        "urldate": asked_on.isoformat() if asked_on else "",
        "copyright": record_of(edition)["licence"]["name"].translate(BIBTEX),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    lines.append(f"  month = {MONTHS[edition.published_at.month - 1]},")
    return "\n".join([f"@techreport{{{item['id']},", *lines, "}", ""])


def as_markdown(edition: Edition) -> str:
    """The text as its editors wrote it, for Pandoc: with what it is and its references (CSL-JSON,
    which is YAML too) before it, so that `pandoc --citeproc` sets it."""
    record = record_of(edition)
    facts = {
        "title": edition.title,
        "author": record["authors"],
        "date": f"{edition.published_at:%Y-%m-%d}",
        "edition": edition.number,
        "url": absolute(edition.permanent_path),
        "rights": record["licence"]["name"],
        "references": record["sources"],
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items()]
    parts = ["\n".join(["---", *lines, "---"]), edition.standfirst, edition.body.strip()]
    return "\n\n".join(part for part in parts if part) + "\n"
